import { absent, type Condition, factsOf, listedDisability, studiesIn } from './conditions.ts';
import { byGrounds, type Finding, type TestKind } from './finding.ts';
import { derivedInput, thresholdOf } from './lines.ts';
import type { Counted, Situation } from './situation.ts';

const isOfSchool = (cause: string): boolean => cause.includes(' study.stage ');

export const workCapacityKind: TestKind = {
  code: 'extreme-hardship.work-capacity',
  tier: 'EXTREME_HARDSHIP',
  unit: 'grounds',
  turns: null,
  becomes: { name: 'disability', becomes: 'listed for extreme hardship' },
  describe: ({ plan: { settings } }, { about, facts, causes }) => {
    const ageFrom = settings['extreme-hardship.age_from'];
    const law = [ageFrom.citation, settings['extreme-hardship.disabilities'].citation];
    const asksForSchool = facts.some(({ fact }) => fact.kind === 'study.stage') || causes.some(isOfSchool);
    if (asksForSchool) law.push(settings['extreme-hardship.minor_kept_while_studying'].citation);
    return {
      comparison: 'any-of',
      citation: law.join('; '),
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

/** The school of one already supported who is too old to be a minor: until it ends the support is kept (D43 article 24). */
const schoolOf = ({ plan: { settings } }: Situation, counted: Counted): Condition =>
  counted.member.tier === 'EXTREME_HARDSHIP'
    ? studiesIn(counted, settings['extreme-hardship.minor_kept_while_studying'].value)
    : absent;

/**
 * Whether a member has no capacity to work: by age, as a minor (one already supported keeps it longer, and to the end of school),
 * or by a listed disability (D43 articles 5 and 24).
 */
export const workCapacityTest = (situation: Situation, counted: Counted): Finding => {
  const { settings } = situation.plan;
  const byAge = ageGround(situation, counted);
  const disability = listedDisability(counted, settings['extreme-hardship.disabilities'].value);
  const school = byAge === null ? schoolOf(situation, counted) : absent;
  const grounds: string[] = [];
  if (byAge !== null) grounds.push(byAge);
  if (school.holds && school.shown !== null) grounds.push(`already supported, in ${school.shown}`);
  if (disability.holds && disability.shown !== null) grounds.push(disability.shown);
  const causes: string[] = [];
  if (school.cause !== null) causes.push(school.cause);
  if (disability.cause !== null) causes.push(disability.cause);
  return byGrounds(workCapacityKind, counted, grounds, causes, {
    limit: settings['extreme-hardship.age_from'].value,
    facts: factsOf(disability, school),
  });
};
