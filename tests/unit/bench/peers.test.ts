import { describe, expect, test } from 'vitest';
import { deciderFor } from '../../../bench/decider.ts';
import { disagreements } from '../../../bench/peers/disagreements.ts';
import { jsonLogicEngine } from '../../../bench/peers/json-logic-engine.ts';
import { jsonRulesEngine } from '../../../bench/peers/json-rules-engine.ts';
import type { PeerBuilder } from '../../../bench/peers/peer.ts';
import { zenEngine, zenEngineUntraced } from '../../../bench/peers/zen-engine.ts';
import { completeHouseholds } from '../../../bench/rules-households.ts';
import { LocalDate } from '../../../domain/dates.ts';
import type { PolicyPack } from '../../../domain/policy/policy-pack.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';

const date = LocalDate.parse('2026-03-02');
const decider = deciderFor(shanxiPack, date);
const households = completeHouseholds(300, date, decider.evaluation);

const peers: readonly (readonly [string, PeerBuilder])[] = [
  ['json-rules-engine', jsonRulesEngine],
  ['json-logic-engine', jsonLogicEngine],
  ['zen-engine', zenEngine],
  ['zen-engine without its own trace', zenEngineUntraced],
];

const differencesWith = async (build: PeerBuilder, pack: PolicyPack): Promise<string[]> => {
  const found = await disagreements(build(pack, date), decider, households);
  return found.map((text) => text.slice(text.indexOf(': ') + 2));
};

const withParameter = (key: 'marginal.multiple' | 'extreme-hardship.age_from', value: number): PolicyPack => ({
  ...shanxiPack,
  parameters: {
    ...shanxiPack.parameters,
    [key]: shanxiPack.parameters[key].map((dated) => ({ ...dated, value })),
  },
});

describe('the households that are measured', () => {
  test('are the same every time, of several tiers and sizes', () => {
    expect(completeHouseholds(300, date, decider.evaluation)).toEqual(households);
    const tiers = new Set(households.map((household) => decider.evaluation(household).householdTier));
    expect(tiers.size).toBeGreaterThanOrEqual(5);
    expect(new Set(households.map(({ members }) => members.length)).size).toBeGreaterThanOrEqual(4);
  });
});

describe.each(peers)('%s', (_, build) => {
  test('writes the decision that Hearth writes, byte for byte', async () => {
    expect(await differencesWith(build, shanxiPack)).toEqual([]);
  });

  test('is found out when one of its thresholds is another', async () => {
    const marginal = await differencesWith(build, withParameter('marginal.multiple', 1.3));
    expect(marginal.filter((text) => text.startsWith('tests marginal.income'))).not.toEqual([]);
    expect(marginal.filter((text) => text.startsWith('householdTier: "MARGINAL"'))).not.toEqual([]);
    const older = await differencesWith(build, withParameter('extreme-hardship.age_from', 65));
    expect(older.filter((text) => /work-capacity result: "pass", not "fail"/u.test(text))).not.toEqual([]);
  });

  test('refuses a pack whose choices its rules are not written for', () => {
    const { 'mla.income_comparison': comparison } = shanxiPack.parameters;
    const parameters = {
      ...shanxiPack.parameters,
      'mla.income_comparison': comparison.map((dated) => ({ ...dated, value: '<=' as const })),
    };
    expect(() => build({ ...shanxiPack, parameters }, date)).toThrow('mla.income_comparison');
  });
});
