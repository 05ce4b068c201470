import { expect, test } from 'vitest';
import { aggregateSchemas } from '../../../../adapters/dynamodb/rows.ts';
import { NoticeView } from '../../../../contracts/api/notices.ts';
import { type NoticeAction, noticeLifecycle } from '../../../../domain/lifecycles/notice.ts';
import { contentOf, Notice, NoticeContent, noLongerPublic } from '../../../../domain/notices/notice.ts';
import { recordsOf } from '../../../support/records.ts';

const { notice } = recordsOf('notice content');
const sorted = (shape: object): string[] => Object.keys(shape).toSorted();

// D57 article 24. Whoever adds a field here publishes it: this test is to turn red, and the law to be read.
test('a notice says the name, the number of members and the amount, and nothing else', () => {
  expect(sorted(NoticeContent.shape)).toEqual(['applicantName', 'memberCount', 'monthlyAmount']);
  expect(sorted(NoticeView.shape)).toEqual(['applicantName', 'endsOn', 'memberCount', 'monthlyAmount', 'noticeId']);
  expect(sorted(contentOf(notice) ?? {})).toEqual(['applicantName', 'memberCount', 'monthlyAmount']);
});

test('what is kept of a notice beside that is ids, place, days and an objection, and nothing about a person', () => {
  const inside = sorted(Notice.shape).filter((name) => !Object.hasOwn(NoticeContent.shape, name));
  expect(inside).toEqual([
    'applicationId',
    'division',
    'endsOn',
    'householdId',
    'noticeId',
    'objection',
    'publishedAt',
    'reviewId',
    'state',
    'version',
  ]);
});

test.each(['residentId', 'phone', 'account', 'illness', 'tier'])(
  'one with %s can neither be stored nor shown',
  (extra) => {
    const value = { ...notice, [extra]: 'canary' };
    // The store parses with this schema whatever it writes, and whatever it reads.
    expect(aggregateSchemas.notice.safeParse(value).success).toBe(false);
    expect(aggregateSchemas.notice.safeParse(notice).success).toBe(true);
    const { noticeId, endsOn } = notice;
    const view = { noticeId, endsOn, ...contentOf(notice) };
    expect(NoticeView.safeParse(view).success).toBe(true);
    expect(NoticeView.safeParse({ ...view, [extra]: 'canary' }).success).toBe(false);
  },
);

test('once out of public, by whatever move, it has lost the name and shows nothing', () => {
  const actions = Object.keys(noticeLifecycle) as NoticeAction[];
  expect(actions).toHaveLength(3);
  for (const action of actions) {
    const after = noLongerPublic(notice, action);
    expect(after).toEqual({
      ...notice,
      version: notice.version + 1,
      state: noticeLifecycle[action].to,
      applicantName: null,
    });
    expect(contentOf(after)).toBeUndefined();
    // Even if a name were left with it.
    expect(contentOf({ ...after, applicantName: 'canary' })).toBeUndefined();
  }
});
