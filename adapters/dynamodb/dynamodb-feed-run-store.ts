import { FeedPlan, type FeedRunStore, PieceProgress } from '../../domain/feeds/feed-run.ts';
import { comparedPieceKey, feedRunKey, feedRunPartition } from './keys.ts';
import { behind, storeNote } from './notes.ts';
import { getItem, type Item, readPartition } from './reading.ts';
import type { Tables } from './tables.ts';

const withoutKey = ({ pk: _pk, sk: _sk, ...values }: Item): Item => values;
const progressOf = (item: Item): PieceProgress => PieceProgress.parse(withoutKey(item));
const planOf = (item: Item): FeedPlan => FeedPlan.parse(withoutKey(item));

/** The port `FeedRunStore` on DynamoDB. */
export const dynamodbFeedRunStore = (tables: Tables): FeedRunStore => {
  const plan: FeedRunStore['plan'] = async (run) => {
    const item = await getItem(tables, feedRunKey(run));
    return item === undefined ? undefined : planOf(item);
  };
  return {
    plan,
    begin: async (run, wanted) => {
      const key = feedRunKey(run);
      if (await storeNote(tables, { ...key, ...wanted }, behind('steps', 0))) return wanted;
      const standing = await plan(run);
      if (standing === undefined) throw new Error(`${key.pk} could not be stored`);
      return standing;
    },
    read: async (run) => {
      // One item more than there are pieces.
      const items = await readPartition(tables, feedRunPartition(run));
      const { sk } = feedRunKey(run);
      const head = items.find((item) => item['sk'] === sk);
      if (head === undefined) return undefined;
      return { plan: planOf(head), progress: items.filter((item) => item !== head).map(progressOf) };
    },
    piece: async (run, piece) => {
      const item = await getItem(tables, comparedPieceKey(run, piece));
      return item === undefined ? undefined : progressOf(item);
    },
    store: (run, progress) =>
      storeNote(tables, { ...comparedPieceKey(run, progress.piece), ...progress }, behind('steps', progress.steps - 1)),
  };
};
