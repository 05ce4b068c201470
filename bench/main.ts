import { parseArgs } from 'node:util';
import { intake } from './intake.ts';
import { print, type Report } from './report.ts';
import { units } from './units.ts';

/** `npm run bench -- <name> [--json]` */
const benches: Readonly<Record<string, (progress: (text: string) => void) => Promise<Report>>> = { intake, units };
const usage = `Usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]`;

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const bench = benches[positionals[0] ?? ''];
if (bench === undefined || positionals.length !== 1) {
  console.error(usage);
  process.exit(2);
}
const report = await bench((text) => console.error(`${positionals[0]}: ${text}`));
process.exitCode = print(report, values.json) ? 0 : 1;
