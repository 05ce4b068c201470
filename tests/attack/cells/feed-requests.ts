import type { OperationId } from '../../../contracts/api/routes.ts';
import type { Feed } from '../../../domain/feeds/feed.ts';
import { uploadKey } from '../../../domain/feeds/object-keys.ts';
import { FeedId } from '../../../domain/ids.ts';
import type { FeedState } from '../../../domain/lifecycles/feed.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { recordsOf } from '../../support/records.ts';
import { agencies, places } from '../places.ts';
import type { World } from '../world.ts';
import { type Asked, idempotent, type RouteRequest } from './route-request.ts';

/** A file of the certificates, which the first agency's department owns; or, for the other agency, of hard-up pupils. */
export const feedIn = (world: World, name: string, state: FeedState, county: string, agency: string): Feed => ({
  feedId: FeedId.parse(`fed_${world.roster.dependencies.digest(name).slice(0, 32)}`),
  version: 1,
  state,
  dataset: agency === agencies['own-agency'] ? 'disability-certificates' : 'hard-up-pupils',
  agency,
  division: DivisionCode.parse(county),
  format: 'csv',
  compression: 'none',
  bytes: 0,
  uploadId: 'an-upload',
  announcedBy: 'somebody',
  announcedAt: world.roster.at(),
  uploadedAt: null,
  checkedAt: null,
  committedBy: null,
  committedAt: null,
  appliedAt: null,
  wouldBe: null,
  became: null,
  fault: null,
  missing: [],
});

const planted = async ({ world, place, agency }: Asked, state: FeedState): Promise<FeedId> => {
  const name = `feed ${world.number()}`;
  const value = feedIn(world, name, state, places[place].county, agencies[agency]);
  const { change } = recordsOf(name);
  const result = await world.roster.store.commit(change([{ kind: 'feed', value, from: [] }]));
  await world.objects.put(uploadKey(value.feedId), new Uint8Array());
  if (!result.ok) throw new Error(`${name} could not be planted: ${result.conflict}`);
  return value.feedId;
};

/** Requests to the routes of departments' files. */
export const feedRequests = {
  announceFeed: {
    stage: null,
    parts: (asked) => ({
      path: '/feeds',
      body: { dataset: 'disability-certificates', format: 'csv', compression: 'none', bytes: 0 },
      headers: idempotent(asked),
    }),
    changes: true,
  },
  readFeed: {
    stage: null,
    ofAgency: true,
    parts: async (asked) => ({ path: `/feeds/${await planted(asked, 'checked')}` }),
    changes: false,
  },
  checkFeed: {
    stage: null,
    ofAgency: true,
    parts: async (asked) => ({ path: `/feeds/${await planted(asked, 'announced')}/dry-run` }),
    changes: true,
  },
  commitFeed: {
    stage: null,
    ofAgency: true,
    parts: async (asked) => ({
      path: `/feeds/${await planted(asked, 'checked')}/commit`,
      headers: { 'if-match': '"1"' },
    }),
    changes: true,
  },
  discardFeed: {
    stage: null,
    ofAgency: true,
    parts: async (asked) => ({ path: `/feeds/${await planted(asked, 'announced')}/discard` }),
    changes: true,
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
