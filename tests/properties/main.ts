/** Checks what has to hold for every household, on as many generated ones as asked for: `npm run test:properties`. */

import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { print } from '../../bench/report.ts';
import { caseAt } from './generated-household.ts';
import { realPaths } from './paths.ts';
import { violationsOf } from './properties.ts';
import { reportOf, summed } from './report.ts';
import type { Part, Seen, Tally } from './run.ts';
import { toldOf } from './smallest.ts';

const usage = `Usage: npm run test:properties -- [--households N] [--seed TEXT] [--processes N] [--json]
       npm run test:properties -- --only INDEX [--seed TEXT]`;

const { values } = parseArgs({
  options: {
    'households': { type: 'string', default: '1000000' },
    'seed': { type: 'string', default: '1' },
    'processes': { type: 'string', default: '2' },
    'only': { type: 'string' },
    'json': { type: 'boolean', default: false },
  },
});

const whole = (option: 'households' | 'processes' | 'only', least: number): number => {
  const text = values[option] ?? '';
  const number = Number(text);
  if (/^\d{1,9}$/u.test(text) && number >= least) return number;
  console.error(`--${option} is to be a whole number from ${least} on, not "${text}"\n${usage}`);
  process.exit(2);
};

/** Tells one violation, with how to see it again. */
const tellViolation = ({ property, what, index, household }: Seen): void => {
  console.error(`\nproperties: "${property}" does not hold: ${what}`);
  console.error(`again: npm run test:properties -- --seed ${values.seed} --only ${index}`);
  console.error(JSON.stringify(household, null, 2));
};

const runOne = (index: number): boolean => {
  const made = caseAt(values.seed, index);
  console.log(JSON.stringify(toldOf(made), null, 2));
  const violations = violationsOf(made, realPaths, { count: () => undefined });
  for (const { property, what } of violations) console.log(`does not hold: ${property}: ${what}`);
  if (violations.length === 0) console.log('every property holds');
  return violations.length === 0;
};

type Message = { readonly done: number } | { readonly tally: Tally };

const runWorker = (part: Part, progress: (done: number) => void): Promise<Tally> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: part });
    worker.on('message', (message: Message) => {
      if ('tally' in message) resolve(message.tally);
      else progress(message.done);
    });
    worker.on('error', reject);
    // After a tally this changes nothing.
    worker.on('exit', (code) => reject(new Error(`a process ended with ${code} before it was done`)));
  });

const runAll = async (): Promise<boolean> => {
  const [households, parts] = [whole('households', 1), whole('processes', 1)];
  const begin = process.hrtime.bigint();
  const seconds = (): number => Number(process.hrtime.bigint() - begin) / 1e9;
  const done = Array.from({ length: parts }, () => 0);
  let lastWord = 0;
  const progress = (): void => {
    if (seconds() - lastWord < 5) return;
    lastWord = seconds();
    const sum = done.reduce((total, each) => total + each, 0);
    const rate = sum / lastWord;
    const left = Math.ceil((households - sum) / rate);
    console.error(`properties: ${sum} of ${households} households, ${Math.round(rate)} a second, ${left} s to go`);
  };
  const tallies = await Promise.all(
    done.map((_, part) =>
      runWorker({ seed: values.seed, households, part, parts }, (count) => {
        done[part] = count;
        progress();
      }),
    ),
  );
  const tally = summed(tallies);
  for (const seen of tally.first) tellViolation(seen);
  return print(reportOf(tally, households, seconds()), values.json);
};

const holds = values.only === undefined ? await runAll() : runOne(whole('only', 0));
process.exitCode = holds ? 0 : 1;
