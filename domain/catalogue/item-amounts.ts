import type { PersonId } from '../ids.ts';
import { Fen } from '../money.ts';
import { isParameterKey } from '../policy/parameters.ts';
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

/** So many months of the standard of the place whose standard the household has; not known where there is none. */
const monthsOfStandard = (parameter: string, { context, on: { plan } }: ItemStates): ItemAmount => {
  const months = isParameterKey(parameter) ? plan.settings[parameter].value : null;
  const { registeredDivision, residenceDivision, settlement } = context.household;
  const byRegistration = plan.settings['standard.place'].value === 'registered';
  const place = plan.placeOf(byRegistration ? registeredDivision : residenceDivision, settlement);
  if (typeof months !== 'number' || place === null) return setByDepartment;
  return { amount: Fen.parse(place.standard.value * months), amountIs: 'at-most' };
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
): ItemAmount => {
  switch (amount.rule) {
    case 'determined':
      return determined(states, code, personId);
    case 'fixed':
      return { amount: Fen.parse(amount.value), amountIs: 'exact' };
    case 'months-of-standard':
      return monthsOfStandard(amount.parameter, states);
    case 'waterfall':
      return byBill;
    case 'set-by-department':
      return setByDepartment;
    default:
      return none;
  }
};
