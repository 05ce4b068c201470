import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NoticeId, ReviewId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { awaitNotice } from '../../../functions/await-notice/await-notice.ts';
import { objectToNotice } from '../../../functions/notices/object-to-notice.ts';
import { listNotices, readNotice } from '../../../functions/notices/read-notices.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { county, townshipWorker } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, rememberingWorkflows, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

const published = async () => {
  const { reviewId } = await steps.submitToVisit();
  expect(await steps.visit(reviewId)).toBe('publish');
  return { reviewId, notice: await steps.publish(reviewId) };
};
let keys = 0;
const nextKey = (): string => {
  keys += 1;
  return `key-of-objection-${keys}`;
};
const grounds = 'They let a shop on the main street and do not say so.';
const object = (
  noticeId: NoticeId,
  changes: { key?: string; grounds?: string } = {},
  dependencies: TestRoster['dependencies'] = roster.dependencies,
) => {
  const words = changes.grounds ?? grounds;
  return objectToNotice(dependencies, {
    noticeId,
    grounds: words,
    idempotencyKey: changes.key ?? nextKey(),
    fingerprint: roster.dependencies.digest(words),
  });
};
const endNotices = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], () => undefined);

describe('a notice in public', () => {
  test('shows the name, the number of members, the amount and its last day, and nothing else', async () => {
    const { notice } = await published();
    const view = bodyOf(await readNotice(roster.dependencies, notice.noticeId));
    expect(Object.keys(view).toSorted()).toEqual([
      'applicantName',
      'endsOn',
      'memberCount',
      'monthlyAmount',
      'noticeId',
    ]);
    expect(view).toMatchObject({ applicantName: '张测试', memberCount: 2, endsOn: notice.endsOn });
    expect(view.monthlyAmount).toBeGreaterThan(0);
    const { notices } = bodyOf(await listNotices(roster.dependencies, DivisionCode.parse(county), 100, null));
    expect(notices).toContainEqual(view);
  });

  test('is public from the moment of the opinion it tells of, in one command with one entry in the audit', async () => {
    const { reviewId } = await steps.submitToVisit();
    await steps.visit(reviewId);
    const notice = await steps.noticeNow(reviewId);
    expect(notice).toMatchObject({
      state: 'published',
      monthlyAmount: (await steps.reviewNow(reviewId)).opinion?.monthlyAmount,
    });
    const entries = (await roster.everything()).filter(
      ({ pk, type }) => String(pk).startsWith(county) && type === 'NoticePublished',
    );
    const records = [`review ${reviewId} 3`, `notice ${notice.noticeId} 1`];
    expect(entries.map((entry) => entry['records'])).toContainEqual(records);
  });

  test('waited for twice by one step, after a lost reply, is one notice with the newer token', async () => {
    const { reviewId, notice } = await published();
    expect(await awaitNotice(roster.dependencies, reviewId, 'a newer token')).toEqual({ opened: notice.noticeId });
    expect(await roster.store.token(notice.noticeId)).toBe('a newer token');
    expect((await steps.noticeNow(reviewId)).version).toBe(1);
  });

  test('is gone when its days have passed', async () => {
    const { notice } = await published();
    roster.setTime(`${notice.endsOn}T16:00:00.000Z`);
    await endNotices();
    expect(await readNotice(roster.dependencies, notice.noticeId)).toEqual({ ok: false, problem: 'not-found' });
    const { notices } = bodyOf(await listNotices(roster.dependencies, DivisionCode.parse(county), 100, null));
    expect(notices.map(({ noticeId }) => noticeId)).not.toContain(notice.noticeId);
  });

  test('keeps the applicant’s name no longer than it is in public, however it ends', async () => {
    const [ending, objected, withdrawn] = [await published(), await published(), await published()];
    expect(await steps.noticeNow(ending.reviewId)).toMatchObject({ applicantName: '张测试' });
    bodyOf(await object(objected.notice.noticeId));
    const { applicationId } = withdrawn.notice;
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
    roster.setTime(`${ending.notice.endsOn}T16:00:00.000Z`);
    await endNotices();
    const states: string[] = [];
    for (const { reviewId, notice } of [ending, objected, withdrawn]) {
      const after = await steps.noticeNow(reviewId);
      states.push(after.state);
      const { memberCount, monthlyAmount } = notice;
      expect(after).toMatchObject({ applicantName: null, memberCount, monthlyAmount });
    }
    expect(states).toEqual(['ended', 'objected', 'withdrawn']);
  });
});

describe('an objection', () => {
  test('ends the notice, keeps its grounds sealed, and is relayed as an interruption', async () => {
    const { reviewId, notice } = await published();
    const workflows = rememberingWorkflows();
    const view = bodyOf(await object(notice.noticeId));
    expect(view).toMatchObject({ noticeId: notice.noticeId });
    expect(await steps.noticeNow(reviewId)).toMatchObject({ state: 'objected', objection: { grounds } });
    expect(JSON.stringify(await roster.everything())).not.toContain('main street');
    const event = await eventOf(reviewId, 'ObjectionRaised');
    await relayEvent({ ...roster.dependencies, workflows }, event);
    expect(workflows.calls).toEqual([`interrupt ${steps.tokenOf(reviewId, 'notice')} ObjectionRaised`]);
  });

  test('before the workflow waits for the notice is told to it when it does, and is no failure', async () => {
    const { reviewId } = await steps.submitToVisit();
    await steps.visit(reviewId);
    bodyOf(await object((await steps.noticeNow(reviewId)).noticeId));
    const workflows = rememberingWorkflows();
    await relayEvent({ ...roster.dependencies, workflows }, await eventOf(reviewId, 'ObjectionRaised'));
    expect(workflows.calls).toEqual([]);
    await expect(eventOf(reviewId, 'ObjectionRaised')).rejects.toThrow('no event');
    await steps.publish(reviewId);
    await relayEvent({ ...roster.dependencies, workflows }, await eventOf(reviewId, 'ObjectionRaised'));
    expect(workflows.calls).toEqual([`interrupt ${steps.tokenOf(reviewId, 'notice')} ObjectionRaised`]);
  });

  const eventOf = async (reviewId: ReviewId, type: string) => {
    const events = await unrelayedEvents(roster.store);
    const event = events.find((found) => found.reviewId === reviewId && found.type === type);
    if (event === undefined) throw new Error(`no event ${type} for ${reviewId}`);
    return event;
  };

  test('leads to a visit in a new round, and to another notice', async () => {
    const { reviewId, notice } = await published();
    bodyOf(await object(notice.noticeId));
    await steps.open(reviewId, 'field-assessment');
    expect(await steps.reviewNow(reviewId)).toMatchObject({ state: 'assessing', round: 2 });
    expect(await steps.visit(reviewId)).toBe('publish');
    const second = await steps.publish(reviewId);
    expect(second.noticeId).not.toBe(notice.noticeId);
    expect(await roster.store.notice(notice.noticeId)).toMatchObject({ state: 'objected' });
  });

  test('is taken until the end of the last day in China, and refused after it, swept or not', async () => {
    const [one, other] = [await published(), await published()];
    roster.setTime(`${one.notice.endsOn}T15:59:59.999Z`);
    expect(await object(one.notice.noticeId)).toMatchObject({ ok: true });
    roster.setTime(`${other.notice.endsOn}T16:00:00.000Z`);
    const late = { ok: false, problem: 'lifecycle-conflict', state: 'ended' };
    expect(await object(other.notice.noticeId)).toEqual(late);
    await endNotices();
    expect(await object(other.notice.noticeId)).toEqual(late);
  });

  test('twice under one key is one objection; a second person is told that there is one', async () => {
    const { notice } = await published();
    const key = nextKey();
    const first = bodyOf(await object(notice.noticeId, { key }));
    expect(await object(notice.noticeId, { key })).toMatchObject({ ok: true, replayed: true, body: first });
    expect(await object(notice.noticeId, { key, grounds: `${grounds} And a car.` })).toEqual({
      ok: false,
      problem: 'idempotency-key-reused',
    });
    expect(await object(notice.noticeId)).toEqual({ ok: false, problem: 'lifecycle-conflict', state: 'objected' });
  });

  test('carried out by its twin, after its own look for an answer, gets the twin’s answer', async () => {
    const { notice } = await published();
    const key = nextKey();
    const { store } = roster.dependencies;
    let twin: Awaited<ReturnType<typeof object>> | undefined;
    const between = {
      ...store,
      notice: async (id: NoticeId) => {
        twin ??= await object(id, { key });
        return store.notice(id);
      },
    };
    const answer = await object(notice.noticeId, { key }, { ...roster.dependencies, store: between });
    expect(twin).toMatchObject({ ok: true });
    expect(answer).toMatchObject({ ok: true, replayed: true, body: twin?.ok === true ? twin.body : null });
  });

  test('of two people at the same moment one is taken, and none is lost without an answer', async () => {
    const { notice } = await published();
    const outcomes = await Promise.all([object(notice.noticeId), object(notice.noticeId)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ problem: 'lifecycle-conflict', state: 'objected' });
  });

  test('to a notice that never was finds nothing', async () => {
    expect(await object(`ntc_${'0'.repeat(32)}` as NoticeId)).toEqual({ ok: false, problem: 'not-found' });
  });
});
