import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instant, LocalDate } from '../domain/dates.ts';
import { databaseOf } from '../local/dynamodb/engine.ts';
import { indexDynoxide } from '../local/dynamodb/tend-dynoxide.ts';
import { startUnitCounter } from '../local/dynamodb/unit-counter.ts';
import { startPlatform } from '../local/platform.ts';
import { assemblyIn } from '../synthetic/assembly.ts';
import { fixedYoungHeap, reportOf } from './child.ts';
import { engineMilliseconds } from './engine-time.ts';
import { rounded } from './median.ts';
import { ownTables } from './own-tables.ts';
import { CompareTold, FillTold, NightTold } from './reassess-told.ts';
import { atLeast, atMost, type Measure, type Report, told } from './report.ts';
import { wholeRoster } from './roster.ts';

const workers = 2;
/** The day up to which households were decided on, and three nights, in China, of a month whose payments are on record. */
const date = LocalDate.parse('2026-03-02');
const nights = ['2026-03-15', '2026-03-16', '2026-03-17'].map((day) => Instant.parse(`${day}T18:30:00.000Z`));
/** Six of the 117 counties are 5 % of the households: from the second night on they have a new standard. */
const raised = 6;
/** Households whose writes are counted, in a table of their own: with somebody counting, a night takes longer. */
const countedHouseholds = 2_340;
/** The goals: minutes for the province, MB of both workers, growth of memory from a tenth to the whole, write units a household. */
const goals = { minutes: 6, megabytes: 1_536, growth: 1.2, units: 0.2 } as const;

/** A worker that takes longer than this hangs: the whole province takes a slow machine more than an hour. */
const mostMilliseconds = (households: number): number => 1_800_000 + households * 20;

type Environment = Readonly<Record<string, string>>;
const shapes = { 'fill': FillTold, 'scan': NightTold, 'scan-again': NightTold, 'compare': CompareTold } as const;
type Program = (does: keyof typeof shapes, more: { at: Instant; raised: number }) => Promise<readonly unknown[]>;

/** Runs the workers of one table, side by side; one alone where people are compared. */
const programOn =
  (environment: Environment, households: number): Program =>
  (does, { at, raised: counties }) =>
    Promise.all(
      Array.from({ length: does === 'compare' ? 1 : workers }, (_, worker) =>
        reportOf(
          'reassess-process.ts',
          {
            does,
            environment: JSON.stringify(environment),
            ...{ households, worker, workers, date, at, raised: counties },
          },
          shapes[does],
          fixedYoungHeap,
          mostMilliseconds(households),
        ),
      ),
    );

/** What both workers told of a night. */
const together = (parts: readonly unknown[]): NightTold => {
  const nightsOf = parts.map((part) => NightTold.parse(part));
  const sum = (what: keyof NightTold): number => nightsOf.reduce((all, night) => all + night[what], 0);
  return {
    milliseconds: Math.max(...nightsOf.map(({ milliseconds }) => milliseconds)),
    processorMilliseconds: sum('processorMilliseconds'),
    peakMegabytes: sum('peakMegabytes'),
    earlyMegabytes: sum('earlyMegabytes'),
    households: sum('households'),
    unreadable: sum('unreadable'),
    redecided: sum('redecided'),
    opened: sum('opened'),
    reviews: sum('reviews'),
    found: sum('found'),
  };
};

/** A night, as both workers told of it, with the processor time that the table engine took for it; null where that is not known. */
interface Night extends NightTold {
  readonly engineMilliseconds: number | null;
  readonly compared: CompareTold;
}

/** A table with a roster, and what is to be asked before its first night and after each. */
interface Living {
  readonly environment: Environment;
  readonly households: number;
  readonly progress: (text: string) => void;
  readonly between?: () => void;
  /** Whether the last night is scanned once more, from the beginning. */
  readonly isRepeated?: boolean;
}

/** Fills a table and lives through the nights: one as the roster was taken over, one on which a standard changes, one without a change. */
const lived = async ({ environment, households, progress, between, isRepeated }: Living): Promise<readonly Night[]> => {
  const run = programOn(environment, households);
  progress(`writing ${households} households`);
  for (const at of nights.slice(0, 1)) await run('fill', { at, raised: 0 });
  const told: Night[] = [];
  for (const [index, at] of nights.entries()) {
    between?.();
    const before = engineMilliseconds();
    const night = together(await run('scan', { at, raised: index === 0 ? 0 : raised }));
    const after = engineMilliseconds();
    const seconds = rounded(night.milliseconds / 1_000, 1);
    progress(
      `night ${index + 1}: ${night.households} households in ${seconds} s, ${night.redecided} decided anew, ${night.opened} tasks`,
    );
    const [compared] = (await run('compare', { at, raised: index === 0 ? 0 : raised })).map((each) =>
      CompareTold.parse(each),
    );
    if (compared === undefined) throw new Error('nobody was compared');
    told.push({ ...night, compared, engineMilliseconds: before === null || after === null ? null : after - before });
  }
  between?.();
  if (isRepeated === true) {
    for (const at of nights.slice(-1)) await run('scan-again', { at, raised });
    between?.();
  }
  return told;
};

/** The notes of how far a night has got: they are written whatever it finds. */
const notesKey = 'DAILY';

/** The same nights on a small table, with somebody counting between the workers and the engine: write units of each and of the last once more, but for the notes. */
const unitsOfNights = async (living: Living, engineUrl: string): Promise<readonly number[]> => {
  const counter = await startUnitCounter(engineUrl);
  try {
    const written: number[] = [];
    const between = (): void => {
      const { writeUnits, byFirstKey } = counter.statistics();
      written.push(writeUnits - (byFirstKey[notesKey]?.units ?? 0));
    };
    const environment = { ...living.environment, AWS_ENDPOINT_URL_DYNAMODB: counter.url };
    await lived({ ...living, environment, between, isRepeated: true });
    return written.slice(1).map((units, night) => units - (written[night] ?? 0));
  } finally {
    await counter.stop();
  }
};

/** Milliseconds of a household: the workers without their start, and the engine. */
const processorTime = (name: string, night: Night, households: number): readonly Measure[] => {
  const of = (milliseconds: number): number => rounded(milliseconds / households, 3);
  const workersTime = told(`${name}: processor time, workers`, of(night.processorMilliseconds), 'ms/household');
  const { engineMilliseconds: engine } = night;
  return engine === null
    ? [workersTime]
    : [workersTime, told(`${name}: processor time, engine`, of(engine), 'ms/household')];
};

const measuresOf = (told3: readonly Night[], units: readonly number[], households: number): readonly Measure[] => {
  const [first, changing, quiet] = told3;
  if (first === undefined || changing === undefined || quiet === undefined) throw new Error('a night is missing');
  const minutes = (night: NightTold): number => rounded(night.milliseconds / 60_000);
  const isWhole = households === wholeRoster;
  const most = (name: string, value: number, unit: string, limit: number): Measure =>
    isWhole ? atMost(name, value, unit, limit) : told(name, value, unit);
  return [
    atLeast(
      'households looked at each night',
      Math.min(...told3.map((night) => night.households)),
      'households',
      households,
    ),
    atMost('households nobody can read', changing.unreadable, 'households', 0),
    told('first night: reviews and other tasks of the backlog', first.opened, 'tasks'),
    told('first night', minutes(first), 'minutes'),
    atLeast('night of new standards: decided anew', changing.redecided, 'households', 1),
    told('night of new standards: share decided anew', rounded((100 * changing.redecided) / households), '%'),
    most('night of new standards', minutes(changing), 'minutes', goals.minutes),
    most('memory of both workers, the most', rounded(changing.peakMegabytes, 0), 'MB', goals.megabytes),
    most(
      'memory, the whole to a tenth',
      rounded(changing.peakMegabytes / changing.earlyMegabytes),
      'times',
      goals.growth,
    ),
    ...processorTime('first night', first, households),
    ...processorTime('night of new standards', changing, households),
    ...processorTime('night without a change', quiet, households),
    told('night without a change', minutes(quiet), 'minutes'),
    told('everybody held against everybody else', rounded(quiet.compared.milliseconds / 1_000), 's'),
    told('memory of that', rounded(quiet.compared.peakMegabytes, 0), 'MB'),
    told('night without a change: reviews that fell due', quiet.reviews, 'tasks'),
    told('night without a change: decided anew since somebody is a day older', quiet.redecided, 'households'),
    atMost('night without a change: other tasks', quiet.opened - quiet.reviews, 'tasks', 0),
    atMost('the same night once more: write units', units[3] ?? Number.NaN, 'units', 0),
    atMost(
      'night of new standards: write units of a household',
      rounded((units[1] ?? Number.NaN) / countedHouseholds, 3),
      'units',
      goals.units,
    ),
  ];
};

/**
 * The nightly scan over a whole roster, through the store: every household is read with its decision and the entries of its paid month,
 * and decided by what holds on the day. Two workers stand in for the functions, on an engine of this machine.
 */
export const reassess = async (progress: (text: string) => void, households: number): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-reassess-'));
  try {
    progress('synthesizing and starting');
    const { folder: assembly } = await assemblyIn(folder, new AbortController().signal);
    const data = join(folder, 'data');
    const platform = await startPlatform({ dataFolder: data, assembly, apiPort: 0 });
    try {
      const { environment, more } = await ownTables(platform, 'counted');
      // The platform's own tables have their indexes already: these were made later.
      const database = databaseOf({ path: (...parts) => join(data, ...parts) });
      if (existsSync(database)) indexDynoxide(database);
      const small = { environment: { ...environment, ROSTER_TABLE: more }, households: countedHouseholds, progress };
      const units = await unitsOfNights(small, platform.dynamodbUrl);
      const nightsTold = await lived({ environment, households, progress });
      return { name: 'reassess', measures: measuresOf(nightsTold, units, households) };
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
