import type { HouseholdMember } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import { listedDisability, majorIllness } from './conditions.ts';
import type { TestLine } from './evaluation.ts';
import { type Situation, setting } from './situation.ts';
import type { Verdict } from './three-valued.ts';

const entryTest = (situation: Situation, member: HouseholdMember): TestLine => {
  const levels = setting(situation, 'single-entry.disabilities');
  const illnessCounts = setting(situation, 'single-entry.major_illness');
  const disability = listedDisability(situation, member.personId, levels.value);
  const illness = majorIllness(situation, member.personId);
  const grounds = [
    disability.holds ? disability.shown : null,
    illness.holds && illnessCounts.value ? illness.shown : null,
  ].filter((ground) => ground !== null);
  const causes = [disability.cause, illnessCounts.value ? illness.cause : null].filter((cause) => cause !== null);
  const unknown = grounds.length === 0 && causes.length > 0;
  const result = grounds.length > 0 ? 'pass' : unknown ? 'unknown' : 'fail';
  return {
    code: 'single-person-entry.condition',
    tier: 'SINGLE_PERSON_ENTRY',
    subject: member.personId,
    comparison: 'any-of',
    measured: unknown ? null : grounds.join(', ') || 'none',
    unit: 'grounds',
    inputs: [...disability.inputs, ...illness.inputs],
    threshold: null,
    result,
    distance: null,
    citation: `${levels.citation}; ${illnessCounts.citation}`,
    wouldChange: result === 'fail' ? { name: 'disability', becomes: 'listed for single-person entry' } : null,
    cause: unknown ? causes.join('; ') : null,
  };
};

/** Which members of a marginal household could enter the allowance by themselves (D57 article 8), with one line for each. */
export interface SinglePersonEntry {
  readonly lines: readonly TestLine[];
  readonly persons: ReadonlyMap<PersonId, Verdict>;
}

/** Tests every counted member; one in extreme hardship has its own tier and is not asked. */
export const singlePersonEntry = (
  situation: Situation,
  extremeHardship: ReadonlyMap<PersonId, Verdict>,
): SinglePersonEntry => {
  const lines: TestLine[] = [];
  const persons = new Map<PersonId, Verdict>();
  for (const member of situation.counted) {
    const tested = entryTest(situation, member);
    const excluded = extremeHardship.get(member.personId) === 'pass';
    lines.push(excluded ? { ...tested, result: 'not-applicable', wouldChange: null, cause: null } : tested);
    const { result } = tested;
    persons.set(member.personId, excluded || result === 'not-applicable' ? 'fail' : result);
  }
  return { lines, persons };
};
