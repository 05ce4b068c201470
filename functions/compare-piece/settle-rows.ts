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
  /** All but of how many somebody goes to the person, which is known once somebody was sent. */
  readonly counts: Omit<RowCounts, 'prospects'>;
  /** Which of them are to be applied, by their place in the part. */
  readonly apply: readonly number[];
  /** Those about somebody whom the roster has nobody look after, and to whom somebody may have to go, by what is known so far. */
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
  const { toVisit, refused } = visits(comparing, part, { endings, found });
  for (const [place, ending] of refused) endings[place] = ending;
  return {
    counts: countsOf(endings),
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
 * To whom somebody has to go, and rows of which nobody knows where that would be, by their places in the part: whoever handed them in is to
 * say. Somebody whom the roster has may be among them: to be on it is not to be looked after.
 */
const visits = (
  comparing: Comparing,
  { from }: Part,
  { endings, found }: { readonly endings: readonly Ending[]; readonly found: LookedUp },
) => {
  const toVisit: ToVisit[] = [];
  const refused: (readonly [number, RowRefused])[] = [];
  const { prospect } = comparing.file.definition;
  if (prospect === undefined) return { toVisit, refused };
  const inOrder = endings.flatMap((ending, place) => (typeof ending === 'object' ? [] : [place]));
  const read = comparing.rows.read(inOrder.map((place) => from + place));
  for (const [index, place] of inOrder.entries()) {
    const row = read[index];
    if (row === undefined || row.outcome.outcome !== 'valid') continue;
    const home = found.hit(row.outcome.row)?.roster.household.residenceDivision ?? null;
    const visit = prospectOf(comparing, row, home);
    if (typeof visit === 'string')
      refused.push([place, { reason: visit, column: prospect.residence, written: row.written }]);
    else if (visit !== null && !found.isLookedAfter(visit.row)) toVisit.push(visit);
  }
  return { toVisit, refused };
};

const countsOf = (endings: readonly Ending[]): SettledRows['counts'] => {
  const count = (which: Ending): number => endings.filter((ending) => ending === which).length;
  const reasons = endings.flatMap((ending) => (typeof ending === 'object' ? [ending.reason] : []));
  return {
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
