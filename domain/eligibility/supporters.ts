import { type Known, slotOf } from '../facts/readings.ts';
import { legalSupportersAmong } from '../people/supporters.ts';
import { listedDisability } from './conditions.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { derivedInput, thresholdOf } from './lines.ts';
import { type Counted, causeOf, numberOf, reading, type Situation } from './situation.ts';

const capableSlot = slotOf('supporters.capable');

export const supportersKind: TestKind = {
  code: 'extreme-hardship.supporters',
  tier: 'EXTREME_HARDSHIP',
  unit: 'persons',
  turns: { name: 'supporters.capable', passes: 'below' },
  describe: (situation, { about, measured: found, facts }) => {
    const limit = situation.plan.settings['extreme-hardship.supporters_at_most'];
    const atHome = about === null || found === null || facts.length > 0 ? [] : capableAtHome(situation, about);
    return {
      comparison: '<=',
      citation: limit.citation,
      threshold: thresholdOf('extreme-hardship.supporters_at_most', limit, limit.value, limit.unit),
      also: atHome.map(({ member }) => derivedInput('supporter.at_home', member.personId, 'person')),
    };
  },
};

/**
 * A member of working age who is not severely disabled is on none of the lists of D43 article 8, so he or she is able to
 * support. Everyone else may or may not be; then the assessment must say so.
 */
const isSurelyCapable = ({ plan: { settings } }: Situation, counted: Counted): boolean => {
  const isOfWorkingAge =
    counted.age >= settings['supporters.working_age_from'].value &&
    counted.age < settings['supporters.working_age_below'].value;
  if (!isOfWorkingAge || counted.member.fullTimeStudent) return false;
  const disability = listedDisability(counted, settings['supporters.incapable_disabilities'].value);
  return disability.cause === null && !disability.holds;
};

/** Those at home who owe a member support and surely can give it. */
const capableAtHome = (situation: Situation, { member }: Counted): readonly Counted[] => {
  if (situation.counted.length === 1) return [];
  const owing = new Set(
    legalSupportersAmong(
      member,
      situation.counted.map((other) => other.member),
    ),
  );
  return situation.counted.filter((other) => owing.has(other.member) && isSurelyCapable(situation, other));
};

const counted = (situation: Situation, about: Counted, capable: number, facts: readonly Known[]): Finding => {
  const limit = situation.plan.settings['extreme-hardship.supporters_at_most'].value;
  return measured(supportersKind, about, capable <= limit, { value: capable, limit, turning: limit + 1, facts });
};

/**
 * Whether no legal supporter of a member is able to support (D43 articles 4 and 8): the assessed count where there is one, else the
 * supporters at home who are surely able, else it is unknown. Not asked of someone able to work.
 */
export const supportersTest = (situation: Situation, about: Counted, noWorkCapacity: Finding['result']): Finding => {
  const limit = situation.plan.settings['extreme-hardship.supporters_at_most'].value;
  if (noWorkCapacity === 'fail') return unmeasured(supportersKind, about, 'not-applicable', { limit });
  const read = reading(about, capableSlot);
  if (read.known) return counted(situation, about, numberOf(read), [read]);
  const capable = capableAtHome(situation, about);
  if (capable.length > 0) return counted(situation, about, capable.length, []);
  const causes = [causeOf(read.problem, 'supporters.capable', about.member.personId)];
  return unmeasured(supportersKind, about, 'unknown', { limit, causes });
};
