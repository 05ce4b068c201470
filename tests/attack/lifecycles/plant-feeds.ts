import { uploadKey } from '../../../domain/feeds/object-keys.ts';
import type { FeedState } from '../../../domain/lifecycles/feed.ts';
import { feedIn } from '../cells/feed-requests.ts';
import { agencies, places } from '../places.ts';
import { forced, named, type Planter, store } from './planter.ts';

/** A department's file, which has arrived whole: it has no byte. */
export const plantFeed: Planter = async (world, state) => {
  const { county } = places['own-township'];
  const value = feedIn(world, named(world), state as FeedState, county, agencies['own-agency']);
  const { feedId } = value;
  await world.objects.put(uploadKey(feedId), new Uint8Array());
  await store(world, forced({ kind: 'feed', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'feed', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.feed(feedId))?.state,
    version: async () => (await world.roster.store.feed(feedId))?.version,
    id: feedId,
  };
};
