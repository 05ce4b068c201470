import { addRowCounts, type RowCounts } from '../../domain/feeds/feed.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import type { Comparing } from './comparing.ts';
import { type SettledRows, settleRows } from './settle-rows.ts';

/**
 * Settles rows anew that were to be applied and cannot be any more: a step that is cut off goes on later, and meanwhile the person left, or died on
 * another day by another file. The other rows stay as they were settled: of one that was applied before the step was cut off, the roster
 * would say that it is unchanged. `before` is what was settled.
 * @throws WriteConflict where one can be applied again by now: the step that is repeated does.
 */
export const settleLeft = async (
  comparing: Comparing,
  before: RowCounts,
  places: readonly number[],
): Promise<Pick<SettledRows, 'toVisit' | 'rejected'> & { readonly counts: RowCounts }> => {
  const anew: SettledRows[] = [];
  for (const place of places) anew.push(await settleRows(comparing, { from: place, to: place + 1, wanted: [place] }));
  if (anew.some(({ counts }) => counts.applied > 0))
    throw new WriteConflict(`${comparing.feed.feedId}: somebody has just moved`);
  const others = { ...before, rows: before.rows - places.length, applied: before.applied - places.length };
  return {
    counts: anew.reduce((sum, { counts }) => addRowCounts(sum, { ...counts, prospects: 0 }), others),
    toVisit: anew.flatMap(({ toVisit }) => toVisit),
    rejected: anew.flatMap(({ rejected }) => rejected),
  };
};
