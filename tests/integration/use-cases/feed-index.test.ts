import { afterAll, beforeEach, expect, test } from 'vitest';
import { Instant } from '../../../domain/dates.ts';
import type { FeedId } from '../../../domain/ids.ts';
import { beginComparison } from '../../../functions/begin-comparison/begin-comparison.ts';
import { comparePiece } from '../../../functions/compare-piece/compare-piece.ts';
import { checkFeed } from '../../../functions/feeds/move-feed.ts';
import { type IndexDependencies, indexPeople } from '../../../functions/index-people/index-people.ts';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { payments } from '../../support/payments.ts';
import { alone, residentId } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

const hospital = agencyOf('healthcare-security');
const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
const idOf = (index: number): string => residentId('1958-03-12', 601 + index * 2);
const billOf = (id: string, bill: number): string => `${id},某某,A${bill},2026-02-20,10.00,9000.00`;
/** Bills of a hundred strangers, and of some people between them: several pieces. */
const fileOf = (people: readonly string[]): string => {
  const strangers = Array.from({ length: 100 }, (_, index) => residentId('1961-05-06', index));
  const ids = [...strangers.slice(0, 50), ...people, ...strangers.slice(50)];
  return `${headings}\n${ids.map(billOf).join('\n')}\n`;
};

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
let reviews: ReturnType<typeof reviewSteps>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  feeds = feedsOf(roster, 1_500);
  reviews = reviewSteps(roster.dependencies);
  for (const [index, name] of ['one', 'two', 'three'].entries())
    await feeds.known(idOf(index), await payments(roster).household(name));
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const dryRun = (feedId: FeedId) => ({ feedId, run: 'dry-run' as const });
const uploaded = async (file: string): Promise<FeedId> => {
  const feedId = await feeds.upload('hospital-bills', hospital, file);
  bodyOf(await checkFeed(feeds.dependencies, { principal: hospital, feedId }));
  return feedId;
};
/** A file that was begun: how its rows are laid out is known, and nothing was compared. */
const begun = async (people: readonly string[]) => {
  const feedId = await uploaded(fileOf(people));
  const { pieces } = await beginComparison(feeds.dependencies, dryRun(feedId));
  expect(pieces.length).toBeGreaterThan(3);
  return { feedId, pieces };
};
/** Compares the pieces; answers what was counted and how many IDs were looked up in the table. */
const compared = async ({ feedId, pieces }: Awaited<ReturnType<typeof begun>>, dependencies = feeds.dependencies) => {
  let lookedUp = 0;
  const { store } = dependencies;
  const people: typeof store.people = async (ids) => {
    lookedUp += ids.length;
    return store.people(ids);
  };
  for (const step of pieces) await comparePiece({ ...dependencies, store: { ...store, people } }, step);
  const { progress = [] } = (await dependencies.feedRuns.read(dryRun(feedId))) ?? {};
  const sum = (which: 'rows' | 'applied' | 'unmatched'): number =>
    progress.reduce((total, { counts }) => total + counts[which], 0);
  return { rows: sum('rows'), applied: sum('applied'), unmatched: sum('unmatched'), lookedUp };
};
const enter = async (birthDate: string): Promise<string> => {
  const body = alone({ birthDate });
  await reviews.submitToConfirmation(body);
  return body.members[0]?.residentId ?? '';
};

test('with the index only rows about somebody on the roster reach the table', async () => {
  const file = await begun([0, 1, 2].map(idOf));
  expect(await indexPeople(feeds.dependencies, dryRun(file.feedId))).toMatchObject({ done: true });
  expect(await feeds.dependencies.peopleIndex.standing()).toMatchObject({ people: 3, begunAt: roster.at() });
  expect(await compared(file)).toEqual({ rows: 103, applied: 3, unmatched: 100, lookedUp: 3 });
});

test('whoever waits while the roster is read for a large file sees how far that is, and nobody else', async () => {
  const file = await begun([0, 1, 2].map(idOf));
  const progressOf = async (feedId: FeedId) => (await feeds.view(feedId, hospital)).progress;
  expect(await progressOf(file.feedId)).toMatchObject({ pieces: file.pieces.length, done: 0, rows: 0, index: null });
  // A call that is at the end of its time after the first segments: the workflow calls again.
  let asked = 0;
  const now = () => {
    asked += 1;
    return asked < 6 ? roster.at() : Instant.parse(new Date(Date.parse(roster.at()) + 600_000).toISOString());
  };
  const peopleIndex = { ...feeds.dependencies.peopleIndex, estimatedRows: async () => 500_000 };
  expect(await indexPeople({ ...feeds.dependencies, peopleIndex, now }, dryRun(file.feedId))).toMatchObject({
    done: false,
  });
  expect((await progressOf(file.feedId))?.index).toEqual({ segments: 34, done: 4 });
  while (!(await indexPeople(feeds.dependencies, dryRun(file.feedId))).done);
  expect((await progressOf(file.feedId))?.index).toBeNull();
  expect(await compared(file)).toMatchObject({ applied: 3 });
});

test('without an index, with a damaged one and with one that is gone or old, every row is looked up and the counts are the same', async () => {
  const expected = { rows: 103, applied: 3, unmatched: 100, lookedUp: 103 };
  expect(await compared(await begun([0, 1, 2].map(idOf)))).toEqual(expected);
  const file = await begun([0, 1, 2].map(idOf));
  await indexPeople(feeds.dependencies, dryRun(file.feedId));
  const { objects } = feeds.dependencies;
  const read: typeof objects.read = async (key, range) => {
    const bytes = await objects.read(key, range);
    return key.startsWith('people/') ? bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)) : bytes;
  };
  const size: typeof objects.size = async (key) => (key.startsWith('people/') ? undefined : objects.size(key));
  const withObjects = (changed: Partial<typeof objects>): typeof feeds.dependencies => ({
    ...feeds.dependencies,
    indexes: feedsOf(roster).dependencies.indexes,
    objects: { ...objects, ...changed },
  });
  expect(await compared(file, withObjects({ read }))).toEqual(expected);
  expect(await compared(await begun([0, 1, 2].map(idOf)), withObjects({ size }))).toEqual(expected);
  roster.pass({ days: 15 });
  expect(await compared(await begun([0, 1, 2].map(idOf)))).toEqual(expected);
});

test('whoever is entered after the index was made is found, also between two steps of one piece', async () => {
  const first = await begun([idOf(0)]);
  await indexPeople(feeds.dependencies, dryRun(first.feedId));
  roster.pass({ days: 3 });
  const entered = await enter('1958-03-12');
  roster.pass({ days: 2 });
  const file = await begun([idOf(0), entered]);
  expect(await compared(file)).toEqual({ rows: 102, applied: 2, unmatched: 100, lookedUp: 2 });
  // A call that has read the index and whom it does not hold; then somebody is entered, and then the rows are settled.
  const later = alone({ birthDate: '1957-01-20' });
  const last = await begun([idOf(0), entered, later.members[0]?.residentId ?? '']);
  const { feedRuns } = feeds.dependencies;
  let isEntered = false;
  const store: typeof feedRuns.store = async (...note) => {
    if (!isEntered) await reviews.submitToConfirmation(later);
    isEntered = true;
    return feedRuns.store(...note);
  };
  expect(await compared(last, { ...feeds.dependencies, feedRuns: { ...feedRuns, store } })).toMatchObject({
    applied: 3,
    lookedUp: 3,
  });
  // Neither the index nor who was entered is anything that a recount does not know.
  expect((await violationsIn(roster)).filter((each) => /index|entered/iu.test(each))).toEqual([]);
});

test('whoever is being entered while the table is read is found, wherever the reading has got', async () => {
  const file = await begun([idOf(0)]);
  const { peopleIndex } = feeds.dependencies;
  const entered: string[] = [];
  const people: typeof peopleIndex.people = async (stretch) => {
    const found = await peopleIndex.people(stretch);
    entered.push(await enter('1958-03-12'));
    return found;
  };
  await indexPeople({ ...feeds.dependencies, peopleIndex: { ...peopleIndex, people } }, dryRun(file.feedId));
  expect(entered).toHaveLength(4);
  expect(await compared(await begun(entered))).toMatchObject({ applied: 4, unmatched: 100, lookedUp: 4 });
});

test('a large table is read in more segments, of which a few are read at the same time', async () => {
  const file = await begun([0, 1, 2].map(idOf));
  const { peopleIndex } = feeds.dependencies;
  const read = new Set<number>();
  let [reading, most] = [0, 0];
  const people: typeof peopleIndex.people = async (stretch) => {
    expect(stretch.of).toBe(34);
    read.add(stretch.segment);
    reading += 1;
    most = Math.max(most, reading);
    const found = await peopleIndex.people(stretch);
    reading -= 1;
    return found;
  };
  const large = { ...peopleIndex, people, estimatedRows: async () => 500_000 };
  await indexPeople({ ...feeds.dependencies, peopleIndex: large }, dryRun(file.feedId));
  expect(read.size).toBe(34);
  expect(most).toBeLessThanOrEqual(4);
  expect(await feeds.dependencies.peopleIndex.standing()).toMatchObject({ people: 3 });
  expect(await compared(file)).toMatchObject({ applied: 3, unmatched: 100, lookedUp: 3 });
});

test('an index that is a week old is made anew, by any number of calls at once', async () => {
  const file = await begun([idOf(0)]);
  await indexPeople(feeds.dependencies, dryRun(file.feedId));
  const before = await feeds.dependencies.peopleIndex.standing();
  roster.pass({ days: 6 });
  await indexPeople(feeds.dependencies, dryRun(file.feedId));
  expect(await feeds.dependencies.peopleIndex.standing()).toEqual(before);
  await enter('1958-03-12');
  roster.pass({ days: 1 });
  await Promise.all([1, 2, 3].map(() => indexPeople(feeds.dependencies, dryRun(file.feedId))));
  expect(await feeds.dependencies.peopleIndex.standing()).toMatchObject({ people: 4, begunAt: roster.at() });
  expect(await compared(file)).toMatchObject({ applied: 1, lookedUp: 1 });
});

/** Dies at the call of this number among those by which an index is made, before it or after it. */
const dyingAt = (deadly: number, isAfter: boolean) => {
  let calls = 0;
  const lethal =
    <Arguments extends readonly unknown[], Result>(act: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      calls += 1;
      const dies = calls === deadly;
      if (dies && !isAfter) throw new Error('killed');
      const result = await act(...given);
      if (dies) throw new Error('killed');
      return result;
    };
  const { objects, peopleIndex, ...rest } = feeds.dependencies;
  const dependencies: IndexDependencies = {
    ...rest,
    objects: { ...objects, put: lethal(objects.put) },
    peopleIndex: {
      ...peopleIndex,
      people: lethal(peopleIndex.people),
      note: lethal(peopleIndex.note),
      stand: lethal(peopleIndex.stand),
    },
  };
  return { dependencies, calls: () => calls };
};

test.each([false, true])(
  'an index whose making is killed at any call (after it: %s) holds everybody',
  async (isAfter) => {
    const file = await begun([0, 1, 2].map(idOf));
    for (let [deadly, isOver] = [1, false]; !isOver; deadly += 1) {
      const killer = dyingAt(deadly, isAfter);
      const act = () => indexPeople(killer.dependencies, dryRun(file.feedId));
      await act().catch(act);
      isOver = killer.calls() < deadly;
      expect(await feeds.dependencies.peopleIndex.standing()).toMatchObject({ people: 3, begunAt: roster.at() });
      roster.pass({ days: 8 });
    }
    await indexPeople(feeds.dependencies, dryRun(file.feedId));
    expect(await compared(file)).toMatchObject({ applied: 3, lookedUp: 3 });
  },
);

test('for a small file no index is made', async () => {
  const feedId = await uploaded(`${headings}\n${billOf(idOf(0), 1)}\n`);
  await beginComparison(feeds.dependencies, dryRun(feedId));
  expect(await indexPeople(feeds.dependencies, dryRun(feedId))).toMatchObject({ done: true });
  expect(await feeds.dependencies.peopleIndex.standing()).toBeUndefined();
});
