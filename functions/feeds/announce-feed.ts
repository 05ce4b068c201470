import { z } from 'zod';
import type { FeedBody, FeedView } from '../../contracts/api/feeds.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { feedOn } from '../../domain/feeds/feed-definition.ts';
import { uploadKey } from '../../domain/feeds/object-keys.ts';
import { FeedId } from '../../domain/ids.ts';
import { answeredBefore } from '../answered-before.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import { feedViewOf } from './feed-views.ts';

export interface Announcement {
  readonly principal: Principal;
  readonly body: FeedBody;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/** What is kept as the answer: addresses in it would have passed when it is given again. */
const Kept = z.strictObject({ feedId: FeedId });

/**
 * Announces a file of a dataset: by an agency of the department that owns it, or by the province for it. Answers where its parts are sent.
 */
export const announceFeed = async (
  dependencies: FeedDependencies,
  announcement: Announcement,
): Promise<Outcome<FeedView>> => {
  const { store, policies, objects, now, newId } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = announcement;
  const repeated = await answerBefore(dependencies, announcement);
  if (repeated !== undefined) return repeated;
  const at = now();
  const definition = feedOn((await policies.inForce()).feeds, body.dataset, dateInChina(at));
  if (definition === null)
    return refuse('validation-failed', { errors: [{ field: '/dataset', code: fault('feed.dataset') }] });
  if (principal.role === 'agency' && principal.agency !== definition.department)
    return refuse('forbidden', { errors: [{ field: '/dataset', code: fault('feed.owner') }] });
  const feedId = FeedId.parse(`fed_${newId()}`);
  const { uploadId } = await objects.beginUpload(uploadKey(feedId));
  const feed: Feed = {
    feedId,
    version: 1,
    state: 'announced',
    dataset: body.dataset,
    agency: definition.department,
    division: principal.division,
    format: body.format,
    compression: body.compression,
    bytes: body.bytes,
    uploadId,
    announcedBy: principal.subject,
    announcedAt: at,
    uploadedAt: null,
    checkedAt: null,
    committedBy: null,
    committedAt: null,
    appliedAt: null,
    wouldBe: null,
    became: null,
    fault: null,
    missing: [],
  };
  const result = await store.commit({
    aggregates: [{ kind: 'feed', value: feed, from: [] }],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { feedId } },
    event: newEvent('FeedAnnounced', at, newId, { feedId }),
    actor: { role: principal.role, subject: principal.subject },
    division: feed.division,
  });
  if (!result.ok)
    return (await answerBefore(dependencies, announcement)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
  return succeed(await feedViewOf(dependencies, feed), { version: 1, location: `/feeds/${feedId}` });
};

/** The feed that was announced under the key, as it stands now, with new addresses. */
const answerBefore = async (
  dependencies: FeedDependencies,
  { principal, idempotencyKey, fingerprint }: Announcement,
): Promise<Outcome<FeedView> | undefined> => {
  const known = await answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, Kept);
  if (known === undefined || !known.ok) return known;
  const { feedId } = known.body;
  const feed = await dependencies.store.feed(feedId);
  if (feed === undefined) return refuse('not-found');
  return succeed(await feedViewOf(dependencies, feed), {
    version: feed.version,
    location: `/feeds/${feedId}`,
    replayed: true,
  });
};
