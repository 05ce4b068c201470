import type { LookupResult } from '../../contracts/api/lookups.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { CatalogueItem } from '../../domain/catalogue/catalogue.ts';
import type { LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { type DisclosureRow, rowNeedsConsent } from '../../domain/disclosure/disclosure-row.ts';
import { worksWithHousehold } from '../../domain/disclosure/household-rules.ts';
import { lookupValues, standingOf } from '../../domain/disclosure/lookup-values.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { KnownPerson } from '../../domain/store/roster-store.ts';
import { consentFor } from './consent-of.ts';

/** For which item, by whose list. */
export interface Asking {
  item: CatalogueItem;
  row: DisclosureRow;
  policy: PolicyPack;
  today: LocalDate;
}

/** The answer about one person, and who was looked up: nobody when the resident ID is not known at all. */
export interface Answered {
  result: LookupResult;
  person: KnownPerson | undefined;
}

type Told = Omit<LookupResult, 'person'>;

const notKnown: LookupResult = { status: 'not-known', person: null, cause: null, fields: null };
const noDetermination: Told = { status: 'no-determination', cause: null, fields: null };

/** What may be told about one person. What rests on a consent that is not in force is said to be unchecked, whatever is on file. */
export const answerFor = async (
  dependencies: Dependencies,
  principal: Principal,
  asking: Asking,
  person: KnownPerson | undefined,
): Promise<Answered> => {
  const householdId = person?.householdId ?? null;
  const roster = householdId === null ? undefined : await dependencies.store.household(householdId);
  if (person === undefined || householdId === null || roster === undefined) return { result: notKnown, person };
  if (!worksWithHousehold(principal, roster.household)) return { result: notKnown, person };
  const { personId } = person;
  const told = await resultFor(dependencies, asking, person, roster);
  return { result: { ...told, person: { householdId, personId } }, person };
};

const resultFor = async (
  dependencies: Dependencies,
  { item, row, policy, today }: Asking,
  { personId }: KnownPerson,
  roster: RosterHousehold,
): Promise<Told> => {
  const { household, determinationId } = roster;
  if (rowNeedsConsent(row, item)) {
    const standing = await consentFor(dependencies, roster, personId, today);
    if (standing !== 'in-force') return { status: 'could-not-check', cause: `consent-${standing}`, fields: null };
  }
  if (determinationId === null || standingOf(household, personId) === 'NONE') return noDetermination;
  const determination = await dependencies.store.determination(determinationId);
  if (determination === undefined) throw new Error(`${determinationId} is not in the store`);
  if (determination.outcome !== 'granted') return noDetermination;
  const fields = lookupValues({ item, personId, household, determination, policy, date: today }, row.fields);
  return { status: 'determined', cause: null, fields };
};
