import type { Evaluation, TestLine } from './evaluation.ts';
import { testsFor, tierAfter } from './tier-after.ts';
import { type HouseholdTier, householdTiers } from './tiers.ts';
import { type Language, nameIn, quantity, sentence, tierWords } from './wording.ts';

/** Changes that together would alter a decision, and the tier they lead to. */
export interface Counterfactual {
  readonly changes: readonly TestLine[];
  readonly tier: HouseholdTier;
}

/** The tests that keep a household out of a tier, when all of them could be turned by what it reports; null otherwise. */
const obstaclesTo = (evaluation: Evaluation, tier: HouseholdTier): readonly TestLine[] | null => {
  const lines = testsFor(evaluation, tier);
  const failed = lines.filter(({ result }) => result === 'fail');
  const open =
    lines.some(({ result }) => result === 'unknown') || failed.some(({ wouldChange }) => wouldChange === null);
  return open || failed.length === 0 ? null : failed;
};

/** Fewest changes first; what asks for more spending last among equals, for nobody can be advised to be ill; then the nearest. */
const easiestFirst = (one: readonly TestLine[], other: readonly TestLine[]): number => {
  const asksSpending = (lines: readonly TestLine[]): number => Number(lines.some(({ code }) => code === 'rigid.ratio'));
  return one.length - other.length || asksSpending(one) - asksSpending(other);
};

/**
 * The smallest change that would open a tier above: one test if one alone stands in the way, else all that do together, with the
 * tier that would come of it. Null when nothing the household reports would open one, or nobody can say what would come of it.
 */
export const smallestChange = (evaluation: Evaluation): Counterfactual | null => {
  const above = householdTiers
    .slice(1, householdTiers.indexOf(evaluation.householdTier))
    .map((tier) => obstaclesTo(evaluation, tier))
    .filter((lines) => lines !== null);
  for (const changes of above.toReversed().toSorted(easiestFirst)) {
    const tier = tierAfter(evaluation, changes);
    if (tier !== null) return { changes, tier };
  }
  return null;
};

/** A limit that may be reached is told as one: "at most 45,216 yuan", not "below 45,216.01". */
const upperLimitPhrase = (line: TestLine, below: number, name: string, language: Language): string => {
  const inclusive = line.unit === 'pieces' || line.comparison === '<=';
  const value = quantity(inclusive ? below - 1 : below, line.unit, language);
  if (language === 'zh') return inclusive ? `${name}不超过${value}` : `${name}低于${value}`;
  return inclusive ? `${name} were at most ${value}` : `${name} fell below ${value}`;
};

const limitPhrase = (line: TestLine, language: Language): string => {
  const change = line.wouldChange;
  const name = nameIn(change?.name ?? '', language);
  if (change?.below !== undefined) return upperLimitPhrase(line, change.below, name, language);
  if (change?.atLeast !== undefined) {
    const value = quantity(change.atLeast, line.unit, language);
    return language === 'zh' ? `${name}达到${value}` : `${name} came to ${value}`;
  }
  return language === 'zh' ? `${name}有变化` : `${name} changed`;
};

/** The smallest change that would open a tier above, as a sentence. */
export const changeUp = (evaluation: Evaluation, language: Language): readonly string[] => {
  const found = smallestChange(evaluation);
  if (found === null) return [];
  const changes = found.changes.map((line) => limitPhrase(line, language)).join(language === 'zh' ? '，且' : ' and ');
  const name = tierWords[found.tier][language];
  return [
    sentence(
      language === 'zh' ? `如${changes}，则属于${name}` : `if ${changes}, the result would be ${name}`,
      language,
    ),
  ];
};

/** What would end the tier that was found: its income or its spending test turning. */
export const changeDown = (evaluation: Evaluation, language: Language): readonly string[] => {
  const line = testsFor(evaluation, evaluation.householdTier).find(
    ({ code, result, tier }) => tier !== 'EXTREME_HARDSHIP' && result === 'pass' && code.endsWith('.income'),
  );
  if (line === undefined || line.wouldChange === null) return [];
  const name = tierWords[evaluation.householdTier][language];
  const change = limitPhrase(line, language);
  return [
    sentence(
      language === 'zh' ? `如${change}，则不再属于${name}` : `if ${change}, the result would no longer be ${name}`,
      language,
    ),
  ];
};
