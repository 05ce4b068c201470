import { dateInChina } from '../../domain/dates.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { feedOn } from '../../domain/feeds/feed-definition.ts';
import type { FeedFile, FeedReader } from '../../domain/feeds/feed-reader.ts';
import type { FeedRunId } from '../../domain/feeds/feed-run.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import type { FilterDependencies } from './people-filter.ts';

/** What the steps of a comparison are given. */
export type ComparisonDependencies = FeedDependencies & { reader: FeedReader };
/** And those that look people up. */
export type PieceDependencies = ComparisonDependencies & FilterDependencies;

/** The comparison as an actor in audit entries. */
export const comparisonActor = { role: 'workflow', subject: 'feed-comparison' } as const;

export interface RunningFeed {
  readonly feed: Feed;
  readonly file: FeedFile;
}

/** The feed of a run with the definition of its dataset as it was when the file was announced. */
export const feedOfRun = async (
  { store, policies }: ComparisonDependencies,
  { feedId }: FeedRunId,
): Promise<RunningFeed> => {
  const feed = await store.feed(feedId);
  if (feed === undefined) throw new Error(`${feedId} is not in the store`);
  const definition = feedOn((await policies.inForce()).feeds, feed.dataset, dateInChina(feed.announcedAt));
  if (definition === null) throw new Error(`${feedId}: the policy in force no longer has ${feed.dataset}`);
  return { feed, file: { definition, format: feed.format, day: dateInChina(feed.uploadedAt ?? feed.announcedAt) } };
};
