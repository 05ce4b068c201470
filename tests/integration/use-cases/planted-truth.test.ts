import { afterAll, expect, test } from 'vitest';
import { createPolicies } from '../../../domain/policy-versions/policies.ts';
import { knownDivision } from '../../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { runTruth } from '../../monitoring/truth/truth.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

const opened: TestRoster[] = [];
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const small = { households: 80, seed: 'a small province' };
const quietly = (): void => undefined;

/** A roster with one rule of the delivered pack written otherwise. */
const rosterWith = async (code: string, condition: string): Promise<TestRoster> => {
  const roster = await startRoster();
  opened.push(roster);
  const { store, dependencies } = roster;
  const alertRules = shanxiPack.alertRules.map((rule) =>
    rule.code === code && 'condition' in rule.when ? { ...rule, when: { ...rule.when, condition } } : rule,
  );
  const builtIn = { ...shanxiPack, alertRules };
  const policies = createPolicies({ store, builtIn, isKnownDivision: knownDivision, now: dependencies.now });
  return { ...roster, dependencies: { ...dependencies, policies } };
};

test('what was planted in a small province is found, and nothing else', async () => {
  const roster = await startRoster();
  opened.push(roster);
  const { rules, violations } = await runTruth(roster, small, quietly);
  expect(violations).toEqual([]);
  expect(rules.get('assets.business')?.found).toBeGreaterThan(0);
});

test('a rule whose threshold has slipped is found out, whichever way it slipped', async () => {
  const stricter = await runTruth(await rosterWith('assets.business', 'household.businesses >= 2'), small, quietly);
  expect(stricter.violations).toContainEqual(expect.stringMatching(/^assets\.business: \d+ of \d+ are not found$/u));
  const looser = await runTruth(await rosterWith('assets.business', 'household.businesses >= 0'), small, quietly);
  expect(looser.violations).toContainEqual(expect.stringMatching(/^assets\.business: \d+ found that are none$/u));
});
