import { afterAll, beforeEach, expect, test } from 'vitest';
import { newEvent } from '../../../domain/events/new-event.ts';
import type { FeedId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { workflowActor } from '../../../domain/reviews/review-of.ts';
import { beginComparison } from '../../../functions/begin-comparison/begin-comparison.ts';
import { comparePiece } from '../../../functions/compare-piece/compare-piece.ts';
import { endComparison } from '../../../functions/end-comparison/end-comparison.ts';
import { commitFeed } from '../../../functions/feeds/move-feed.ts';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { payments } from '../../support/payments.ts';
import { county, residentId, township } from '../../support/people.ts';
import type { Records } from '../../support/records.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

const hospital = agencyOf('healthcare-security');
const ownCounty = DivisionCode.parse(county);
const people = ['one', 'two', 'three'];
const idOf = (index: number): string => residentId('1958-03-12', 801 + index * 2);
const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额,居住地区划代码';
const stranger = residentId('1958-03-12', 999);
/** Rows that say something new with every file: two in order and one that is not, about each; and one of somebody who is to be gone to. */
const rowsOf = (file: number): readonly string[] => [
  ...people.flatMap((_, index) => [
    `${idOf(index)},某某,A${index},2026-02-20,10.00,${file}5000.00,`,
    `${idOf(index)},某某,B${index},2026-02-21,10.00,${file}6000.00,`,
    `${idOf(index)},某某,C${index},2026-02-31,10.00,1.00,`,
  ]),
  `${stranger},某某,S,2026-02-20,10.00,10000.00,${township}`,
];
const expected = { rows: 10, applied: 6, unchanged: 0, unmatched: 1, prospects: 1, rejected: 3 };

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
let planted: Pick<Records, 'personId' | 'household'>[] = [];
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  feeds = feedsOf(roster);
  planted = [];
  for (const [index, name] of people.entries()) {
    const one = await payments(roster).household(name);
    planted.push(one);
    await feeds.known(idOf(index), one);
  }
});
/** Lets a person be known still, and live in no household any more. */
const leaves = async (index: number): Promise<void> => {
  const { personId, household } = planted[index] ?? {};
  if (personId === undefined || household === undefined) throw new Error('nobody');
  const nowhere = { ...household, household: { ...household.household, householdId: null as never } };
  await feeds.known(idOf(index), { personId, household: nowhere });
};
/** Lets a household be on the roster with nothing decided of it, so that nobody looks after its people. */
const undecided = async (index: number): Promise<void> => {
  const { household } = planted[index] ?? {};
  const stored = household === undefined ? undefined : await roster.store.household(household.household.householdId);
  if (stored === undefined) throw new Error('nobody');
  const members = stored.household.members.map((member) => ({ ...member, tier: 'NONE' as const }));
  const value = {
    ...{ ...stored, version: stored.version + 1, determinationId: null },
    household: { ...stored.household, tier: 'NONE' as const, members },
  };
  const { newId } = roster.dependencies;
  const { ok } = await roster.store.commit({
    aggregates: [{ kind: 'household', value }],
    event: newEvent('HouseholdChanged', roster.at(), newId, { changed: stored.household.householdId }),
    actor: workflowActor,
    division: stored.household.residenceDivision,
  });
  if (!ok) throw new Error('not stored');
};
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const committed = async (file = 1): Promise<FeedId> => {
  const feedId = await feeds.upload('hospital-bills', hospital, `${headings}\n${rowsOf(file).join('\n')}\n`);
  await feeds.check(feedId, hospital);
  const ifMatch = (await roster.store.feed(feedId))?.version ?? 0;
  bodyOf(await commitFeed(feeds.dependencies, { principal: hospital, feedId, ifMatch }));
  return feedId;
};

/** Dies at the call of this number among those that write, once; counts the calls. */
const dyingAt = (deadly: number) => {
  let calls = 0;
  const lethal =
    <Arguments extends readonly unknown[], Result>(act: (...given: Arguments) => Promise<Result>, after: boolean) =>
    async (...given: Arguments): Promise<Result> => {
      calls += 1;
      const dies = calls === deadly;
      if (dies && !after) throw new Error('killed');
      const result = await act(...given);
      if (dies) throw new Error('killed');
      return result;
    };
  const { dependencies } = feeds;
  const wrap = (after: boolean) => ({
    ...dependencies,
    store: { ...dependencies.store, commit: lethal(dependencies.store.commit, after) },
    feedRuns: {
      ...dependencies.feedRuns,
      begin: lethal(dependencies.feedRuns.begin, after),
      store: lethal(dependencies.feedRuns.store, after),
    },
    objects: {
      ...dependencies.objects,
      put: lethal(dependencies.objects.put, after),
      putAll: lethal(dependencies.objects.putAll, after),
    },
  });
  return { wrap, calls: () => calls };
};

test.each([false, true])(
  'a commit that is killed at any write (after it: %s) ends with the same counts',
  async (after) => {
    let deadly = 1;
    for (let isOver = false; !isOver; deadly += 1) {
      const feedId = await committed(deadly);
      const killer = dyingAt(deadly);
      const dependencies = killer.wrap(after);
      const run = { feedId, run: 'commit' } as const;
      const retried = async <Result>(act: () => Promise<Result>): Promise<Result> => act().catch(act);
      const { pieces } = await retried(() => beginComparison(dependencies, run));
      for (const step of pieces) await retried(() => comparePiece(dependencies, step));
      await retried(() => endComparison(dependencies, run));
      isOver = killer.calls() < deadly;
      const feed = await feeds.view(feedId, hospital);
      expect(feed.state).toBe('applied');
      expect(feed.result).toMatchObject(expected);
      // One outreach, told of once by each file, whichever of its steps died.
      const { items } = await roster.store.reportsOf(ownCounty, { list: 'open', within: ownCounty }, 100, null);
      expect(items.map(({ timesTold }) => timesTold)).toEqual([deadly]);
      roster.pass({ minutes: 1 });
    }
    expect(deadly).toBeGreaterThan(4);
  },
);

test('a piece that is gone through twice at the same time is counted once', async () => {
  const feedId = await committed();
  const run = { feedId, run: 'commit' } as const;
  const { pieces } = await beginComparison(feeds.dependencies, run);
  const [step] = pieces;
  if (step === undefined) throw new Error('no piece');
  await Promise.all([comparePiece(feeds.dependencies, step), comparePiece(feeds.dependencies, step)]);
  await comparePiece(feeds.dependencies, step);
  await endComparison(feeds.dependencies, run);
  await endComparison(feeds.dependencies, run);
  expect((await feeds.view(feedId, hospital)).result).toMatchObject(expected);
});

test('whoever was slower does not count again what another call has applied', async () => {
  const feedId = await committed();
  const run = { feedId, run: 'commit' } as const;
  const { dependencies } = feeds;
  const { pieces } = await beginComparison(dependencies, run);
  const [step] = pieces;
  if (step === undefined) throw new Error('no piece');
  let isSlow = true;
  const piece: typeof dependencies.feedRuns.piece = async (...of) => {
    const seen = await dependencies.feedRuns.piece(...of);
    // What it saw is old by the time it goes on: all of the piece is done.
    if (isSlow) await comparePiece(dependencies, step);
    isSlow = false;
    return seen;
  };
  await comparePiece({ ...dependencies, feedRuns: { ...dependencies.feedRuns, piece } }, step);
  await endComparison(dependencies, run);
  expect((await feeds.view(feedId, hospital)).result).toMatchObject(expected);
});

/** A step that settles its rows, notes that, and is cut off; `go` goes on with it and ends the run. */
const cutOff = async (feedId: FeedId) => {
  const run = { feedId, run: 'commit' } as const;
  const { dependencies } = feeds;
  const { pieces } = await beginComparison(dependencies, run);
  const [step] = pieces;
  if (step === undefined) throw new Error('no piece');
  const store: typeof dependencies.feedRuns.store = async (...note) => {
    await dependencies.feedRuns.store(...note);
    throw new Error('cut off');
  };
  const cut = comparePiece({ ...dependencies, feedRuns: { ...dependencies.feedRuns, store } }, step);
  await expect(cut).rejects.toThrow('cut off');
  return async () => {
    await comparePiece(dependencies, step);
    await endComparison(dependencies, run);
  };
};

test('rows about somebody who has left by the time they are applied are counted as what they come to then', async () => {
  const feedId = await committed();
  const go = await cutOff(feedId);
  await leaves(0);
  await go();
  expect((await feeds.view(feedId, hospital)).result).toMatchObject({
    ...expected,
    applied: 4,
    rejected: 5,
    reasons: [
      { reason: 'date-impossible', rows: 3 },
      { reason: 'residence-missing', rows: 2 },
    ],
  });
});

test('somebody who was gone to before a step was cut off, and has left by the time it goes on, is counted once', async () => {
  await undecided(0);
  const row = `${idOf(0)},某某,A0,2026-02-20,10.00,15000.00,${township}`;
  const feedId = await feeds.upload('hospital-bills', hospital, `${headings}\n${row}\n`);
  await feeds.check(feedId, hospital);
  const ifMatch = (await roster.store.feed(feedId))?.version ?? 0;
  bodyOf(await commitFeed(feeds.dependencies, { principal: hospital, feedId, ifMatch }));
  const go = await cutOff(feedId);
  await leaves(0);
  await go();
  expect((await feeds.view(feedId, hospital)).result).toMatchObject({
    rows: 1,
    applied: 0,
    unmatched: 1,
    prospects: 1,
  });
});

test('a death of which another day is on record by the time it is applied is rejected and given back', async () => {
  const health = agencyOf('health');
  const deaths = (on: string) => `身份证号,姓名,死亡日期,登记日期\n${idOf(0)},某某,${on},2026-02-26\n`;
  const feedId = await feeds.upload('deaths', health, deaths('2026-02-20'));
  await feeds.check(feedId, health);
  const ifMatch = (await roster.store.feed(feedId))?.version ?? 0;
  bodyOf(await commitFeed(feeds.dependencies, { principal: health, feedId, ifMatch }));
  const go = await cutOff(feedId);
  expect((await feeds.handIn('deaths', health, deaths('2026-02-19'))).result).toMatchObject({ applied: 1 });
  await go();
  const { result, rejects } = await feeds.view(feedId, health);
  expect(result).toMatchObject({ rows: 1, applied: 0, rejected: 1, reasons: [{ reason: 'death-on-record', rows: 1 }] });
  expect(feeds.objects.content(new URL(rejects?.address ?? '').pathname.slice(1))).toContain('[death-on-record]');
});
