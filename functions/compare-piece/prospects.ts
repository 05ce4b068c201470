import { triggers, triggerText } from '../../domain/feeds/feed-definition.ts';
import type { RowRead } from '../../domain/feeds/feed-reader.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import { countyOf, DivisionCode, isWithin } from '../../domain/people/divisions.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { forEachAtOnce } from '../at-once.ts';
import type { RunningFeed } from '../feeds/feed-file.ts';
import { recordProspect } from '../reports/record-prospect.ts';
import type { Comparing } from './comparing.ts';

/** A row about somebody who is not on the roster, to whom somebody has to go. */
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

/** What an unmatched row leads to: nothing, somebody who is to be gone to, or why nobody can go to the person. */
export const prospectOf = (
  comparing: Pick<Comparing, 'feed' | 'file'>,
  { outcome }: Pick<RowRead, 'outcome'>,
): ToVisit | RowReason | null => {
  if (outcome.outcome !== 'valid' || !isTriggered(comparing, outcome.row)) return null;
  const place = placeOf(comparing, outcome.row);
  return place === null || typeof place === 'string' ? place : { row: outcome.row, ...place };
};

/**
 * Records whom somebody has to go to as prospects: several people at a time, and the rows of one person one after the other, since they are one
 * outreach. Repeated, it records nothing more.
 */
export const recordProspects = async (
  { dependencies, feed, file }: Comparing,
  toVisit: readonly ToVisit[],
): Promise<void> => {
  const { prospect, name, department } = file.definition;
  if (prospect === undefined) return;
  const people = [...Map.groupBy(toVisit, ({ row }) => row.residentId).values()];
  await forEachAtOnce(people, async (rows) => {
    for (const { row, division } of rows) {
      const { rowNumber, residentId, asOf } = row;
      await recordProspect(dependencies, {
        row: `${feed.feedId} ${rowNumber}`,
        agency: department,
        residentId,
        division,
        hardship: prospect.hardship,
        words: `${name.zh}(${name.en}): ${triggerText(prospect)}, ${asOf}`,
      });
    }
  });
};
