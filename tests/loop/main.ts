/** Proves what the closed loop promises, at length: `npm run loop`. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atMost, type Measure, print } from '../../bench/report.ts';
import { startRoster, type TestRoster } from '../support/roster.ts';
import { runClaims } from './claims.ts';
import { runClock } from './clock.ts';
import { runLargeRun } from './large-run.ts';
import { ofClaims, ofClock, ofLargeRun, ofMonths, ofReferrals, type Proven } from './measures.ts';
import { runMonths } from './months.ts';
import { runReferrals } from './referrals.ts';

const usage = `Usage: npm run loop -- [--full] [--parts a,b] [--claims N] [--families N] [--paid N] [--households N] [--seed N] [--json]
  --parts a,b     of claims, clock, months, payments, referrals (usually all)
  --claims N      claims of one item for one person and period, by competing offices (usually 500, with --full 10,000)
  --families N    households that are lived with for 24 months (usually 6, with --full 100)
  --paid N        households that one payment run pays (usually 5,000, with --full 902,600)
  --households N  households whose referrals are followed to their end at fourteen flaky agencies (usually 32, with --full 2,000)
  --seed N        of what agencies and officers do, of what happens to households, and of when the platform is killed (usually 1)`;

/** The table of a run is thrown away with it: in memory, where there is a folder for that, no disk is waited for. */
const memory = '/dev/shm';
if (process.env['TMPDIR'] === undefined && existsSync(memory)) process.env['TMPDIR'] = memory;

const say = (text: string): void => console.error(`loop: ${text}`);
const refuse = (text: string): never => {
  console.error(`${text}\n${usage}`);
  process.exit(2);
};

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    parts: { type: 'string' },
    claims: { type: 'string' },
    families: { type: 'string' },
    paid: { type: 'string' },
    households: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
/** A number that was asked for, or the usual one of the short form or the full one. */
const numberOf = (
  option: 'claims' | 'families' | 'paid' | 'households' | 'seed',
  short: number,
  full: number,
): number => {
  const given = values[option] ?? String(values.full ? full : short);
  return /^[1-9]\d{0,6}$/u.test(given)
    ? Number(given)
    : refuse(`--${option} is to be a whole number from 1 on, not "${given}"`);
};
const claims = numberOf('claims', 500, 10_000);
const families = numberOf('families', 6, 100);
const paid = numberOf('paid', 5_000, 902_600);
const households = numberOf('households', 32, 2_000);
const seed = numberOf('seed', 1, 1);
const months = 24;
/** So often the platform is killed while the referrals go their way. */
const kills = 10;

const withRoster = async <Counts>(run: (roster: TestRoster) => Promise<Counts>): Promise<Counts> => {
  const roster = await startRoster();
  try {
    return await run(roster);
  } finally {
    await roster.stop();
  }
};
/** Names what is broken, the first of it, so that it can be looked for. */
const named = (violations: readonly string[]): void => {
  for (const violation of violations.slice(0, 10)) console.error(`VIOLATION ${violation} (seed ${seed})`);
};

const parts: Readonly<Record<string, () => Promise<Proven>>> = {
  claims: async () => {
    say(`${claims} claims of the same item by competing offices`);
    return ofClaims(await withRoster((roster) => runClaims(roster, claims)));
  },
  clock: async () => {
    say('every deadline, with the clock moved past it hour by hour');
    const counts = await withRoster(runClock);
    named(counts.violations);
    return ofClock(counts);
  },
  months: async () => {
    say(`${months} months with ${families} households, seed ${seed}`);
    const counts = await runMonths(families, months, seed, say);
    named(counts.violations);
    return ofMonths(counts);
  },
  payments: async () => {
    say(`one payment run over ${paid} households`);
    const counts = await runLargeRun(paid, say);
    named(counts.violations);
    return ofLargeRun(counts);
  },
  referrals: async () => {
    say(`the referrals of ${households} households at fourteen flaky agencies, seed ${seed}`);
    const counts = await runReferrals(households, kills, seed, say);
    named([...counts.broken, ...counts.doubled, ...counts.lost]);
    return ofReferrals(counts, kills);
  },
};

const asked = values.parts?.split(',') ?? Object.keys(parts);
for (const part of asked) if (parts[part] === undefined) refuse(`there is no part "${part}"`);
const measures: Measure[] = [];
let violations = 0;
for (const part of asked) {
  const proven = await parts[part]?.();
  if (proven === undefined) continue;
  measures.push(...proven.measures);
  violations += proven.violations;
}
measures.push(atMost('violations', violations, 'violations', 0));
process.exitCode = print({ name: 'loop', measures }, values.json) ? 0 : 1;
