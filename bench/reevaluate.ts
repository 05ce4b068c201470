import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { alertKey } from '../adapters/dynamodb/alert-keys.ts';
import { dynamodbRosterStore } from '../adapters/dynamodb/dynamodb-roster-store.ts';
import { getItem } from '../adapters/dynamodb/reading.ts';
import type { Tables } from '../adapters/dynamodb/tables.ts';
import { digest, newId } from '../adapters/runtime.ts';
import { alertIdOf } from '../domain/alerts/alert-moves.ts';
import { dateInChina, Instant, plusDays } from '../domain/dates.ts';
import { newEvent } from '../domain/events/new-event.ts';
import { Fact } from '../domain/facts/fact.ts';
import { mergeFacts } from '../domain/facts/merge-facts.ts';
import type { RosterHousehold } from '../domain/households/roster-household.ts';
import type { HouseholdId } from '../domain/ids.ts';
import type { RosterStore } from '../domain/store/roster-store.ts';
import type { Platform } from '../local/platform.ts';
import { throwAwayFolder } from '../local/throw-away-folder.ts';
import { demoCounty } from '../synthetic/demo-clients.ts';
import { startInstance } from '../synthetic/instance.ts';
import { clockOf } from '../synthetic/running-county.ts';
import { openTables } from '../synthetic/running-tables.ts';
import { readStartOptions } from '../synthetic/start-options.ts';
import { atShare, rounded } from './median.ts';
import { atLeast, atMost, type Report, told } from './report.ts';

/** Changes that are timed, and those before them that are not: they meet functions that have just begun. */
export const timedChanges = 500;
const warmUps = 250;
const changesASecond = 50;
const rule = 'hospital.bill-very-high';
const longestWaitMs = 60_000;

/** A platform of its own with a synthetic county, its store, and its clock. */
interface World {
  readonly store: RosterStore;
  readonly tables: Tables;
  readonly now: () => Instant;
  readonly stop: () => Promise<void>;
}

const startWorld = async (households: number): Promise<World> => {
  const folder = throwAwayFolder('hearth-bench-');
  const options = readStartOptions(['--data', folder, '--port', '0', '--households', String(households)]);
  let running: Platform | undefined;
  const end = async (): Promise<void> => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { platform: begun } = await startInstance(options, {
      watch: () => undefined,
      begun: (platform) => {
        running = platform;
      },
      stopped: new AbortController().signal,
    });

    const ahead = Date.parse(await clockOf(begun)) - Date.now();
    const now = (): Instant => Instant.parse(new Date(Date.now() + ahead).toISOString());
    const { tables, vault, close } = openTables(begun, now);
    return {
      store: dynamodbRosterStore(tables, vault),
      tables,
      now,
      stop: async () => {
        close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const living = ({ household }: RosterHousehold) => household.members.find(({ deceasedOn }) => deceasedOn === null);

/** Households of the county that are aided and have somebody living, each once: some of the dead are still paid, and alert nobody. */
const aided = async ({ store }: World, count: number): Promise<readonly HouseholdId[]> => {
  const found = new Set<HouseholdId>();
  for (let after: string | null = null; found.size < count; ) {
    const page: Awaited<ReturnType<RosterStore['grantedDecisions']>> = await store.grantedDecisions(
      demoCounty,
      200,
      after,
    );
    for (const { householdId } of page.items) {
      const roster = await store.household(householdId);
      if (roster !== undefined && living(roster) !== undefined) found.add(householdId);
    }
    if (page.next === null) break;
    after = page.next;
  }
  return [...found].slice(0, count);
};

const withBill = (known: RosterHousehold, at: Instant): RosterHousehold => {
  const { household, ...roster } = known;
  const bill = Fact.parse({
    kind: 'hospital.stay-self-paid',
    subject: living(known)?.personId,
    value: 6_000_000,
    unit: 'fen',
    dataset: 'hospital-bills',
    asOf: plusDays(dateInChina(at), -1),
    recordedAt: at,
  });
  const facts = [...mergeFacts(household.facts, [bill])];
  return { ...roster, version: roster.version + 1, household: { ...household, facts } };
};

/** Writes a bill as a feed would: with the event by which the household is looked at. Answers when it was written. */
const write = async ({ store, now }: World, householdId: HouseholdId): Promise<number> => {
  const opened = await store.openedHousehold(householdId);
  if (opened === undefined) throw new Error(`${householdId} is not there`);
  const { roster } = opened;
  const result = await store.commit({
    aggregates: [{ kind: 'household', value: withBill(roster, now()) }],
    event: newEvent('FactsRecorded', now(), newId, { changed: householdId }),
    actor: { role: 'workflow', subject: 'bench' },
    division: roster.household.residenceDivision,
    opened,
  });
  if (!result.ok) throw new Error(`${householdId}: ${result.conflict}`);
  return Date.parse(now());
};

/** When the alert of a household was raised, on the platform's own clock. */
const raisedAt = async ({ tables }: World, householdId: HouseholdId): Promise<number> => {
  const end = performance.now() + longestWaitMs;
  for (;;) {
    // When it was raised stands in plain text: to open the rest of it would cost time of the platform's processors.
    const alert = await getItem(tables, alertKey(alertIdOf(digest, householdId, rule, 1)));
    if (alert !== undefined) return Date.parse(Instant.parse(alert['raisedAt']));
    if (performance.now() > end) throw new Error(`${householdId} has no alert within ${longestWaitMs / 1_000} s`);
    await pause(200);
  }
};

/** Writes changes at their pace, whether or not the platform keeps up; in milliseconds, each from its fact to its alert. */
const timed = async (world: World, households: readonly HouseholdId[]): Promise<readonly number[]> => {
  const begin = performance.now();
  const written = households.map(async (householdId, index) => {
    await pause(Math.max(0, begin + (index * 1_000) / changesASecond - performance.now()));
    return write(world, householdId);
  });
  const times = await Promise.all(written);
  // One is looked for at a time: looking for all of them would cost more than what is measured.
  const elapsed: number[] = [];
  for (const [index, householdId] of households.entries()) {
    const at = await raisedAt(world, householdId);
    elapsed.push(Math.max(0, at - (times[index] ?? at)));
  }
  return elapsed;
};

/** How long it takes from a fact that was written to the alert that it raises, at a steady pace of changes. */
export const reevaluate = async (progress: (text: string) => void, changes: number): Promise<Report> => {
  progress('a platform with a synthetic county');
  const world = await startWorld(2 * (changes + warmUps));
  try {
    const households = await aided(world, changes + warmUps);
    progress(`${changes} changes, ${changesASecond} a second`);
    await timed(world, households.slice(0, warmUps));
    const before = process.cpuUsage();
    const begin = performance.now();
    const times = await timed(world, households.slice(warmUps));
    const seconds = (performance.now() - begin) / 1_000;
    const { user, system } = process.cpuUsage(before);
    return {
      name: 'reevaluate',
      measures: [
        atMost('fact to alert, half', rounded(atShare(times, 0.5), 0), 'ms', 1_000),
        atMost('fact to alert, 99 %', rounded(atShare(times, 0.99), 0), 'ms', 2_000),
        atLeast('changes that were timed', times.length, 'changes', changes),
        told('changes a second, to the last alert', rounded(times.length / seconds, 1), 'changes/s'),
        told(
          'processor time of a change, written and looked at',
          rounded((user + system) / 1_000 / times.length, 1),
          'ms',
        ),
      ],
    };
  } finally {
    await world.stop();
  }
};
