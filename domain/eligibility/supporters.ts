import { factOf } from '../facts/newest-facts.ts';
import type { HouseholdMember } from '../households/household.ts';
import { legalSupportersAmong } from '../people/supporters.ts';
import { listedDisability } from './conditions.ts';
import type { TestInput, TestLine } from './evaluation.ts';
import {
  ageOf,
  causeOf,
  derivedInput,
  inputOf,
  numberOf,
  reading,
  type Situation,
  setting,
  thresholdOf,
} from './situation.ts';

/**
 * A member of working age who is not severely disabled is on none of the lists of D43 article 8, so he or she is able to
 * support. Everyone else may or may not be; then the assessment must say so.
 */
const isSurelyCapable = (situation: Situation, member: HouseholdMember): boolean => {
  const age = ageOf(situation, member);
  const levels = setting(situation, 'supporters.incapable_disabilities').value;
  return (
    age >= setting(situation, 'supporters.working_age_from').value &&
    age < setting(situation, 'supporters.working_age_below').value &&
    !member.fullTimeStudent &&
    (factOf(situation.facts, member.personId, 'disability') === null || isKnownMild(situation, member, levels))
  );
};

const isKnownMild = (
  situation: Situation,
  member: HouseholdMember,
  levels: Parameters<typeof listedDisability>[2],
): boolean => {
  const disability = listedDisability(situation, member.personId, levels);
  return disability.cause === null && !disability.holds;
};

interface Count {
  readonly measured: number | null;
  readonly inputs: readonly TestInput[];
  readonly cause: string | null;
}

/** The assessed count where there is one; else the supporters at home who are surely able; else it is unknown. */
const countSupporters = (situation: Situation, member: HouseholdMember): Count => {
  const read = reading(situation, member.personId, 'supporters.capable');
  if (read.known) return { measured: numberOf(read), inputs: [inputOf(read)], cause: null };
  const capable = legalSupportersAmong(member, situation.counted).filter((other) => isSurelyCapable(situation, other));
  if (capable.length === 0) {
    return { measured: null, inputs: [], cause: causeOf(read.problem, 'supporters.capable', member.personId) };
  }
  const inputs = capable.map((other) => derivedInput('supporter.at_home', other.personId, 'person'));
  return { measured: capable.length, inputs, cause: null };
};

/** Whether no legal supporter of a member is able to support (D43 articles 4 and 8). Not asked of someone able to work. */
export const supportersTest = (
  situation: Situation,
  member: HouseholdMember,
  noWorkCapacity: TestLine['result'],
): TestLine => {
  const limit = setting(situation, 'extreme-hardship.supporters_at_most');
  const line = {
    code: 'extreme-hardship.supporters',
    tier: 'EXTREME_HARDSHIP',
    subject: member.personId,
    comparison: '<=',
    unit: 'persons',
    threshold: thresholdOf('extreme-hardship.supporters_at_most', limit, limit.value, limit.unit),
    citation: limit.citation,
  } as const;
  const open = { measured: null, inputs: [], distance: null, wouldChange: null, cause: null };
  if (noWorkCapacity === 'fail') return { ...line, ...open, result: 'not-applicable' };
  const { measured, inputs, cause } = countSupporters(situation, member);
  if (measured === null) return { ...line, ...open, inputs, result: 'unknown', cause };
  const passes = measured <= limit.value;
  const turning = limit.value + 1;
  return {
    ...line,
    measured,
    inputs,
    result: passes ? 'pass' : 'fail',
    distance: limit.value - measured,
    wouldChange: { name: 'supporters.capable', ...(passes ? { atLeast: turning } : { below: turning }) },
    cause: null,
  };
};
