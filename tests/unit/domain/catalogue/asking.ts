import { itemReasonIn } from '../../../../domain/catalogue/item-wording.ts';
import { type ItemDecision, itemsOf } from '../../../../domain/catalogue/items.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { type PolicyPack, parsePolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../../../policies/shanxi/pack.ts';
import { date, decide, householdOf, type MemberOptions, person, today, yuan } from '../household-builder.ts';

export const itemsFor = (household: Household, pack: PolicyPack = shanxiPack, on = today) =>
  itemsOf(decide(household, pack, on), household, pack, on);
export const one = (household: Household, code: string, of: number | null = null, pack?: PolicyPack): ItemDecision => {
  const found = itemsFor(household, pack).find(
    (decision) => decision.code === code && decision.personId === (of === null ? null : person(of)),
  );
  if (found === undefined) throw new Error(`no item ${code}`);
  return found;
};
export const said = (decision: ItemDecision) => [
  itemReasonIn(decision.reason, 'en'),
  itemReasonIn(decision.reason, 'zh'),
];
export const year = (yuanPerMonth: number, heads: number): number => yuan(yuanPerMonth * 12 * heads);

export const onAllowance = (facts: Record<string, unknown> = {}, member: MemberOptions = {}) =>
  householdOf(
    [{ facts: { 'income.wages': year(300, 2) } }, { ...member, facts: { 'income.other': 0, ...member.facts } }],
    { facts },
  );
export const marginal = (member: MemberOptions = {}) =>
  householdOf([
    { facts: { 'income.wages': year(600, 2) } },
    { ...member, facts: { 'income.other': 0, ...member.facts } },
  ]);
export const rich = (facts: Record<string, unknown> = {}) =>
  householdOf([{ facts: { 'income.wages': year(9_000, 1) } }], { facts });
export const oldAndAlone = (facts: Record<string, unknown> = {}) =>
  householdOf([
    {
      birthDate: date('1940-01-01'),
      facts: { 'income.wages': 0, 'supporters.capable': 0, 'self-care.failed': 2, ...facts },
    },
  ]);

/** The pack with other items, or more exclusions. */
export const packWithItems = (
  change: (items: typeof shanxiPackData.catalogue) => unknown[],
  exclusions: unknown[] = [],
): PolicyPack =>
  parsePolicyPack(
    {
      ...shanxiPackData,
      version: 'shanxi-2026.9',
      catalogue: change(structuredClone(shanxiPackData.catalogue)),
      exclusions: [...shanxiPackData.exclusions, ...exclusions],
    },
    () => true,
  );
