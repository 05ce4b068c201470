import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { kmsDataKeys } from '../adapters/crypto/data-keys.ts';
import { secretKeyring } from '../adapters/crypto/keyring.ts';
import { dynamodbGenerations } from '../adapters/dynamodb/generations.ts';
import { documentClient } from '../adapters/dynamodb/tables.ts';
import { runtimeObjects } from '../adapters/objects/s3-objects.ts';
import { readEnvironment } from '../contracts/environment.ts';
import { dateInChina, type Instant, type LocalDate } from '../domain/dates.ts';
import { addCounties, foundIn, type ScanProgress } from '../domain/missed-needs/daily-scan.ts';
import { monthLookedAt } from '../domain/missed-needs/delivery.ts';
import type { ScanDependencies } from '../domain/missed-needs/scan-of.ts';
import type { DailyScanStore } from '../domain/missed-needs/scan-store.ts';
import { beginDailyScan } from '../functions/begin-daily-scan/begin-daily-scan.ts';
import { comparePeople } from '../functions/compare-people/compare-people.ts';
import { runtimeDependencies } from '../functions/runtime-dependencies.ts';
import { scanSegment } from '../functions/scan-segment/scan-segment.ts';
import { counties } from '../policies/divisions/divisions.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { generateHouseholds, type SyntheticHousehold } from '../synthetic/households.ts';
import { rosterRows } from '../synthetic/roster-rows.ts';
import { startWriter } from '../synthetic/row-writer.ts';
import type { CompareTold, NightTold } from './reassess-told.ts';
import { withRaisedStandards } from './simulation-draft.ts';

/** What a worker of the benchmark was asked for. */
export interface Asked {
  readonly households: number;
  readonly worker: number;
  readonly workers: number;
  /** The day up to which households were decided on. */
  readonly date: LocalDate;
  /** The moment of the night. */
  readonly at: Instant;
  /** How many counties have a new standard from that day on. */
  readonly raised: number;
}

const megabytes = (): number => process.resourceUsage().maxRSS / 1_024;

/** Everybody who was decided on has the decision on record: all of them are to be reassessed. */
const onRecord = (household: SyntheticHousehold): SyntheticHousehold => {
  const { decided, roster } = household;
  if (decided === null) return household;
  const { applicationId, determinationId } = decided.determination;
  return { ...household, onRecord: true, roster: { ...roster, applicationId, determinationId } };
};

/** Fills the table with a worker's counties: each household as the county's roster has it, with the month paid that a night looks at. */
export const fill = async ({ households, worker, workers, date, at }: Asked): Promise<{ households: number }> => {
  const environment = readEnvironment(process.env, [
    'ROSTER_TABLE',
    'AUDIT_TABLE',
    'IDENTITY_SECRET_ARN',
    'DATA_KEY_ARN',
  ]);
  const tables = { client: documentClient(), roster: environment.ROSTER_TABLE, audit: environment.AUDIT_TABLE };
  const now = (): Instant => at;
  const dataKeys = kmsDataKeys(new KMSClient(), environment.DATA_KEY_ARN, dynamodbGenerations(tables), now);
  const keyring = await secretKeyring(new SecretsManagerClient(), environment.IDENTITY_SECRET_ARN)();
  const sealing = { keyring, newest: await dataKeys.newest() };
  const month = monthLookedAt({ policy: shanxiPack, calendar: chinaCalendar }, dateInChina(at));
  const writer = startWriter({ client: tables.client, rosterTable: tables.roster });
  let written = 0;
  for (const [index, { code }] of counties().entries()) {
    if (index % workers !== worker) continue;
    const count =
      Math.floor(((index + 1) * households) / counties().length) - Math.floor((index * households) / counties().length);
    for (const household of generateHouseholds({ seed: 'reassess', county: code, count, date })) {
      await writer.add(rosterRows(onRecord(household), sealing, { paid: { policy: shanxiPack, month, at } }));
      written += 1;
    }
  }
  await writer.end();
  return { households: written };
};

/** A scan that has ended, from its beginning once more: how far that gets is noted in memory, so that it may write nothing at all. */
const fromTheBeginning = (scans: DailyScanStore): DailyScanStore => {
  const noted = new Map<number, ScanProgress>();
  return {
    ...scans,
    scan: async (day) => {
      const found = await scans.scan(day);
      return found === undefined ? undefined : { ...found, progress: [...noted.values()] };
    },
    segment: async (_day, segment) => noted.get(segment),
    storeProgress: async (_day, progress) => {
      noted.set(progress.segment, progress);
      return true;
    },
  };
};

/** What the steps of a night are given: the policy with the raised standards, and a clock that stands at the moment of the night. */
const dependenciesOf = ({ at, raised }: Pick<Asked, 'at' | 'raised'>): ScanDependencies => {
  const runtime = runtimeDependencies();
  const day = dateInChina(at);
  const policy = withRaisedStandards(
    shanxiPack,
    new Set(
      counties()
        .slice(0, raised)
        .map(({ code }) => code),
    ),
    day,
  );
  return {
    ...runtime,
    objects: runtimeObjects(process.env),
    now: (): Instant => at,
    policies: { ...runtime.policies, inForce: async () => policy },
  };
};

/** A worker's segments of a night, one after the other. */
export const scan = async ({ worker, workers, at, raised }: Asked, isAgain: boolean): Promise<NightTold> => {
  const day = dateInChina(at);
  const given = dependenciesOf({ at, raised });
  const dependencies = isAgain ? { ...given, scans: fromTheBeginning(given.scans) } : given;
  // Whoever comes first settles the segments; the workers stand in for the state machine.
  await beginDailyScan({ ...dependencies, workflow: { start: async () => undefined } });
  const found = await dependencies.scans.scan(day);
  if (found === undefined) throw new Error(`the scan of ${day} was not begun`);
  const begin = process.hrtime.bigint();
  const before = process.cpuUsage();
  const peaks: number[] = [];
  for (let segment = worker; segment < found.scan.segments; segment += workers) {
    let done = false;
    while (!done) ({ done } = await scanSegment(dependencies, { day, segment }));
    peaks.push(megabytes());
  }
  const { user, system } = process.cpuUsage(before);
  const mine = (await dependencies.scans.scan(day))?.progress.filter((each) => each.segment % workers === worker) ?? [];
  const counted = addCounties(mine.flatMap((each) => each.counties));
  const sum = (of: (county: (typeof counted)[number]) => number): number =>
    counted.reduce((all, county) => all + of(county), 0);
  return {
    milliseconds: Number(process.hrtime.bigint() - begin) / 1e6,
    processorMilliseconds: (user + system) / 1_000,
    peakMegabytes: megabytes(),
    earlyMegabytes: peaks[Math.floor((peaks.length - 1) / 10)] ?? 0,
    households: sum((county) => county.households),
    unreadable: sum((county) => county.unreadable),
    redecided: sum((county) => county.redecided),
    opened: sum(({ kinds }) => kinds.reduce((all, kind) => all + kind.opened, 0)),
    reviews: sum(({ kinds }) =>
      kinds.reduce((all, { kind, opened }) => all + (kind === 'periodic-review' ? opened : 0), 0),
    ),
    found: sum(({ kinds }) => kinds.reduce((all, kind) => all + foundIn(kind), 0)),
  };
};

/** The end of a night, when all segments are done: everybody is held against everybody else, by one worker. */
export const compare = async ({ at, raised }: Asked): Promise<CompareTold> => {
  const dependencies = dependenciesOf({ at, raised });
  const begin = process.hrtime.bigint();
  let done = false;
  while (!done) ({ done } = await comparePeople(dependencies, { day: dateInChina(at) }));
  return { milliseconds: Number(process.hrtime.bigint() - begin) / 1e6, peakMegabytes: megabytes() };
};
