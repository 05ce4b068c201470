import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { StartFailure } from '../local/start-failure.ts';
import { throwAwayFolder } from '../local/throw-away-folder.ts';
import { assemblyIn } from '../synthetic/assembly.ts';
import { call, granted } from './client.ts';
import { identitiesOf } from './families.ts';
import { checkInvariants } from './invariants.ts';
import { type LocalWorld, openLocalWorld } from './local-world.ts';
import { type DemoOptions, readOptions, UsageError, usage } from './options.ts';
import { measuresOf, type Run, reportOf } from './report.ts';
import { staff } from './staff.ts';
import { tellAll } from './stories.ts';
import { tellingOf } from './telling.ts';

/** `npm run demo`: five families from application to what is paid, on a platform that exists for this minute only. */

/** A Monday morning at nine in China, early enough that thirty working days lie inside the announced calendar. */
const startAt = '2026-03-02T01:00:00Z';
const seed = 0;

/** Progress goes to standard error, so that standard output holds the telling alone. */
const progress = (line: string): void => {
  process.stderr.write(`${(performance.now() / 1_000).toFixed(1).padStart(5)} s  ${line}\n`);
};

const tell = async (world: LocalWorld): Promise<Run> => {
  const beganAt = await world.now();
  progress(`${beganAt.slice(0, 10)}  five families apply`);
  const told = await tellAll(world, {
    seed,
    listener: {
      entry: (story, entry) => progress(`${entry.on}  ${story.id}. ${shortened(entry.text.en)}`),
      failure: (story, { claim, seen }) => progress(`${story.id}. NOT SO: ${claim}; seen: ${seen ?? 'nothing'}`),
    },
  });
  const claims = told.reduce((sum, { checks }) => sum + checks.length, 0);
  const endedAt = await world.now();
  progress(`${claims} claims checked; now what must hold whatever happened`);
  const invariants = await checkInvariants(world, told, identitiesOf(seed));
  const records = (await world.records?.()) ?? null;
  const { paymentRuns } = granted(await call(world, 'listPaymentRuns', { as: staff.countyWorker })).body;
  return { told, invariants, records, paymentRuns, beganAt, endedAt, seconds: performance.now() / 1_000 };
};

const longest = 76;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Resolves with the signal's exit code when the demo is interrupted. A second signal does not keep it from tidying up. */
const interruption = (): Promise<number> =>
  new Promise((interrupted) => {
    process.on('SIGINT', () => interrupted(130));
    process.on('SIGTERM', () => interrupted(143));
  });

interface Stage {
  /** Folder for everything the demo makes. */
  readonly folder: string;
  /** Breaks the synthesis off. */
  readonly stopped: AbortSignal;
  /** Hears of the platform as soon as something of it may be running. */
  readonly opened: (world: Promise<LocalWorld>) => void;
}

const perform = async (options: DemoOptions, { folder, stopped, opened }: Stage): Promise<number> => {
  if (options.assembly === undefined) progress('synthesizing the cloud assembly');
  const assembly =
    options.assembly === undefined ? (await assemblyIn(folder, stopped)).folder : resolve(options.assembly);
  stopped.throwIfAborted();
  progress('starting the platform it describes');
  const opening = openLocalWorld({ assembly, dataFolder: join(folder, 'data'), startAt });
  opened(opening);
  const world = await opening;
  const run = await Promise.race([tell(world), world.lost]);
  const failed = measuresOf(run).some(({ holds }) => !holds);
  process.stdout.write(
    options.json ? `${JSON.stringify(reportOf(run), null, 2)}\n` : `\n${tellingOf(run, options.language)}`,
  );
  return failed ? 1 : 0;
};

/** Runs the demo and removes everything it made, also when it fails or is interrupted. */
const demo = async (options: DemoOptions): Promise<number> => {
  const interrupted = interruption();
  const folder = throwAwayFolder('hearth-demo-');
  const breakOff = new AbortController();
  let opening: Promise<LocalWorld> | undefined;
  const opened = (world: Promise<LocalWorld>): void => {
    opening = world;
  };
  const performed = perform(options, { folder, stopped: breakOff.signal, opened });
  const ended = performed.then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([performed, interrupted]);
  } finally {
    breakOff.abort();
    // A story that is cut off fails by itself when its platform is gone; a synthesis has to be waited for.
    await (opening === undefined
      ? ended
      : opening.then(
          (world) => world.stop(),
          () => undefined,
        ));
    rmSync(folder, { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  try {
    const options = readOptions(process.argv.slice(2));
    if (!options.help) return await demo(options);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    const isExpected = error instanceof UsageError || error instanceof StartFailure;
    process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
};

const code = await main();
// A story that was interrupted may still wait for an answer; nothing that matters is left to wait for.
process.exit(code);
