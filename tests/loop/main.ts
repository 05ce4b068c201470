/** Proves what the closed loop promises, at length: `npm run loop`. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atLeast, atMost, print, told } from '../../bench/report.ts';
import { startRoster } from '../support/roster.ts';
import { runClaims } from './claims.ts';
import { type ClockCounts, runClock } from './clock.ts';
import { type ReferralCounts, runReferrals } from './referrals.ts';

const usage = `Usage: npm run loop -- [--full] [--claims N] [--households N] [--seed N] [--json]
  --claims N      claims of one item for one person and period, by competing offices (usually 500, with --full 10,000)
  --households N  households whose referrals are followed to their end at fourteen flaky agencies (usually 32, with --full 2,000)
  --seed N        of what agencies and officers do, and of when the platform is killed (usually 1)`;

/** The table of a run is thrown away with it: in memory, where there is a folder for that, no disk is waited for. */
const memory = '/dev/shm';
if (process.env['TMPDIR'] === undefined && existsSync(memory)) process.env['TMPDIR'] = memory;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    claims: { type: 'string' },
    households: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
/** A number that was asked for, or the usual one. */
const numberOf = (option: 'claims' | 'households' | 'seed', usual: string): number => {
  const given = values[option] ?? usual;
  if (/^[1-9]\d{0,6}$/u.test(given)) return Number(given);
  console.error(`--${option} is to be a whole number from 1 on, not "${given}"\n${usage}`);
  process.exit(2);
};
const claims = numberOf('claims', values.full ? '10000' : '500');
const households = numberOf('households', values.full ? '2000' : '32');
const seed = numberOf('seed', '1');
/** So often the platform is killed while the referrals go their way. */
const kills = 10;

const ofReferrals = (counts: ReferralCounts) => {
  const { agencies, broken, doubled, lost, lateUnseen } = counts;
  for (const violation of broken.slice(0, 10)) console.error(`VIOLATION ${violation} (seed ${seed})`);
  const unexpected = agencies.unexpected + agencies.wrongTaken + agencies.callsForged;
  return [
    told('households with referrals', counts.households, 'households'),
    told('referrals', counts.referrals, 'referrals'),
    told('closed', counts.closed, 'referrals'),
    told('withdrawn', counts.withdrawn, 'referrals'),
    told('escalated and still open', counts.escalated, 'referrals'),
    atMost('neither over nor escalated', lost, 'referrals', 0),
    told('steps that were late, and escalated', counts.lateSteps, 'steps'),
    atMost('late without escalation', lateUnseen, 'referrals', 0),
    told('effects at the agencies', counts.effects, 'effects'),
    atMost('effects doubled', doubled.length, 'effects', 0),
    told('calls of departments', agencies.calls, 'calls'),
    told('calls that came twice and were dropped', agencies.callsDropped, 'calls'),
    told('wrong bodies, all of them refused', agencies.wrong, 'requests'),
    atMost('answers that should not be', unexpected, 'answers', 0),
    atLeast('kills of the platform', counts.kills, 'kills', kills),
    atMost('found by the recount', broken.length, 'violations', 0),
  ];
};

const ofClock = (counts: ClockCounts) => {
  for (const violation of counts.violations.slice(0, 10)) console.error(`VIOLATION ${violation}`);
  return [
    told('deadlines set', counts.deadlines, 'deadlines'),
    told('hours looked at', counts.hours, 'hours'),
    atLeast('met in the last second', counts.met, 'deadlines', 1),
    atLeast('extended with a reason', counts.extended, 'deadlines', 1),
    atLeast('escalated in the hour', counts.escalated, 'deadlines', 1),
    atLeast('ended in the hour', counts.ended, 'notices', 1),
    atMost('deadlines missed, or acted on too early', counts.violations.length, 'violations', 0),
  ];
};

const clock = async (): Promise<ClockCounts> => {
  const own = await startRoster();
  try {
    return await runClock(own);
  } finally {
    await own.stop();
  }
};

const roster = await startRoster();
try {
  console.error(`loop: ${claims} claims of the same item by competing offices`);
  const counts = await runClaims(roster, claims);
  const measures = [
    told('claims', counts.claims, 'claims'),
    atLeast('claims that stand', counts.standing, 'claims', 1),
    atMost('claims that stand beside another', counts.standing - 1, 'claims', 0),
    told('refused and told why', counts.toldWhy, 'claims'),
    atMost('refused without a reason, or with too much', counts.untold, 'claims', 0),
    atMost('without an answer', counts.lost, 'claims', 0),
  ];
  console.error('loop: every deadline, with the clock moved past it hour by hour');
  const deadlines = await clock();
  measures.push(...ofClock(deadlines));
  console.error(`loop: the referrals of ${households} households at fourteen flaky agencies, seed ${seed}`);
  const referrals = await runReferrals(households, kills, seed, (text) => console.error(`loop: ${text}`));
  const { broken, doubled, lost, lateUnseen } = referrals;
  const violations =
    counts.violations + deadlines.violations.length + broken.length + doubled.length + lost + lateUnseen;
  measures.push(...ofReferrals(referrals), atMost('violations', violations, 'violations', 0));
  process.exitCode = print({ name: 'loop', measures }, values.json) ? 0 : 1;
} finally {
  await roster.stop();
}
