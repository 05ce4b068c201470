import { nameOf, runner } from './run.ts';
import { siteTrials } from './campaign.ts';
import { startWorld } from './world.ts';
const world = await startWorld();
const { record, run } = runner(world);
for (const scenario of ['referral', 'policy']) {
  const o = await record(scenario);
  console.log(scenario, o.violations, o.sites.length, JSON.stringify(o.shape));
}
const { sites } = await record('referral');
const mine = siteTrials('referral', sites.filter((s) => /REFERRAL|PLAN|await-referral#1 |StartExecution referral|referrals#[12] /u.test(s) && !/Query/u.test(s)));
console.log(mine.length);
const begun = Date.now();
const trials = [{ scenario: 'referral', stream: 'lost' as const }, ...mine.filter((_, i) => i % Math.ceil(mine.length / 70) === 0)];
let n = 0; 
for (const t of trials) {
  if (Date.now() - begun > 330_000) break;
  n += 1;
  try { const { violations } = await run(t); if (violations.length > 0) console.log(nameOf(t), violations); } catch (e) { console.log(nameOf(t), String(e)); }
}
console.log('runs', n);
await world.stop();
process.exit(0);
