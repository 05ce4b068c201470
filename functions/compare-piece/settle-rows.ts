import type { RowCounts } from '../../domain/feeds/feed.ts';
import type { RowRead, RowRefused } from '../../domain/feeds/feed-reader.ts';
import type { Comparing } from './comparing.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { prospectOf, type ToVisit } from './prospects.ts';
import { settleHit } from './roster-row.ts';

/** Rows of a piece from a place to before another. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** Those that are rejected or may be about somebody on the roster. The others are about nobody. */
  readonly wanted: readonly number[];
}

export interface SettledRows {
  readonly counts: RowCounts;
  /** Which of them are to be applied, by their place in the part. */
  readonly apply: readonly number[];
  /** Those about somebody who is on no roster the file may reach, and to whom somebody has to go. */
  readonly toVisit: readonly ToVisit[];
  readonly rejected: readonly RowRefused[];
}

type Ending = 'applied' | 'unchanged' | 'unmatched' | RowRefused;

/** When what a file says counts as recorded: when it was committed, so that a step that is repeated records the same. */
export const recordedAtOf = ({ feed, dependencies }: Comparing) => feed.committedAt ?? dependencies.now();

/** Settles what each row of a part comes to, in exactly one of four ways, and changes nothing. */
export const settleRows = async (comparing: Comparing, part: Part): Promise<SettledRows> => {
  const read = comparing.rows.read(part.wanted);
  const valid = read.flatMap(({ outcome }) => (outcome.outcome === 'valid' ? [outcome.row] : []));
  const found = await lookUp(comparing.dependencies.store, comparing.feed, valid);
  const endings = Array.from({ length: part.to - part.from }, (): Ending => 'unmatched');
  for (const [index, place] of part.wanted.entries()) {
    const row = read[index];
    if (row !== undefined) endings[place - part.from] = endingOf(comparing, found, row);
  }
  const { toVisit, refused } = visits(comparing, part, endings);
  for (const [place, ending] of refused) endings[place] = ending;
  return {
    counts: countsOf(endings, toVisit.length),
    toVisit,
    apply: endings.flatMap((ending, place) => (ending === 'applied' ? [place] : [])),
    rejected: endings.flatMap((ending) => (typeof ending === 'object' ? [ending] : [])),
  };
};

const endingOf = (comparing: Comparing, found: LookedUp, { outcome, written }: RowRead): Ending => {
  const { feed, file } = comparing;
  if (outcome.outcome === 'rejected') {
    const { reason, column } = outcome.rejected;
    return { reason, column, written };
  }
  const { row } = outcome;
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

/**
 * Whom of the unmatched somebody has to go to, and rows of which nobody knows where that would be, by their places in the part: whoever handed
 * them in is to say.
 */
const visits = (comparing: Comparing, { from }: Part, endings: readonly Ending[]) => {
  const toVisit: ToVisit[] = [];
  const refused: (readonly [number, RowRefused])[] = [];
  const { prospect } = comparing.file.definition;
  if (prospect === undefined) return { toVisit, refused };
  const unmatched = endings.flatMap((ending, place) => (ending === 'unmatched' ? [place] : []));
  const read = comparing.rows.read(unmatched.map((place) => from + place));
  for (const [index, place] of unmatched.entries()) {
    const row = read[index];
    const found = row === undefined ? null : prospectOf(comparing, row);
    if (row === undefined || found === null) continue;
    if (typeof found === 'object') toVisit.push(found);
    else refused.push([place, { reason: found, column: prospect.residence, written: row.written }]);
  }
  return { toVisit, refused };
};

const countsOf = (endings: readonly Ending[], prospects: number): RowCounts => {
  const count = (which: Ending): number => endings.filter((ending) => ending === which).length;
  const reasons = endings.flatMap((ending) => (typeof ending === 'object' ? [ending.reason] : []));
  return {
    rows: endings.length,
    applied: count('applied'),
    unchanged: count('unchanged'),
    unmatched: count('unmatched'),
    prospects,
    rejected: reasons.length,
    reasons: [...Map.groupBy(reasons, (reason) => reason)]
      .map(([reason, each]) => ({ reason, rows: each.length }))
      .toSorted((one, other) => (one.reason < other.reason ? -1 : 1)),
  };
};
