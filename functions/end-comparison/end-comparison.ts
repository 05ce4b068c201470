import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { addRowCounts, type Feed, noRows, type RowCounts } from '../../domain/feeds/feed.ts';
import type { FeedPlan, FeedRunId, PieceProgress } from '../../domain/feeds/feed-run.ts';
import { rejectPartKey, rejectsKey } from '../../domain/feeds/object-keys.ts';
import { type FeedState, feedLifecycle } from '../../domain/lifecycles/feed.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { type ComparisonDependencies, comparisonActor, feedOfRun, type RunningFeed } from '../feeds/feed-file.ts';

/** Ends a run once: the counts of its pieces are those of the feed, and the rejected rows are one file. */
export const endComparison = async (dependencies: ComparisonDependencies, run: FeedRunId): Promise<FeedRunId> => {
  const { feedRuns, store, now, newId } = dependencies;
  const [running, found] = await Promise.all([feedOfRun(dependencies, run), feedRuns.read(run)]);
  if (found === undefined) throw new Error(`the ${run.run} of ${run.feedId} was not begun`);
  const { feed } = running;
  const { plan, progress } = found;
  const isOpen = feedLifecycle[run.run === 'commit' ? 'finish' : 'report'].from.includes(feed.state);
  if (!isOpen) return run;
  if (progress.filter(({ done }) => done).length !== plan.pieces)
    throw new Error(`the ${run.run} of ${run.feedId} has pieces that are not done`);
  const counts = progress.reduce((sum, each) => addRowCounts(sum, each.counts), noRows);
  if (counts.rejected > 0) await joinRejects(dependencies, run, running, { plan, progress });
  const { next, from, event } = ended(run, plan, counts);
  const at = now();
  const result = await store.commit({
    aggregates: [{ kind: 'feed', value: { ...feed, ...next(at), version: feed.version + 1 }, from }],
    event: newEvent(event, at, newId, { feedId: feed.feedId }),
    actor: comparisonActor,
    division: feed.division,
  });
  if (!result.ok) throw new WriteConflict(`${feed.feedId}: ${result.conflict}`);
  return run;
};

interface Ended {
  readonly next: (at: Feed['announcedAt']) => Partial<Feed>;
  readonly from: readonly FeedState[];
  readonly event: EventType;
}

const ended = ({ run }: FeedRunId, { fault, missing }: FeedPlan, counts: RowCounts): Ended => {
  if (fault !== null) {
    const { from, to } = feedLifecycle.fail;
    return { next: () => ({ state: to, fault, missing }), from, event: 'FeedFailed' };
  }
  if (run === 'dry-run') {
    const { from, to } = feedLifecycle.report;
    return { next: (at) => ({ state: to, checkedAt: at, wouldBe: counts }), from, event: 'FeedChecked' };
  }
  const { from, to } = feedLifecycle.finish;
  return { next: (at) => ({ state: to, appliedAt: at, became: counts }), from, event: 'FeedApplied' };
};

/** Joins the rejected rows of all pieces behind the headings of the file, a piece at a time. */
const joinRejects = async (
  { objects, reader }: ComparisonDependencies,
  run: FeedRunId,
  { file }: RunningFeed,
  { plan, progress }: { readonly plan: FeedPlan; readonly progress: readonly PieceProgress[] },
): Promise<void> => {
  const { layout } = plan;
  if (layout === null) return;
  const whole = async (of: string): Promise<Uint8Array> =>
    objects.read(of, { first: 0, last: ((await objects.size(of)) ?? 1) - 1 });
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield reader.rejectsHeading(file, layout);
    for (const { piece, rejects } of progress.toSorted((one, other) => one.piece - other.piece))
      for (let part = 0; part < rejects; part += 1) yield await whole(rejectPartKey(run, piece, part));
  };
  await objects.putAll(rejectsKey(run), pieces());
};
