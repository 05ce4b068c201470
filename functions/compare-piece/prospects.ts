import { triggers, triggerText } from '../../domain/feeds/feed-definition.ts';
import type { RowRead } from '../../domain/feeds/feed-reader.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import { countyOf, DivisionCode, isWithin } from '../../domain/people/divisions.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { forEachAtOnce } from '../at-once.ts';
import type { RunningFeed } from '../feeds/feed-file.ts';
import { type Prospect, recordProspect, wouldBeGoneTo } from '../reports/record-prospect.ts';
import type { Comparing } from './comparing.ts';

/** A row about somebody whom the roster has nobody look after, to whom somebody has to go. */
export interface ToVisit {
  readonly row: FeedRow;
  readonly division: DivisionCode;
}

/** Whether a row has what its dataset says makes a prospect. What the row does not say triggers nothing. */
const isTriggered = ({ file }: Pick<RunningFeed, 'file'>, { facts }: FeedRow): boolean => {
  const { prospect } = file.definition;
  if (prospect === undefined) return false;
  return facts.some(({ kind, value }) => kind === prospect.kind && triggers(prospect, value));
};

/** Where to go: what the row says, or else the county that handed the file in. Null is outside of the province, whose matter it is not. */
const placeOf = (
  { feed }: Pick<RunningFeed, 'feed'>,
  { residence }: FeedRow,
): Pick<ToVisit, 'division'> | RowReason | null => {
  if (residence === null) return feed.division.length >= 6 ? { division: feed.division } : 'residence-missing';
  const { data: told } = DivisionCode.safeParse(residence);
  if (told === undefined) return null;
  // Townships are merged and split more often than lists of them are brought up to date: the county is then told.
  const division = [told, countyOf(told)].find(knownDivision);
  if (division === undefined) return 'residence-unknown';
  return isWithin(division, feed.division) ? { division } : 'residence-elsewhere';
};

/**
 * What a row leads to: nothing, somebody who is to be gone to, or why nobody can go to the person. `home`: where the roster has the person, if the
 * file reaches that; it is gone to where the row does not lead anywhere itself.
 */
export const prospectOf = (
  comparing: Pick<Comparing, 'feed' | 'file'>,
  { outcome }: Pick<RowRead, 'outcome'>,
  home: DivisionCode | null,
): ToVisit | RowReason | null => {
  if (outcome.outcome !== 'valid' || !isTriggered(comparing, outcome.row)) return null;
  const { row } = outcome;
  const place = home !== null && row.residence === null ? { division: home } : placeOf(comparing, row);
  if (place !== null && typeof place === 'object') return { row, ...place };
  return home === null ? place : { row, division: home };
};

/**
 * Records whom somebody has to go to as prospects when the file is committed, and answers of how many rows it is so, in the dry run too: several
 * people at a time, and the rows of one person one after the other, since they are one outreach. Repeated, it records nothing more and answers the same;
 * `settledBefore`: the rows were counted once before, with what was recorded of them then.
 */
export const sendTo = async (
  { dependencies, run, feed, file }: Comparing,
  toVisit: readonly ToVisit[],
  settledBefore = false,
): Promise<number> => {
  const { prospect, name, department } = file.definition;
  if (prospect === undefined) return 0;
  const isGoneTo = async (found: Prospect): Promise<boolean> => {
    if (run.run === 'dry-run') return wouldBeGoneTo(dependencies, found);
    // A row that was recorded before was so by a step of this very piece that was cut off.
    const recorded = await recordProspect(dependencies, found);
    return recorded === 'recorded' || (recorded === 'before' && !settledBefore);
  };
  const people = [...Map.groupBy(toVisit, ({ row }) => row.residentId).values()];
  const goneTo = await forEachAtOnce(people, async (rows) => {
    let count = 0;
    for (const { row, division } of rows) {
      const { rowNumber, residentId, asOf } = row;
      const found = {
        row: `${feed.feedId} ${rowNumber}`,
        agency: department,
        residentId,
        division,
        hardship: prospect.hardship,
        words: `${name.zh}(${name.en}): ${triggerText(prospect)}, ${asOf}`,
      };
      if (await isGoneTo(found)) count += 1;
    }
    return count;
  });
  return goneTo.reduce((sum, count) => sum + count, 0);
};
