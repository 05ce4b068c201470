/** Proves what the closed loop promises, at length: `npm run loop`. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atLeast, atMost, print, told } from '../../bench/report.ts';
import { startRoster } from '../support/roster.ts';
import { runClaims } from './claims.ts';

const usage = `Usage: npm run loop -- [--full] [--claims N] [--json]
  --claims N  claims of one item for one person and period, by competing offices (usually 500, with --full 10,000)`;

/** The table of a run is thrown away with it: in memory, where there is a folder for that, no disk is waited for. */
const memory = '/dev/shm';
if (process.env['TMPDIR'] === undefined && existsSync(memory)) process.env['TMPDIR'] = memory;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    claims: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const claims = values.claims ?? (values.full ? '10000' : '500');
if (!/^[1-9]\d{0,6}$/u.test(claims)) {
  console.error(`--claims is to be a whole number from 1 on, not "${claims}"\n${usage}`);
  process.exit(2);
}

const roster = await startRoster();
try {
  console.error(`loop: ${claims} claims of the same item by competing offices`);
  const counts = await runClaims(roster, Number(claims));
  const measures = [
    told('claims', counts.claims, 'claims'),
    atLeast('claims that stand', counts.standing, 'claims', 1),
    atMost('claims that stand beside another', counts.standing - 1, 'claims', 0),
    told('refused and told why', counts.toldWhy, 'claims'),
    atMost('refused without a reason, or with too much', counts.untold, 'claims', 0),
    atMost('without an answer', counts.lost, 'claims', 0),
    atMost('violations', counts.violations, 'violations', 0),
  ];
  process.exitCode = print({ name: 'loop', measures }, values.json) ? 0 : 1;
} finally {
  await roster.stop();
}
