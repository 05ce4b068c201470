import type { RowRead } from '../../domain/feeds/feed-reader.ts';
import type { FeedLayout, FeedRunId } from '../../domain/feeds/feed-run.ts';
import type { ComparisonDependencies, RunningFeed } from '../feeds/feed-file.ts';

/** What one call works with: the rows of its piece, in their order. */
export interface Comparing extends RunningFeed {
  readonly dependencies: ComparisonDependencies;
  readonly run: FeedRunId;
  readonly layout: FeedLayout;
  readonly rows: readonly RowRead[];
}
