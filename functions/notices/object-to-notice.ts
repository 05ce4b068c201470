import { ObjectionView } from '../../contracts/api/notices.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { type NoticeId, ObjectionId } from '../../domain/ids.ts';
import { noticeLifecycle } from '../../domain/lifecycles/notice.ts';
import { noLongerPublic } from '../../domain/notices/notice.ts';
import { answeredBefore } from '../answered-before.ts';

export interface ObjectionRequest {
  noticeId: NoticeId;
  grounds: string;
  idempotencyKey: string;
  fingerprint: string;
}

/** The public has no token: its keys are told apart by the notice they are about. */
const callerOf = (noticeId: NoticeId): string => `public ${noticeId}`;

/** How often an objection is written anew when somebody else has written the notice in between. */
const mostAttempts = 3;

/**
 * Takes an objection to a notice in public, from anyone, until the end of its last day. The notice ends with it and the
 * household is assessed anew (D57 article 19).
 */
export const objectToNotice = async (
  dependencies: Dependencies,
  request: ObjectionRequest,
  attempts: number = mostAttempts,
): Promise<Outcome<ObjectionView>> => {
  const { store, now, newId } = dependencies;
  const { noticeId, grounds, idempotencyKey, fingerprint } = request;
  // Looked for once something stands in the way, and not before: the same request may be carried out at any moment in between.
  const orBefore = async (refusal: Refusal): Promise<Outcome<ObjectionView>> =>
    (await answerBefore(dependencies, request)) ?? refusal;
  const notice = await store.notice(noticeId);
  if (notice === undefined) return refuse('not-found');
  const at = now();
  if (!noticeLifecycle.object.from.includes(notice.state))
    return orBefore(refuse('lifecycle-conflict', { state: notice.state }));
  // The sweep may not have come by yet; the days have passed all the same.
  if (dateInChina(at) > notice.endsOn) return orBefore(refuse('lifecycle-conflict', { state: noticeLifecycle.end.to }));
  const objectionId = ObjectionId.parse(`obj_${newId()}`);
  const answer: ObjectionView = { objectionId, noticeId, receivedOn: dateInChina(at) };
  const result = await store.commit({
    aggregates: [
      {
        kind: 'notice',
        value: { ...noLongerPublic(notice, 'object'), objection: { objectionId, raisedAt: at, grounds } },
        from: noticeLifecycle.object.from,
      },
    ],
    idempotency: { caller: callerOf(noticeId), key: idempotencyKey, requestHash: fingerprint, response: answer },
    event: newEvent('ObjectionRaised', at, newId, notice),
    actor: { role: 'public', subject: 'public' },
    division: notice.division,
  });
  if (result.ok) return succeed(answer, { location: `/notices/${noticeId}` });
  const twin = await answerBefore(dependencies, request);
  if (twin !== undefined) return twin;
  const state = (await store.notice(noticeId))?.state ?? noticeLifecycle.object.to;
  // Somebody else wrote the notice and left it in public: what is objected to stands as it did.
  if (noticeLifecycle.object.from.includes(state) && attempts > 1)
    return objectToNotice(dependencies, request, attempts - 1);
  return refuse('lifecycle-conflict', { state });
};

const answerBefore = (
  dependencies: Dependencies,
  { noticeId, idempotencyKey, fingerprint }: ObjectionRequest,
): Promise<Outcome<ObjectionView> | undefined> =>
  answeredBefore(dependencies, { caller: callerOf(noticeId), idempotencyKey, fingerprint }, ObjectionView, () => ({
    location: `/notices/${noticeId}`,
  }));
