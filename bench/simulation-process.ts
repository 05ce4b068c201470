import { closeSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { digest } from '../adapters/runtime.ts';
import { LocalDate } from '../domain/dates.ts';
import { compare } from '../domain/policy-versions/compare.ts';
import { addTallies, type Counted, emptyTally, tallyOf } from '../domain/policy-versions/tally.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { asked, report } from './child.ts';
import { deciderFor } from './decider.ts';
import { householdIn } from './roster-household.ts';
import { eachLine } from './roster-lines.ts';
import { raisedRuralStandards } from './simulation-draft.ts';

/** One run over a roster file in one thread: every household decided once, or a draft simulated on it. */
const { path, bytes, date, output } = asked(
  z.strictObject({ path: z.string(), bytes: z.int(), date: LocalDate, output: z.string() }),
);
/** As many households as a segment of the state machine: their counts are added up and their lines written out together. */
const segment = 500;

const decideOnce = (): number => {
  const { evaluation } = deciderFor(shanxiPack, date);
  let households = 0;
  eachLine(path, { from: 0, to: bytes }, (buffer, start, end) => {
    evaluation(householdIn(buffer, start, end));
    households += 1;
  });
  return households;
};

const simulate = () => {
  const packs = { base: shanxiPack, draft: raisedRuralStandards(shanxiPack, date), date };
  const list = openSync(output, 'w');
  let tally = emptyTally;
  let counted: Counted[] = [];
  const finish = (): void => {
    tally = addTallies([tally, ...counted.map(tallyOf)]);
    const lines = counted.flatMap(({ line }) => (line === null ? [] : [`${JSON.stringify(line)}\n`]));
    if (lines.length > 0) writeSync(list, lines.join(''));
    counted = [];
  };
  try {
    eachLine(path, { from: 0, to: bytes }, (buffer, start, end) => {
      counted.push(compare(digest, householdIn(buffer, start, end), 1, packs));
      if (counted.length === segment) finish();
    });
    finish();
  } finally {
    closeSync(list);
  }
  return tally;
};

const begin = process.hrtime.bigint();
const tally = output === '' ? { ...emptyTally, households: decideOnce() } : simulate();
const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
const sum = (what: 'before' | 'after' | 'costBefore' | 'costAfter'): number =>
  tally.counts.reduce((total, count) => total + count[what], 0);
report({
  milliseconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  households: tally.households,
  counted: [sum('before'), sum('after')],
  changes: tally.changes,
  moreCost: sum('costAfter') - sum('costBefore'),
});
