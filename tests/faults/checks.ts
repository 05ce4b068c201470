import { z } from 'zod';
import { invariantsOfRecords } from '../../demo/invariants.ts';
import type { Execution } from '../../local/workflows/journal.ts';
import { rivalSubject } from './rival.ts';
import type { Records, World } from './world.ts';

/** What a run has left behind, without ids and times: an undisturbed run and a disturbed one leave the same. */
export type Shape = Readonly<Record<string, number>>;

const Row = z.looseObject({ pk: z.string(), sk: z.string(), state: z.string().optional() });
const Entry = z.looseObject({ type: z.string(), subject: z.string(), records: z.array(z.string()) });

/** Lateness that a sweep made visible belongs to the hours that passed, not to what was done. */
const ofTheHours = new Set(['TaskReminded', 'TaskEscalated', 'ReferralReminded', 'ReferralEscalated']);
/** Written once by design and not counted: heads of segments move part by part. */
const counted = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

export const shapeOf = ({ roster, audit }: Records, world: World): Shape => {
  const counts: Record<string, number> = {};
  for (const row of roster.map((item) => Row.parse(item))) {
    const kind = row.pk.split('#')[0] ?? '';
    counted(counts, [kind, row.sk === 'STATE' ? row.state : row.sk.split('#')[0]].filter(Boolean).join(' '));
  }
  // What changes no record only announces once more what had happened before.
  for (const { type, subject, records } of audit.map((item) => Entry.parse(item)))
    if (subject !== rivalSubject && !ofTheHours.has(type) && records.length > 0) counted(counts, `event ${type}`);
  for (const { machine } of world.executions()) counted(counts, `execution of ${machine.split(':').at(-1)}`);
  return counts;
};

/** Where two shapes differ. */
export const differences = (wanted: Shape, found: Shape): readonly string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${found[name] ?? 0} x ${name} instead of ${wanted[name] ?? 0}`);

/** Tasks that wait for somebody although their review is over. */
const orphans = ({ roster }: Records): readonly string[] => {
  const rows = roster.map((item) => Row.parse(item));
  const reviews = new Map(rows.filter(({ pk }) => pk.startsWith('REVIEW#')).map((row) => [row['reviewId'], row.state]));
  return rows
    .filter(
      ({ pk, sk, state }) => pk.startsWith('TASK#') && sk === 'STATE' && (state === 'open' || state === 'escalated'),
    )
    .filter(({ kind }) => kind !== 'policy-change-check')
    .filter(({ reviewId }) => ['concluded', 'cancelled', undefined].includes(reviews.get(reviewId)))
    .map(({ pk }) => `${pk} is open and its review is over`);
};

const published = ({ roster }: Records): readonly string[] =>
  roster
    .map((item) => Row.parse(item))
    .filter(({ pk, sk, state }) => pk.startsWith('NOTICE#') && sk === 'STATE' && state === 'published')
    .map(({ pk }) => `${pk} is still in public`);

/** What is under way but for referrals, which wait for departments for weeks after a review is over. */
export const reviewsUnderWay = (world: World): readonly Execution[] =>
  world.executions().filter(({ status, machine }) => status === 'RUNNING' && !/:referral(?:-push)?$/u.test(machine));

const runningOn = (world: World): readonly string[] =>
  reviewsUnderWay(world).map(({ name }) => `${name} has not ended`);

/** A referral that is open is followed by one workflow that runs, and one that is over by none. */
const unfollowed = ({ roster }: Records, world: World): readonly string[] => {
  // Without a review of this run the referrals came with the records that it began with, and their workflows did not.
  if (!world.executions().some(({ machine }) => machine.endsWith(':classified-review'))) return [];
  const running = new Set(
    world
      .executions()
      .filter(({ status }) => status === 'RUNNING')
      .map(({ name }) => name),
  );
  return roster
    .map((item) => Row.parse(item))
    .filter(({ pk, sk }) => pk.startsWith('REFERRAL#') && sk === 'STATE')
    .filter(({ pk, state }) => running.has(pk.replace('REFERRAL#', 'referral-')) === isOver(state))
    .map(({ pk, state }) => `${pk} is ${state} and ${isOver(state) ? 'still followed' : 'followed by nobody'}`);
};
const isOver = (state: string | undefined): boolean => state === 'closed' || state === 'withdrawn';

/** Everything that must be so when a run has come to rest; empty when it is. */
export const violationsAtRest = (world: World, records: Records, secrets: readonly string[]): readonly string[] => [
  ...invariantsOfRecords(records as never, secrets).flatMap(({ name, violations }) =>
    violations.map((id) => `not so of ${id}: ${name.en}`),
  ),
  ...orphans(records),
  ...published(records),
  ...runningOn(world),
  ...unfollowed(records, world),
];
