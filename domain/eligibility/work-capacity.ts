import { factsOf, listedDisability } from './conditions.ts';
import { byGrounds, type Finding, type TestKind } from './finding.ts';
import { derivedInput, thresholdOf } from './lines.ts';
import type { Counted, Situation } from './situation.ts';

export const workCapacityKind: TestKind = {
  code: 'extreme-hardship.work-capacity',
  tier: 'EXTREME_HARDSHIP',
  unit: 'grounds',
  turns: null,
  becomes: { name: 'disability', becomes: 'listed for extreme hardship' },
  describe: ({ plan }, { about }) => {
    const ageFrom = plan.settings['extreme-hardship.age_from'];
    return {
      comparison: 'any-of',
      citation: `${ageFrom.citation}; ${plan.settings['extreme-hardship.disabilities'].citation}`,
      threshold: thresholdOf('extreme-hardship.age_from', ageFrom, ageFrom.value, ageFrom.unit),
      also: [
        derivedInput('age', about?.age ?? 0, 'years'),
        derivedInput('tier.present', about?.member.tier ?? '', 'tier'),
      ],
    };
  },
};

const ageGround = ({ plan: { settings } }: Situation, { age, member }: Counted): string | null => {
  if (age >= settings['extreme-hardship.age_from'].value) return `aged ${age}`;
  if (age < settings['extreme-hardship.minor_below'].value) return `minor of ${age}`;
  if (member.tier !== 'EXTREME_HARDSHIP') return null;
  if (age < settings['extreme-hardship.minor_kept_below'].value) return `minor of ${age}, already supported`;
  return null;
};

/**
 * Whether a member has no capacity to work: by age, as a minor (one already supported keeps it longer), or by a listed
 * disability (D43 articles 5 and 24).
 */
export const workCapacityTest = (situation: Situation, counted: Counted): Finding => {
  const { settings } = situation.plan;
  const byAge = ageGround(situation, counted);
  const disability = listedDisability(counted, settings['extreme-hardship.disabilities'].value);
  const grounds: string[] = [];
  if (byAge !== null) grounds.push(byAge);
  if (disability.holds && disability.shown !== null) grounds.push(disability.shown);
  return byGrounds(workCapacityKind, counted, grounds, disability.cause === null ? [] : [disability.cause], {
    limit: settings['extreme-hardship.age_from'].value,
    facts: factsOf(disability),
  });
};
