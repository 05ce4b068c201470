import type { FeedView } from '../../contracts/api/feeds.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { type Feed, partSizes } from '../../domain/feeds/feed.ts';
import { uploadKey } from '../../domain/feeds/object-keys.ts';
import type { FeedId } from '../../domain/ids.ts';
import { type FeedState, feedLifecycle } from '../../domain/lifecycles/feed.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import { feedViewOf, soundParts } from './feed-views.ts';

export interface FeedCall {
  readonly principal: Principal;
  readonly feedId: FeedId;
}

/** A feed of the caller's own department, or of the caller's division; undefined when there is none, or it is another's. */
const reachableFeed = async (
  { store }: { readonly store: Pick<RosterStore, 'feed'> },
  { principal, feedId }: FeedCall,
): Promise<Feed | undefined> => {
  const feed = await store.feed(feedId);
  return feed !== undefined && mayReach(principal, feed) ? feed : undefined;
};

/** A feed with what is missing of it, how far it is, and what became of its rows. */
export const readFeed = async (dependencies: FeedDependencies, call: FeedCall): Promise<Outcome<FeedView>> => {
  const feed = await reachableFeed(dependencies, call);
  if (feed === undefined) return refuse('not-found');
  return succeed(await feedViewOf(dependencies, feed), { version: feed.version });
};

interface Moved {
  readonly feed: Feed;
  readonly from: readonly FeedState[];
  readonly event: EventType;
}

const store = async (
  dependencies: FeedDependencies,
  principal: Principal,
  { feed, from, event }: Moved,
): Promise<Outcome<FeedView>> => {
  const { feedId, version, division } = feed;
  const result = await dependencies.store.commit({
    aggregates: [{ kind: 'feed', value: feed, from }],
    event: newEvent(event, dependencies.now(), dependencies.newId, { feedId }),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  return result.ok ? succeed(await feedViewOf(dependencies, feed), { version }) : refuse('version-conflict');
};

/**
 * Joins the parts of a file and has it checked: a dry run counts what each row would change, and changes nothing. Repeated while it runs or
 * when it has ended, it answers how the feed stands.
 */
export const checkFeed = async (dependencies: FeedDependencies, call: FeedCall): Promise<Outcome<FeedView>> => {
  const { objects, now } = dependencies;
  const feed = await reachableFeed(dependencies, call);
  if (feed === undefined) return refuse('not-found');
  if (feed.state === 'checking' || feed.state === 'checked')
    return succeed(await feedViewOf(dependencies, feed), { version: feed.version, replayed: true });
  const { from, to } = feedLifecycle.check;
  if (!from.includes(feed.state)) return refuse('lifecycle-conflict', { state: feed.state });
  const upload = { key: uploadKey(feed.feedId), uploadId: feed.uploadId };
  const arrived = await objects.arrivedParts(upload);
  // Undefined: the parts were joined, and what was to be stored after it was not.
  if (arrived === undefined && (await objects.size(upload.key)) !== feed.bytes) return refuse('feed-incomplete');
  if (arrived !== undefined) {
    const sound = soundParts(feed, arrived);
    if (sound.length !== partSizes(feed.bytes).length) return refuse('feed-incomplete');
    await objects.completeUpload(upload, sound);
  }
  const checking: Feed = { ...feed, version: feed.version + 1, state: to, uploadedAt: now() };
  return store(dependencies, call.principal, { feed: checking, from, event: 'FeedCheckRequested' });
};

/** Has a file applied that was checked, on the counts that were read (If-Match). */
export const commitFeed = async (
  dependencies: FeedDependencies,
  { ifMatch, ...call }: FeedCall & { readonly ifMatch: number },
): Promise<Outcome<FeedView>> => {
  const feed = await reachableFeed(dependencies, call);
  if (feed === undefined) return refuse('not-found');
  const { from, to } = feedLifecycle.commit;
  if (!from.includes(feed.state)) return refuse('lifecycle-conflict', { state: feed.state });
  if (ifMatch !== feed.version) return refuse('version-conflict', { version: feed.version });
  const committed: Feed = {
    ...feed,
    version: feed.version + 1,
    state: to,
    committedBy: call.principal.subject,
    committedAt: dependencies.now(),
  };
  return store(dependencies, call.principal, { feed: committed, from, event: 'FeedCommitted' });
};

/** Gives up a file that was not committed. What was uploaded is removed with all old uploads. */
export const discardFeed = async (dependencies: FeedDependencies, call: FeedCall): Promise<Outcome<FeedView>> => {
  const feed = await reachableFeed(dependencies, call);
  if (feed === undefined) return refuse('not-found');
  const { from, to } = feedLifecycle.discard;
  if (!from.includes(feed.state)) return refuse('lifecycle-conflict', { state: feed.state });
  const discarded: Feed = { ...feed, version: feed.version + 1, state: to };
  return store(dependencies, call.principal, { feed: discarded, from, event: 'FeedDiscarded' });
};
