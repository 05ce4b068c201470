import type { CatalogueItem } from '../catalogue/catalogue.ts';
import { catalogueOn } from '../catalogue/catalogue-on.ts';
import { type ItemStates, itemStates, resultIn, turnTo } from '../catalogue/item-states.ts';
import { type PersonTier, personTierOf } from '../catalogue/tiers.ts';
import { readerOf } from '../catalogue/variables.ts';
import type { LocalDate } from '../dates.ts';
import type { Determination } from '../determinations/determination.ts';
import { planFor } from '../eligibility/plan.ts';
import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { type LookupField, variableOf } from './lookup-fields.ts';

/** What a look-up may tell of a field. Null: it is not known, which is never "no". */
export type LookupValue = boolean | number | string | null;

/** A person whom a determination in force covers, and what is asked about. */
export interface Asked {
  readonly item: CatalogueItem;
  readonly personId: PersonId;
  readonly household: Household;
  readonly determination: Determination;
  readonly policy: PolicyPack;
  readonly date: LocalDate;
}

/** What a person counts as in the tiers a household has now; NONE is not being on the roster of any. */
export const standingOf = ({ members, tier }: Household, personId: PersonId): PersonTier => {
  const own = members.find((member) => member.personId === personId)?.tier ?? 'NONE';
  return personTierOf(own, tier);
};

const statesOf = ({ household, determination, policy, date }: Asked): ItemStates =>
  itemStates(
    catalogueOn(planFor(policy, date)),
    {
      status: 'decided',
      householdTier: determination.tier,
      memberTiers: determination.memberTiers,
      entitlements: determination.entitlements,
    },
    household,
  );

const resultOf = (states: ItemStates, { code, subject }: CatalogueItem, own: number): LookupValue => {
  const place = states.on.items.findIndex(({ item }) => item.code === code);
  const asked = subject === 'household' ? 0 : own;
  return place < 0 || asked < 0 ? null : resultIn(states, place, asked);
};

/**
 * The values of the published fields for a person, on the facts on file and the tiers that were granted. Of a member who is not
 * present (away for a reason of D57 article 7, or dead) only what is about the household is told.
 */
export const lookupValues = (asked: Asked, fields: readonly LookupField[]): Record<string, LookupValue> => {
  const states = statesOf(asked);
  const place = states.context.present.findIndex(({ personId }) => personId === asked.personId);
  const own = place < 0 ? -1 : place + 1;
  turnTo(states, Math.max(own, 0));
  const told = (field: LookupField): LookupValue => {
    if (field === 'item.result') return resultOf(states, asked.item, own);
    if (field === 'determination.payableFrom') return asked.determination.payableFrom;
    const variable = variableOf(field);
    if (variable === null || (own < 0 && field.startsWith('person.'))) return null;
    return readerOf(variable)(states.context) ?? null;
  };
  return Object.fromEntries(fields.map((field) => [field, told(field)]));
};
