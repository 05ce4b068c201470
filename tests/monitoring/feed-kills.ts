import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { peopleIndexes } from '../../adapters/feeds/people-indexes.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { FeedRun } from '../../domain/feeds/feed.ts';
import { rejectsKey } from '../../domain/feeds/object-keys.ts';
import type { FeedId, HouseholdId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { beginComparison } from '../../functions/begin-comparison/begin-comparison.ts';
import { comparePiece } from '../../functions/compare-piece/compare-piece.ts';
import { endComparison } from '../../functions/end-comparison/end-comparison.ts';
import { checkFeed, commitFeed } from '../../functions/feeds/move-feed.ts';
import { indexPeople } from '../../functions/index-people/index-people.ts';
import { randomFrom, shuffled } from '../faults/random.ts';
import { agencyOf, feedsOf } from '../support/feeds.ts';
import { payments } from '../support/payments.ts';
import { residentId } from '../support/people.ts';
import { bodyOf } from '../support/reviews.ts';
import { startRoster, type TestRoster } from '../support/roster.ts';

/** What came of the kills. */
export interface FeedKillCounts {
  /** Calls to the store and the objects that two files take, dry run and commit: at each a step can die before it and after it. */
  readonly points: number;
  readonly kills: number;
  readonly violations: readonly string[];
}

const county = DivisionCode.parse('140121');
const division = '140121100';
const billHeadings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
const deathHeadings = '身份证号,姓名,死亡日期,登记日期';

type Call = (...given: readonly unknown[]) => Promise<unknown>;
const isCall = (value: unknown): value is Call => typeof value === 'function';

/** Dies once, at the call of this number, before it or after it. */
class Killer {
  calls = 0;
  readonly #deadly: number | null;
  readonly #isAfter: boolean;

  constructor(deadly: number | null, isAfter: boolean) {
    [this.#deadly, this.#isAfter] = [deadly, isAfter];
  }

  /** The same port, any call of which may be the last. */
  over<Port extends object>(port: Port): Port {
    const lethal = ([name, act]: [string, unknown]): [string, unknown] => {
      if (!isCall(act)) return [name, act];
      const call: Call = async (...given) => {
        this.calls += 1;
        const dies = this.calls === this.#deadly;
        if (dies && !this.#isAfter) throw new Error('killed');
        const result = await act(...given);
        if (dies) throw new Error('killed');
        return result;
      };
      return [name, call];
    };
    return Object.fromEntries(Object.entries(port).map(lethal)) as Port;
  }
}

/** The people of one trial, of whom nobody else is told. */
const trialOf = (number: number) => {
  const id = (person: number): string =>
    residentId(
      `19${String(50 + (number % 40))}-0${1 + (Math.floor(number / 40) % 9)}-1${person}`,
      1 + Math.floor(number / 360),
    );
  const [known, strangers] = [[0, 1, 2, 3].map(id), [4, 5, 6, 7, 8, 9].map(id)];
  const bill = (of: string | undefined, paper: string, day: string, sum: number): string =>
    `${of},某某,${paper},${day},10.00,${sum}.00`;
  const rows = [
    ...strangers.map((of, index) => bill(of, `S${index}`, '2026-02-20', index < 2 ? 20_000 : 100)),
    ...known.flatMap((of, index) => [
      bill(of, `A${index}`, '2026-02-20', 5_000 + index),
      bill(of, `B${index}`, '2026-02-21', 6_000 + index),
      bill(of, `C${index}`, '2026-02-31', 1),
      bill(of, `A${index}`, '2026-02-20', 5_000 + index),
    ]),
  ];
  const deaths = [
    `${known[0]},某某,2026-02-25,2026-02-26`,
    `${known[0]},某某,2026-02-25,2026-02-26`,
    `${known[1]},某某,1900-01-01,2026-02-26`,
    `${strangers[3]},某某,2026-02-25,2026-02-26`,
  ];
  return {
    known,
    strangers,
    bills: `${[billHeadings, ...rows].join('\n')}\n`,
    deaths: `${[deathHeadings, ...deaths].join('\n')}\n`,
  };
};

type Feeds = ReturnType<typeof feedsOf>;

/** Lets the machine go through a run of a file: a step that dies is called again, by a function that knows nothing of before. */
const runOf = async (dependencies: () => Feeds['dependencies'], run: { feedId: FeedId; run: FeedRun }) => {
  const retried = <Result>(act: (given: ReturnType<typeof dependencies>) => Promise<Result>): Promise<Result> =>
    act(dependencies()).catch(() => act(dependencies()));
  const { pieces } = await retried((given) => beginComparison(given, run));
  while (!(await retried((given) => indexPeople(given, run))).done);
  for (const step of pieces) while (!(await retried((given) => comparePiece(given, step))).done);
  await retried((given) => endComparison(given, run));
  return pieces.length;
};

/** One trial on people of its own; answers what came of it, in words that are the same for any of them. */
const trial = async (roster: TestRoster, feeds: Feeds, number: number, killer: Killer): Promise<string> => {
  const { known, strangers, bills, deaths } = trialOf(number);
  const households: HouseholdId[] = [];
  for (const [index, of] of known.entries()) {
    const records = await payments(roster).household(`trial ${number}: ${index}`);
    await feeds.known(of, records);
    households.push(records.household.household.householdId);
  }
  // The next index holds them.
  roster.pass({ days: 8 });
  const began = roster.at();
  const dependencies = () => ({
    ...feeds.dependencies,
    store: killer.over(feeds.dependencies.store),
    feedRuns: killer.over(feeds.dependencies.feedRuns),
    objects: killer.over(feeds.dependencies.objects),
    peopleIndex: killer.over(feeds.dependencies.peopleIndex),
    indexes: peopleIndexes(),
  });
  const handIn = async (dataset: 'hospital-bills' | 'deaths', by: Principal, file: string) => {
    const feedId = await feeds.upload(dataset, by, file);
    bodyOf(await checkFeed(feeds.dependencies, { principal: by, feedId }));
    await runOf(dependencies, { feedId, run: 'dry-run' });
    const ifMatch = (await roster.store.feed(feedId))?.version ?? 0;
    bodyOf(await commitFeed(feeds.dependencies, { principal: by, feedId, ifMatch }));
    const pieces = await runOf(dependencies, { feedId, run: 'commit' });
    const { state, dryRun, result } = await feeds.view(feedId, by);
    const rejects = (['dry-run', 'commit'] as const).map((run) => feeds.objects.content(rejectsKey({ feedId, run })));
    return { state, dryRun, result, pieces, rejects };
  };
  const files = [
    await handIn('hospital-bills', agencyOf('healthcare-security', county), bills),
    await handIn('deaths', agencyOf('health', county), deaths),
  ];
  const stored = await Promise.all(households.map((each) => roster.store.household(each)));
  const { items: reports } = await roster.store.reportsOf(county, { list: 'open', within: county }, 10_000, null);
  const own = reports.filter(({ accounts }) =>
    accounts?.some(({ person }) => strangers.includes(person?.residentId ?? '')),
  );
  const outcome = {
    files,
    roster: stored.map((each) => ({
      version: each?.version,
      facts: each?.household.facts.map(({ kind, value, asOf }) => [kind, value, asOf]),
      deaths: each?.household.members.map(({ deceasedOn }) => deceasedOn),
    })),
    prospects: own.map(({ timesTold, accounts }) => [timesTold, accounts?.map(({ words }) => words)]),
    events: await eventsSince(roster, began),
  };
  return [...known, ...strangers].reduce(
    (text, of, index) => text.replaceAll(of, `person ${index}`),
    JSON.stringify(outcome),
  );
};

/** What the audit has of the county and its township since a moment, by type. */
const eventsSince = async ({ tables }: TestRoster, from: string): Promise<readonly string[]> => {
  const types: string[] = [];
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: tables.audit,
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': division.slice(0, 6), ':from': from },
    }),
  );
  for (const { type } of Items) types.push(String(type));
  return types.toSorted();
};

/**
 * Two files of bills and deaths are handed in again and again, each time about other people, and each time a step dies at another call, before
 * it or after it: counts, rejected rows, roster, prospects and events are those of files that nothing happened to. `wanted`: how many
 * points, chosen by the seed; null for each of them.
 */
export const runFeedKills = async (wanted: number | null, seed: number): Promise<FeedKillCounts> => {
  const roster = await startRoster();
  try {
    const feeds = feedsOf(roster, 600);
    const undisturbed = new Killer(null, false);
    const expected = await trial(roster, feeds, 0, undisturbed);
    const all = Array.from({ length: undisturbed.calls * 2 }, (_, index) => index);
    const chosen = wanted === null ? all : shuffled(all, randomFrom(seed)).slice(0, wanted);
    const violations: string[] = [];
    for (const [index, point] of chosen.entries()) {
      const [call, isAfter] = [1 + Math.floor(point / 2), point % 2 === 1];
      const killer = new Killer(call, isAfter);
      const name = `killed ${isAfter ? 'after' : 'before'} call ${call}`;
      const found = await trial(roster, feeds, index + 1, killer).catch(
        (error: unknown) => `it ends with ${String(error)}`,
      );
      if (killer.calls < call) violations.push(`${name}: there was no such call`);
      if (found !== expected) violations.push(`${name}: ${differenceOf(expected, found)}`);
    }
    return { points: all.length, kills: chosen.length, violations };
  } finally {
    await roster.stop();
  }
};

/** Where two texts begin to differ. */
const differenceOf = (expected: string, found: string): string => {
  const at = [...expected].findIndex((character, index) => character !== found[index]);
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `"${around(found)}" instead of "${around(expected)}"`;
};
