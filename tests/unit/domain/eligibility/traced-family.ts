import type { TestInput, TestThreshold } from '../../../../domain/eligibility/evaluation.ts';
import { type FactKind, factKinds } from '../../../../domain/facts/fact-kinds.ts';
import type { Household } from '../../../../domain/households/household.ts';
import type { HouseholdId, PersonId } from '../../../../domain/ids.ts';
import { parameterOn, standardOn } from '../../../../domain/policy/look-up.ts';
import type { ParameterKey } from '../../../../domain/policy/parameters.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { date, householdOf, person, today, yuan } from '../household-builder.ts';

export const [worker, parent, child] = [person(1), person(2), person(3)];

/** A family on the allowance of which every test has something to say: one able to work who refuses it, an old parent, an ill child. */
export const family: Household = {
  ...householdOf(
    [
      {
        facts: {
          'income.wages': yuan(6_000),
          'income.exempt': yuan(100),
          'income.basic-pension': yuan(120),
          'work.refusals': 3,
          'employment.started-on': '2026-08-24',
        },
      },
      {
        relation: 'parent',
        birthDate: date('1950-01-01'),
        facts: { 'income.other': yuan(600), 'supporters.capable': 0, 'self-care.failed': 2 },
      },
      {
        relation: 'child',
        birthDate: date('2015-05-01'),
        facts: { 'disability': { category: 'visual', level: 2 }, 'illness.major': true },
      },
    ],
    {
      facts: {
        'asset.financial': yuan(1_000),
        'expenditure.medical': yuan(900),
        'expenditure.education': yuan(50),
        'exit.on': '2025-11-23',
        'allowance.paid': yuan(700),
        'monitoring.poverty-return': 'at-risk',
      },
    },
  ),
  tier: 'MINIMUM_LIVING_ALLOWANCE',
};

/** What the pack has in force. The rules cite it word for word, so these tests read it there, and the pack's own tests read the law. */
export const inForce = (key: ParameterKey) => {
  const dated = parameterOn(shanxiPack, key, today);
  if (dated === null) throw new Error(`the pack has no ${key}`);
  return dated;
};
export const standard = (settlement: 'urban' | 'rural') => {
  const found = standardOn(shanxiPack, family.registeredDivision, settlement, today);
  if (found === null) throw new Error('the pack has no standard');
  return found;
};
export const cited = (...keys: ParameterKey[]): string => keys.map((key) => inForce(key).citation).join('; ');

export const factOf = (kind: FactKind, subject: HouseholdId | PersonId, value: TestInput['value']): TestInput => ({
  name: kind,
  subject,
  value,
  unit: factKinds[kind].unit,
  dataset: 'declaration',
  asOf: date('2026-10-01'),
  ageDays: 54,
});
export const derived = (name: string, value: TestInput['value'], unit: string): TestInput => ({
  name,
  subject: null,
  value,
  unit,
  dataset: 'derived',
  asOf: null,
  ageDays: null,
});
export const ofPack = (
  name: string,
  dated: { value: unknown; unit: string; validFrom: TestInput['asOf'] },
): TestInput => ({
  name,
  subject: null,
  value: dated.value as TestInput['value'],
  unit: dated.unit,
  dataset: 'policy',
  asOf: dated.validFrom,
  ageDays: null,
});
export const lineAt = (key: ParameterKey, value: number, unit: string): TestThreshold => {
  const { validFrom, basis } = inForce(key);
  return { parameter: key, value, unit, validFrom, basis };
};
export const atStandard = (): TestThreshold => {
  const { validFrom, basis, value } = standard('rural');
  return { parameter: 'mla.standard.rural', value, unit: 'fen-per-month', validFrom, basis };
};
export const overStandard = (key: ParameterKey): string => `${cited(key)}; standard: ${standard('rural').citation}`;
