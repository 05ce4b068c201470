import { z } from 'zod';
import { couple, townshipWorker } from '../support/people.ts';
import { atFirstOf } from './injector.ts';
import { type Answer, ask, type Request } from './people.ts';
import type { World } from './world.ts';

/** Where the first of all repetitions is cut off. */
export const crashPoints = ['before-the-commit', 'after-the-commit', 'in-the-relay'] as const;
type CrashPoint = (typeof crashPoints)[number];

export interface ReplayCounts {
  readonly keys: number;
  readonly replays: number;
  readonly violations: readonly string[];
}

const Row = z.looseObject({ pk: z.string(), sk: z.string() });
const keysAtOnce = 4;

const plans = {
  'before-the-commit': { call: /^applications#\d+ TransactWriteItems /u, fault: 'killed-before' },
  'after-the-commit': { call: /^applications#\d+ TransactWriteItems /u, fault: 'killed-after' },
  'in-the-relay': { call: /^relay#\d+ StartExecution /u, fault: 'killed-after' },
} as const satisfies Record<CrashPoint, unknown>;

const submissionOf = (key: string): Request => ({
  operation: 'submitApplication',
  as: townshipWorker,
  body: couple(),
  key,
});

/** One request, cut off once and repeated so many times at the same moment: all that are answered are answered the same. */
const replayKey = async (world: World, request: Request, repetitions: number): Promise<readonly string[]> => {
  await ask(world, request);
  const answers: Answer[] = await Promise.all(Array.from({ length: repetitions }, () => ask(world, request)));
  const bodies = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => JSON.stringify(body)));
  const others = answers.filter(({ status }) => status !== 201 && status < 500 && status !== 0);
  const last = await ask(world, request);
  if (last.status === 201) bodies.add(JSON.stringify(last.body));
  return [
    ...(bodies.size === 1 ? [] : [`${request.key}: ${bodies.size} different answers`]),
    ...(others.length === 0 ? [] : [`${request.key}: ${others.length} answered ${others[0]?.status}`]),
    ...(last.status === 201 ? [] : [`${request.key}: not answered at last, ${last.status}`]),
  ];
};

/** What must be there exactly once for each key. */
const countedOnce = async (world: World, keys: number): Promise<readonly string[]> => {
  const rows = (await world.records()).roster.map((item) => Row.parse(item));
  const count = (prefix: string, sk = 'STATE'): number =>
    rows.filter((row) => row.pk.startsWith(prefix) && row.sk === sk).length;
  const wanted: readonly (readonly [string, number, number])[] = [
    ['applications', count('APPLICATION#'), keys],
    ['reviews', count('REVIEW#'), keys],
    ['households', count('HOUSEHOLD#'), keys],
    ['idempotency records', count('IDEMPOTENCY#', 'RECORD'), keys],
    ['tasks', count('TASK#'), keys],
    ['outbox items', rows.filter(({ pk }) => pk.startsWith('OUTBOX#')).length, 0],
    ['executions', world.executions().length, keys],
    ['crashes', Math.min(world.injector.struck(), 1), 1],
  ];
  return wanted.filter(([, found, due]) => found !== due).map(([what, found, due]) => `${found} ${what}, not ${due}`);
};

const replayAt = async (world: World, point: CrashPoint, keys: number, repetitions: number) => {
  const { call, fault } = plans[point];
  await world.reset(`replays ${point}`, {
    plan: atFirstOf(call, fault),
    ...(point === 'in-the-relay' ? { relays: repetitions } : {}),
  });
  const violations: string[] = [];
  const requests = Array.from({ length: keys }, (_, index) => submissionOf(`replayed-key-${point}-${index}`));
  while (requests.length > 0) {
    const together = requests.splice(0, keysAtOnce);
    const found = await Promise.all(together.map((request) => replayKey(world, request, repetitions)));
    violations.push(...found.flat());
    await world.settle();
  }
  // What a relay that was cut off has left behind is passed on by the sweep.
  world.pass(16 * 60_000);
  await world.invoke('sweep', '{}');
  await world.settle();
  violations.push(...(await countedOnce(world, keys)));
  return violations.map((violation) => `${point}: ${violation}`);
};

/** Repeats every key at every crash point; the first invocation of each key is cut off there. */
export const runReplays = async (
  world: World,
  { keys, repetitions }: { readonly keys: number; readonly repetitions: number },
  say: (text: string) => void,
): Promise<ReplayCounts> => {
  const violations: string[] = [];
  for (const point of crashPoints) {
    const found = await replayAt(world, point, keys, repetitions);
    violations.push(...found);
    say(`replays ${point}: ${keys} keys x ${repetitions}, ${found.length} violations`);
  }
  return { keys: keys * crashPoints.length, replays: keys * repetitions * crashPoints.length, violations };
};
