import type { Planted } from '../../../synthetic/province/truth.ts';

/** What was to be found and was, was not, or was found although it should not have been. */
export interface Score {
  readonly found: number;
  readonly missed: number;
  readonly wrong: number;
}

export const noScore: Score = { found: 0, missed: 0, wrong: 0 };
/** In thousandths, so that a report of whole numbers says enough; of nothing planted all is found. */
export const recallOf = ({ found, missed }: Score): number =>
  found + missed === 0 ? 1_000 : Math.floor((found * 1_000) / (found + missed));
export const precisionOf = ({ found, wrong }: Score): number =>
  found + wrong === 0 ? 1_000 : Math.floor((found * 1_000) / (found + wrong));

const counted = (score: Score, isExpected: boolean, isFound: boolean): Score => ({
  found: score.found + (isExpected && isFound ? 1 : 0),
  missed: score.missed + (isExpected && !isFound ? 1 : 0),
  wrong: score.wrong + (!isExpected && isFound ? 1 : 0),
});

/** The score of each rule: of the households planted for it, by the open alerts, each as `household rule`. */
export const scoreAlerts = (planted: readonly Planted[], alerts: ReadonlySet<string>): ReadonlyMap<string, Score> => {
  const scores = new Map<string, Score>();
  for (const each of planted) {
    if (each.planted !== 'alert') continue;
    const before = scores.get(each.rule) ?? noScore;
    const isFound = alerts.has(`${each.householdId} ${each.rule}`);
    scores.set(each.rule, counted(before, each.expect === 'fires', isFound));
  }
  return scores;
};

/** The score of identification, by whether somebody is to go to the person in a row. */
export const scoreProspects = (
  planted: readonly Planted[],
  isProspect: (row: Extract<Planted, { planted: 'missed-household' }>) => boolean,
): Score => {
  let score = noScore;
  for (const each of planted)
    if (each.planted === 'missed-household') score = counted(score, each.expect === 'prospect', isProspect(each));
  return score;
};
