import type { HouseholdMember } from '../households/household.ts';
import { listedDisability } from './conditions.ts';
import type { TestLine } from './evaluation.ts';
import { ageOf, derivedInput, type Situation, setting, thresholdOf } from './situation.ts';

const ageGround = (situation: Situation, member: HouseholdMember): string | null => {
  const age = ageOf(situation, member);
  if (age >= setting(situation, 'extreme-hardship.age_from').value) return `aged ${age}`;
  if (age < setting(situation, 'extreme-hardship.minor_below').value) return `minor of ${age}`;
  const kept = age < setting(situation, 'extreme-hardship.minor_kept_below').value;
  return kept && member.tier === 'EXTREME_HARDSHIP' ? `minor of ${age}, already supported` : null;
};

/**
 * Whether a member has no capacity to work: by age, as a minor (one already supported keeps it longer), or by a listed
 * disability (D43 articles 5 and 24).
 */
export const workCapacityTest = (situation: Situation, member: HouseholdMember): TestLine => {
  const ageFrom = setting(situation, 'extreme-hardship.age_from');
  const disabilities = setting(situation, 'extreme-hardship.disabilities');
  const byAge = ageGround(situation, member);
  const disability = listedDisability(situation, member.personId, disabilities.value);
  const grounds = [byAge, disability.holds ? disability.shown : null].filter((ground) => ground !== null);
  const unknown = grounds.length === 0 && disability.cause !== null;
  const result = grounds.length > 0 ? 'pass' : unknown ? 'unknown' : 'fail';
  return {
    code: 'extreme-hardship.work-capacity',
    tier: 'EXTREME_HARDSHIP',
    subject: member.personId,
    comparison: 'any-of',
    measured: unknown ? null : grounds.join(', ') || 'none',
    unit: 'grounds',
    inputs: [
      derivedInput('age', ageOf(situation, member), 'years'),
      derivedInput('tier.present', member.tier, 'tier'),
      ...disability.inputs,
    ],
    threshold: thresholdOf('extreme-hardship.age_from', ageFrom, ageFrom.value, ageFrom.unit),
    result,
    distance: null,
    citation: `${ageFrom.citation}; ${disabilities.citation}`,
    wouldChange: result === 'fail' ? { name: 'disability', becomes: 'listed for extreme hardship' } : null,
    cause: unknown ? disability.cause : null,
  };
};
