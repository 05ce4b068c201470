import type { PieceRows } from '../../domain/feeds/feed-reader.ts';
import type { FeedLayout, FeedRunId } from '../../domain/feeds/feed-run.ts';
import type { PieceDependencies, RunningFeed } from '../feeds/feed-file.ts';
import type { FilterNow } from '../feeds/people-filter.ts';

/** What one call works with: the rows of its piece, in their order, and what they are filtered by. */
export interface Comparing extends RunningFeed {
  readonly dependencies: PieceDependencies;
  readonly run: FeedRunId;
  readonly layout: FeedLayout;
  readonly rows: PieceRows;
  readonly filter: FilterNow;
}
