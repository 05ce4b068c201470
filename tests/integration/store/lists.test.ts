import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Instant, LocalDate } from '../../../domain/dates.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import type { Notice } from '../../../domain/notices/notice.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { CaseTask, Task } from '../../../domain/tasks/task.ts';
import { recordsOf } from '../../support/records.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const division = (code: string): DivisionCode => DivisionCode.parse(code);
const instant = (text: string): Instant => Instant.parse(text);
let testNumber = 0;
/** Each test has a county of its own, so that none sees another's lists. */
let county = division('140100');
let township = division('140100001');
beforeEach(() => {
  testNumber += 1;
  county = division(String(140_200 + testNumber));
  township = division(`${county}001`);
});

const task = async (name: string, changes: Partial<CaseTask> = {}): Promise<CaseTask> => {
  const records = recordsOf(`${name} of test ${testNumber}`);
  const value = { ...records.task, division: township, ...changes };
  await roster.store.commit(records.change([{ kind: 'task', value, from: [] }], { type: 'TaskOpened' }));
  return value;
};
const move = async (before: CaseTask, changes: Partial<CaseTask>, number: number): Promise<CaseTask> => {
  const value = { ...before, ...changes, version: before.version + 1 };
  const { change } = recordsOf(`${before.taskId} ${number}`);
  const result = await roster.store.commit(
    change([{ kind: 'task', value, from: [before.state] }], { type: 'TaskReminded' }),
  );
  expect(result).toEqual({ ok: true });
  return value;
};
const taskIds = (tasks: readonly Task[]) => tasks.map(({ taskId }) => taskId);

describe('the work list of a county', () => {
  test('has what is escalated first, then what needs attention next; a reminder moves a task to its due day', async () => {
    const soon = await task('soon', { remindAt: instant('2026-03-05T00:00:00.000Z') });
    const later = await task('later', { remindAt: instant('2026-03-06T00:00:00.000Z') });
    const reminded = await task('reminded', { remindedAt: instant('2026-03-04T00:00:00.000Z') });
    const late = await task('late', { state: 'escalated', escalatedAt: instant('2026-03-04T00:00:00.000Z') });
    const page = await roster.store.openTasks(county, county, 10, null);
    expect(taskIds(page.items)).toEqual(taskIds([late, soon, later, reminded]));
    expect(page.next).toBeNull();
  });

  test('comes in pages that neither skip nor repeat a task', async () => {
    const all: Task[] = [];
    for (let index = 0; index < 7; index += 1) {
      all.push(await task(`page ${index}`, { remindAt: instant(`2026-03-0${index + 1}T00:00:00.000Z`) }));
    }
    const read: Task[] = [];
    const sizes: number[] = [];
    let next: string | null = null;
    do {
      const page = await roster.store.openTasks(county, county, 3, next);
      read.push(...page.items);
      sizes.push(page.items.length);
      next = page.next;
    } while (next !== null);
    expect(taskIds(read)).toEqual(taskIds(all));
    expect(sizes).toEqual([3, 3, 1]);
  });

  test('has no last page that is empty', async () => {
    for (let index = 0; index < 4; index += 1) await task(`even ${index}`);
    const first = await roster.store.openTasks(county, county, 2, null);
    const second = await roster.store.openTasks(county, county, 2, first.next);
    expect(second.items).toHaveLength(2);
    expect(second.next).toBeNull();
  });

  test('shows a township its own tasks only, and fills its pages with them', async () => {
    const mine: Task[] = [];
    for (let index = 0; index < 6; index += 1) {
      const remindAt = instant(`2026-03-0${index + 1}T00:00:00.000Z`);
      await task(`theirs ${index}`, { division: division(`${county}002`), remindAt });
      mine.push(await task(`mine ${index}`, { remindAt }));
    }
    const first = await roster.store.openTasks(county, township, 4, null);
    expect(taskIds(first.items)).toEqual(taskIds(mine.slice(0, 4)));
    const second = await roster.store.openTasks(county, township, 4, first.next);
    expect(taskIds(second.items)).toEqual(taskIds(mine.slice(4)));
  });

  test('holds no task of another county', async () => {
    await task('elsewhere', { division: division('140105001') });
    const here = await task('here');
    expect(taskIds((await roster.store.openTasks(county, county, 10, null)).items)).toEqual([here.taskId]);
  });

  test('has the townships of Wutai Mountain, whose code is not the one of the county that serves them', async () => {
    const wutai = division('140922');
    const onTheMountain = await task('on the mountain', { division: division('140971100') });
    const inTheCounty = await task('in the county', { division: division('140922100') });
    const { items } = await roster.store.openTasks(wutai, wutai, 10, null);
    expect(taskIds(items).toSorted()).toEqual(taskIds([onTheMountain, inTheCounty]).toSorted());
  });

  test.for(['completed', 'cancelled'] as const)('loses a task that is %s', async (state) => {
    const open = await task('to be closed');
    await move(open, { state }, 1);
    expect((await roster.store.openTasks(county, county, 10, null)).items).toEqual([]);
  });
});

describe('what needs attention', () => {
  test('is a task at its reminder, again at the end of its last day, and no more once it is escalated', async () => {
    const open = await task('watched', {
      remindAt: instant('2026-03-05T00:00:00.000Z'),
      dueOn: LocalDate.parse('2026-03-06'),
    });
    const attention = async (at: string) => taskIds(await roster.store.tasksNeedingAttention(county, instant(at), 10));
    expect(await attention('2026-03-04T23:59:59.999Z')).toEqual([]);
    expect(await attention('2026-03-05T00:00:00.000Z')).toEqual([open.taskId]);

    const reminded = await move(open, { remindedAt: instant('2026-03-05T00:00:00.000Z') }, 1);
    expect(await attention('2026-03-06T15:59:59.999Z')).toEqual([]);
    // The day ends at midnight in China.
    expect(await attention('2026-03-06T16:00:00.000Z')).toEqual([open.taskId]);

    await move(reminded, { state: 'escalated', escalatedAt: instant('2026-03-06T16:00:00.000Z') }, 2);
    expect(await attention('2026-12-31T00:00:00.000Z')).toEqual([]);
  });

  test('is read no further than asked for', async () => {
    for (let index = 0; index < 5; index += 1) await task(`many ${index}`);
    expect(await roster.store.tasksNeedingAttention(county, instant('2026-12-31T00:00:00.000Z'), 3)).toHaveLength(3);
  });
});

describe('public notices', () => {
  test('are listed by the day they end while they are in public, and found when their days have passed', async () => {
    const { store } = roster;
    const notices: { value: Notice; change: ReturnType<typeof recordsOf>['change'] }[] = [];
    for (const [index, endsOn] of (['2026-03-11', '2026-03-09', '2026-03-10'] as const).entries()) {
      const records = recordsOf(`notice ${index}`);
      const value = { ...records.notice, division: township, endsOn: LocalDate.parse(endsOn) };
      await store.commit(
        records.change(
          [
            { kind: 'household', value: records.household },
            { kind: 'notice', value, from: [] },
          ],
          { type: 'NoticePublished' },
        ),
      );
      notices.push({ value, change: records.change });
    }
    const endDates = async () => (await store.publishedNotices(county, 10, null)).items.map(({ endsOn }) => endsOn);
    expect(await endDates()).toEqual(['2026-03-09', '2026-03-10', '2026-03-11']);
    const first = await store.publishedNotices(county, 2, null);
    expect(first.items).toHaveLength(2);
    expect((await store.publishedNotices(county, 2, first.next)).items).toHaveLength(1);

    const past = async (at: string) => (await store.noticesPast(county, instant(at), 10)).map(({ endsOn }) => endsOn);
    expect(await past('2026-03-09T15:59:59.999Z')).toEqual([]);
    expect(await past('2026-03-10T16:00:00.000Z')).toEqual(['2026-03-09', '2026-03-10']);

    const ended = notices[1];
    if (ended === undefined) throw new Error('no notice to end');
    const value = { ...ended.value, version: 2, state: 'ended' as const };
    await store.commit(ended.change([{ kind: 'notice', value, from: ['published'] }], { number: 2 }));
    expect(await endDates()).toEqual(['2026-03-10', '2026-03-11']);
  });
});

describe('the outbox', () => {
  test('spreads over shards, gives back what is older than a moment, and forgets what was relayed', async () => {
    const { store } = roster;
    const events: DomainEvent[] = [];
    for (let number = 0; number < 40; number += 1) {
      const { change, eventOf } = recordsOf(`event ${number}`);
      const at = instant(`2026-01-01T00:00:${String(number).padStart(2, '0')}.000Z`);
      events.push(eventOf('ApplicationSubmitted', 1, at));
      await store.commit(change([], { event: eventOf('ApplicationSubmitted', 1, at) }));
    }
    const shards = new Set(
      (await roster.items('roster')).map(({ pk }) => String(pk)).filter((pk) => pk.startsWith('OUTBOX#')),
    );
    expect(shards.size).toBe(8);

    const found = await unrelayedEvents(store, { before: instant('2026-01-01T00:00:10.000Z'), limit: 100 });
    const inOrder = (list: readonly DomainEvent[]) => list.toSorted((left, right) => (left.at < right.at ? -1 : 1));
    expect(inOrder(found)).toEqual(events.slice(0, 10));
    expect(await unrelayedEvents(store, { before: instant('2026-01-01T00:00:30.000Z'), limit: 5 })).toHaveLength(5);

    for (const event of found) await store.eventRelayed(event);
    expect(await unrelayedEvents(store, { before: instant('2026-01-01T00:00:10.000Z'), limit: 100 })).toEqual([]);
    for (const event of found) await store.eventRelayed(event);
    expect(await unrelayedEvents(store, { before: instant('2026-01-01T00:01:00.000Z'), limit: 100 })).toHaveLength(30);
  });
});
