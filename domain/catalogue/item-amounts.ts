import type { PersonId } from '../ids.ts';
import { Fen } from '../money.ts';
import { parameterOn, standardOn } from '../policy/look-up.ts';
import { type ParameterKey, parameterKinds } from '../policy/parameters.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { CatalogueItem } from './catalogue.ts';
import type { ItemStates } from './item-states.ts';

/**
 * What an amount says: `exact` is what is paid, `at-most` a ceiling, `set-by-department` money whose figure is not known here,
 * `by-bill` a step of the waterfall that needs a bill, and `none` no money at all.
 */
export const amountMeanings = ['exact', 'at-most', 'set-by-department', 'by-bill', 'none'] as const;
export type AmountIs = (typeof amountMeanings)[number];

interface ItemAmount {
  readonly amount: Fen | null;
  readonly amountIs: AmountIs;
}

const none: ItemAmount = { amount: null, amountIs: 'none' };
const setByDepartment: ItemAmount = { amount: null, amountIs: 'set-by-department' };
const byBill: ItemAmount = { amount: null, amountIs: 'by-bill' };

const isParameter = (key: string): key is ParameterKey => Object.hasOwn(parameterKinds, key);

/** So many months of the standard of the place whose standard the household has; not known where there is none. */
const monthsOfStandard = (parameter: string, { context, on }: ItemStates, policy: PolicyPack): ItemAmount => {
  const months = isParameter(parameter) ? parameterOn(policy, parameter, on.date)?.value : null;
  const { registeredDivision, residenceDivision, settlement } = context.household;
  const place = parameterOn(policy, 'standard.place', on.date)?.value;
  const division = place === 'registered' ? registeredDivision : residenceDivision;
  const standard = standardOn(policy, division, settlement, on.date);
  if (typeof months !== 'number' || standard === null) return setByDepartment;
  return { amount: Fen.parse(standard.value * months), amountIs: 'at-most' };
};

const determined = ({ evaluation }: ItemStates, code: string, personId: PersonId | null): ItemAmount => {
  for (const entitlement of evaluation.entitlements) {
    if (entitlement.item === code && entitlement.personId === personId) {
      return { amount: entitlement.amount, amountIs: 'exact' };
    }
  }
  return none;
};

/** The amount of an item for a subject, in whole fen, and what it says. */
export const amountOf = (
  { code, amount }: CatalogueItem,
  states: ItemStates,
  personId: PersonId | null,
  policy: PolicyPack,
): ItemAmount => {
  switch (amount.rule) {
    case 'determined':
      return determined(states, code, personId);
    case 'fixed':
      return { amount: Fen.parse(amount.value), amountIs: 'exact' };
    case 'months-of-standard':
      return monthsOfStandard(amount.parameter, states, policy);
    case 'waterfall':
      return byBill;
    case 'set-by-department':
      return setByDepartment;
    default:
      return none;
  }
};
