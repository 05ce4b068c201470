import { noRows, type RowCounts } from '../../domain/feeds/feed.ts';
import type { RowRead, RowRefused } from '../../domain/feeds/feed-reader.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { Comparing } from './compare-piece.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { settleHit } from './roster-row.ts';

export interface SettledRows {
  readonly counts: RowCounts;
  /** Which of them are to be applied, by their place. */
  readonly apply: readonly number[];
  /** About nobody who is on the roster where the file may reach. */
  readonly unmatched: readonly RowRead[];
  readonly rejected: readonly RowRefused[];
}

type Ending = 'applied' | 'unchanged' | 'unmatched' | RowRefused;

/** When what a file says counts as recorded: when it was committed, so that a step that is repeated records the same. */
export const recordedAtOf = ({ feed, dependencies }: Comparing) => feed.committedAt ?? dependencies.now();

/** Settles what each of some rows comes to, in exactly one of four ways, and changes nothing. */
export const settleRows = async (comparing: Comparing, part: readonly RowRead[]): Promise<SettledRows> => {
  const valid = part.flatMap(({ outcome }) => (outcome.outcome === 'valid' ? [outcome.row] : []));
  const found = await lookUp(comparing.dependencies.store, comparing.feed, valid);
  const endings = part.map(({ outcome, written }): Ending => {
    if (outcome.outcome === 'valid') return endingOf(comparing, found, { row: outcome.row, written });
    const { reason, column } = outcome.rejected;
    return { reason, column, written };
  });
  return {
    counts: countsOf(endings),
    unmatched: part.filter((_, place) => endings[place] === 'unmatched'),
    apply: endings.flatMap((ending, place) => (ending === 'applied' ? [place] : [])),
    rejected: endings.flatMap((ending) => (typeof ending === 'object' ? [ending] : [])),
  };
};

const endingOf = (
  comparing: Comparing,
  found: LookedUp,
  { row, written }: { readonly row: FeedRow; readonly written: Uint8Array },
): Ending => {
  const { feed, file } = comparing;
  const hit = found.hit(row);
  if (hit === undefined) return 'unmatched';
  const settled = settleHit(feed, hit, { recordedAt: recordedAtOf(comparing), today: file.day });
  if (settled.does === 'nothing') return 'unchanged';
  if (settled.does === 'apply') {
    // The next row about the household is settled by what this one makes of it.
    found.became(settled.roster);
    return 'applied';
  }
  return { reason: settled.reason, column: null, written };
};

const countsOf = (endings: readonly Ending[]): RowCounts => {
  const count = (which: Ending): number => endings.filter((ending) => ending === which).length;
  const reasons = endings.flatMap((ending) => (typeof ending === 'object' ? [ending.reason] : []));
  return {
    ...noRows,
    rows: endings.length,
    applied: count('applied'),
    unchanged: count('unchanged'),
    unmatched: count('unmatched'),
    rejected: reasons.length,
    reasons: [...Map.groupBy(reasons, (reason) => reason)]
      .map(([reason, each]) => ({ reason, rows: each.length }))
      .toSorted((one, other) => (one.reason < other.reason ? -1 : 1)),
  };
};
