import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import type { Household } from '../domain/households/household.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { asked, report } from './child.ts';
import { type Decider, deciderFor } from './decider.ts';
import { disagreements } from './peers/disagreements.ts';
import { jsonLogicEngine } from './peers/json-logic-engine.ts';
import { jsonRulesEngine, jsonRulesEngineCompact } from './peers/json-rules-engine.ts';
import type { Peer } from './peers/peer.ts';
import { zenEngine, zenEngineUntraced } from './peers/zen-engine.ts';
import { fewAndMany } from './rules-counts.ts';
import { completeHouseholds } from './rules-households.ts';
import { type Contender, inTurns } from './rules-rounds.ts';

/** One of the processes of `bench -- rules`: checks that all decide alike, then lets them take turns. */
const { households: count, rounds } = asked(z.strictObject({ households: z.int(), rounds: z.int() }));
const date = LocalDate.parse('2026-03-02');
/** A compact decision is at most 512 bytes; more room shows when one is not. */
const room = 65_536;

const encoder = new TextEncoder();
const target = new Uint8Array(room);

/** Puts a peer's text into bytes, as whoever sends or stores it must; Hearth writes bytes to begin with. */
const written = (text: string): number => encoder.encodeInto(text, target).written;

const inFull = (name: string, { traceBytes }: Decider, households: readonly Household[]): Contender => ({
  name,
  pass: () => {
    let sum = 0;
    for (const household of households) sum += traceBytes(household).length;
    return sum;
  },
});

const compact = ({ compactInto }: Decider, households: readonly Household[]): Contender => {
  const buffer = new Uint8Array(room);
  return {
    name: 'hearth, compact',
    pass: () => {
      let sum = 0;
      for (const household of households) sum += compactInto(household, buffer, 0);
      return sum;
    },
  };
};

const contenderOf = ({ name, decide }: Peer, households: readonly Household[]): Contender => ({
  name,
  pass: () => {
    let sum = 0;
    let index = 0;
    for (; index < households.length; index += 1) {
      const household = households[index];
      if (household === undefined) continue;
      const text = decide(household);
      if (typeof text !== 'string') break;
      sum += written(text);
    }
    if (index === households.length) return sum;
    return (async () => {
      for (const household of households) sum += written(await decide(household));
      return sum;
    })();
  },
});

const decider = deciderFor(shanxiPack, date);
const households = completeHouseholds(count, date, decider.evaluation);
const peers = [jsonRulesEngine, jsonLogicEngine, zenEngine, zenEngineUntraced].map((build) => build(shanxiPack, date));
for (const peer of peers) {
  const found = await disagreements(peer, decider, households);
  if (found.length > 0) throw new Error(`${peer.name} does not decide as Hearth does: ${found.slice(0, 5).join('; ')}`);
}
for (const household of households) {
  if (decider.traceText(household) !== decider.expectedText(household)) {
    throw new Error(`the text of ${household.householdId} is not its evaluation`);
  }
  const replayed = decider.replayed(household, target.subarray(0, decider.compactInto(household, target, 0)));
  if (JSON.stringify(replayed) !== JSON.stringify(decider.evaluation(household))) {
    throw new Error(`the compact form of ${household.householdId} is not its evaluation`);
  }
}

const counts = fewAndMany(shanxiPack, date, households);
const whole = await inTurns(
  [
    inFull('hearth', decider, households),
    compact(decider, households),
    ...[...peers, jsonRulesEngineCompact(shanxiPack, date)].map((peer) => contenderOf(peer, households)),
  ],
  households.length,
  rounds,
);
const byCount = await inTurns(
  [inFull('25 tests', counts.few, counts.households), inFull('40 tests', counts.many, counts.households)],
  counts.households.length,
  rounds * 2,
);
const first = households[0];
if (first === undefined) throw new RangeError('there is no household');
report({
  costs: { ...whole, ...byCount },
  compared: counts.households.length,
  testsEach: households.reduce((sum, each) => sum + decider.evaluation(each).tests.length, 0) / households.length,
  largestCompact: Math.max(...households.map((each) => decider.compactInto(each, target, 0))),
  bytes: decider.traceBytes(first).length,
});
