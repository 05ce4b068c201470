import { triggers, triggerText } from '../../domain/feeds/feed-definition.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { RunningFeed } from '../feeds/feed-file.ts';
import { recordProspect } from '../reports/record-prospect.ts';
import type { Comparing } from './comparing.ts';

/** Whether a row has what its dataset says makes a prospect. What the row does not say triggers nothing. */
const isTriggered = ({ file }: Pick<RunningFeed, 'file'>, { facts }: FeedRow): boolean => {
  const { prospect } = file.definition;
  if (prospect === undefined) return false;
  return facts.some(({ kind, value }) => kind === prospect.kind && triggers(prospect, value));
};

/**
 * Records as prospects the people of unmatched rows that have the trigger of their dataset. Repeated, it records nothing more. Where a file is
 * handed in for more than a county, nobody knows who would have to go there: such rows are counted as unmatched and lead to nothing.
 */
export const recordProspects = async (
  { dependencies, feed, file, rows }: Comparing,
  unmatched: readonly number[],
): Promise<void> => {
  const { prospect, name, department } = file.definition;
  if (prospect === undefined || feed.division.length < 6) return;
  for (const { outcome } of rows.read(unmatched)) {
    if (outcome.outcome !== 'valid' || !isTriggered({ file }, outcome.row)) continue;
    const { rowNumber, residentId, asOf } = outcome.row;
    await recordProspect(dependencies, {
      row: `${feed.feedId} ${rowNumber}`,
      agency: department,
      residentId,
      division: feed.division,
      hardship: prospect.hardship,
      words: `${name.zh}(${name.en}): ${triggerText(prospect)}, ${asOf}`,
    });
  }
};
