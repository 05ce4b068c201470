/** Proves what dynamic monitoring promises, at length: `npm run monitoring`. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atLeast, atMost, type Measure, print, told } from '../../bench/report.ts';
import { runFeedKills } from './feed-kills.ts';
import { runFilePermutations } from './file-permutations.ts';
import { runPermutations } from './permutations.ts';
import { provenReviews } from './reviews.ts';
import { truthMeasures } from './truth/measures.ts';
import { provenTruth } from './truth/truth.ts';

const usage = `Usage: npm run monitoring -- [--full] [--parts a,b] [--permutations N] [--files N] [--kills N] [--households N] [--days N] [--province N] [--seed N] [--json]
  --parts a,b       of files, kills, permutations, reviews, truth (usually all)
  --permutations N  orders, doublings and splittings of ten feeds (usually 2,000, with --full 20,000)
  --files N         orders, doublings and splittings of ten files that are compared (usually 200, with --full 2,000)
  --kills N         points at which a feed is killed (usually 16, with --full each of them)
  --households N    households whose periodic reviews fall due (usually 6, with --full 24)
  --province N      households of the province whose planted truth is looked for (usually 450, with --full 3,000)
  --days N          nights that are lived through (usually 430, with --full 730: 24 months)
  --seed N          of what feeds say, and of when people do what is due (usually 1)`;

/** The table of a run is thrown away with it: in memory, where there is a folder for that, no disk is waited for. */
const memory = '/dev/shm';
if (process.env['TMPDIR'] === undefined && existsSync(memory)) process.env['TMPDIR'] = memory;

const say = (text: string): void => console.error(`monitoring: ${text}`);
const refuse = (text: string): never => {
  console.error(`${text}\n${usage}`);
  process.exit(2);
};

const options = {
  full: { type: 'boolean', default: false },
  parts: { type: 'string' },
  permutations: { type: 'string' },
  files: { type: 'string' },
  kills: { type: 'string' },
  households: { type: 'string' },
  days: { type: 'string' },
  province: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const asked = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};
const values = asked();
/** A number that was asked for, or the usual one of the short form or the full one. */
const numberOf = (
  option: 'permutations' | 'files' | 'kills' | 'households' | 'days' | 'province' | 'seed',
  short: number,
  full: number,
): number => {
  const given = values[option] ?? String(values.full ? full : short);
  return /^[1-9]\d{0,6}$/u.test(given)
    ? Number(given)
    : refuse(`--${option} is to be a whole number from 1 on, not "${given}"`);
};
const seed = numberOf('seed', 1, 1);

/** What a part measured, and what was not as it has to be. */
interface Proven {
  readonly measures: readonly Measure[];
  readonly violations: readonly string[];
}

const parts: Readonly<Record<string, () => Promise<Proven>>> = {
  permutations: async () => {
    const wanted = numberOf('permutations', 2_000, 20_000);
    say(`ten feeds in ${wanted} orders, doubled and split, seed ${seed}`);
    const { permutations, given, violations } = await runPermutations(wanted, seed);
    const measures = [
      told('permutations of ten feeds', permutations, 'permutations'),
      told('times facts were given', given, 'times'),
      atMost('permutations that lead to another roster', violations.length, 'permutations', 0),
    ];
    return { measures, violations };
  },
  kills: async () => {
    const wanted = values.full && values.kills === undefined ? null : numberOf('kills', 16, 16);
    say(`two files of departments, killed at ${wanted ?? 'all'} points, seed ${seed}`);
    const { points, kills, violations } = await runFeedKills(wanted, seed);
    const measures = [
      told('points at which a step of a feed can die', points, 'points'),
      told('feeds that were killed and resumed', kills, 'kills'),
      atMost('killed feeds that end otherwise', violations.length, 'feeds', 0),
    ];
    return { measures, violations };
  },
  files: async () => {
    const wanted = numberOf('files', 200, 2_000);
    say(`ten files in ${wanted} orders, doubled and split, through the comparison, seed ${seed}`);
    const { permutations, files, violations } = await runFilePermutations(wanted, seed);
    const measures = [
      told('permutations of ten files', permutations, 'permutations'),
      told('files handed in', files, 'files'),
      atMost('permutations of files that lead to another roster or count', violations.length, 'permutations', 0),
    ];
    return { measures, violations };
  },
  reviews: async () => {
    const [households, days] = [numberOf('households', 6, 24), numberOf('days', 430, 730)];
    say(`${days} nights with ${households} households, seed ${seed}`);
    const { households: looked, due, tasks, done, violations } = await provenReviews({ households, days, seed }, say);
    const measures = [
      told('nights', days, 'nights'),
      told('households, with those that were taken over', looked, 'households'),
      atLeast('reviews that fell due', due, 'reviews', 1),
      told('tasks made', tasks, 'tasks'),
      told('reviews done', done, 'reviews'),
      atMost(
        'reviews without a task, tasks without a review, and what the recount finds',
        violations.length,
        'violations',
        0,
      ),
    ];
    return { measures, violations };
  },
  truth: async () => {
    const households = numberOf('province', 450, 3_000);
    say(`${households} households of two counties with what is wrong with them, seed ${seed}`);
    const found = await provenTruth({ households, seed: `two counties ${seed}` }, say);
    return { measures: truthMeasures(found), violations: found.violations };
  },
};

const chosen = values.parts?.split(',') ?? Object.keys(parts);
for (const part of chosen) if (parts[part] === undefined) refuse(`there is no part "${part}"`);
const proven: Proven[] = [];
for (const part of chosen) proven.push((await parts[part]?.()) ?? { measures: [], violations: [] });
const violations = proven.flatMap((each) => each.violations);
for (const violation of violations.slice(0, 10)) console.error(`VIOLATION ${violation} (seed ${seed})`);
const measures = [...proven.flatMap((each) => each.measures), atMost('violations', violations.length, 'violations', 0)];
process.exitCode = print({ name: 'monitoring', measures }, values.json) ? 0 : 1;
