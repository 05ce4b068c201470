import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import { type HouseholdKeys, noKeys, withKeysFor, withoutKeyOf } from '../crypto/household-keys.ts';
import { openedKeys } from './open-household.ts';
import { rowReader } from './row-reader.ts';
import { householdSealing } from './rows.ts';
import type { Tables } from './tables.ts';

/** Everybody a household says something about. */
export const peopleIn = ({ household, identities, contacts = [] }: RosterHousehold): PersonId[] => [
  ...household.members.map(({ personId }) => personId),
  ...identities.map(({ personId }) => personId),
  ...contacts.map(({ personId }) => personId),
];

/** The keys of each household of a command, as they are to be stored. */
export type KeysOfChange = (householdId: HouseholdId | undefined) => HouseholdKeys | undefined;

/**
 * The keys each write of a command is sealed with. A new household's are made here; those of one that is stored are read again,
 * since only its row has them, unless it was opened for the command. Should that row change in between, a write of the household is refused for its version.
 */
export const keysOfChange = async (
  tables: Tables,
  dataKeys: DataKeys,
  newest: Generation,
  { aggregates, erasure, opened }: Pick<Change, 'aggregates' | 'erasure' | 'opened'>,
): Promise<KeysOfChange> => {
  const households = new Map<HouseholdId, RosterHousehold>();
  for (const write of aggregates) {
    if (write.kind === 'household') households.set(write.value.household.householdId, write.value);
  }
  const erased = erasure === undefined ? [] : [erasure.householdId];
  const sealing = [...new Set([...aggregates.map(householdSealing).filter((id) => id !== undefined), ...erased])];
  const known = openedKeys(opened);
  const stored = await rowReader(tables, dataKeys).fetched(
    sealing.filter((id) => households.get(id)?.version !== 1 && id !== known?.householdId),
  );
  for (const id of sealing) if (id === known?.householdId) stored.set(id, known);
  if (erasure !== undefined) {
    const left = withoutKeyOf(stored.get(erasure.householdId) ?? noKeys(erasure.householdId), erasure.personId);
    stored.set(erasure.householdId, left);
  }
  const keys = new Map<HouseholdId, HouseholdKeys>(stored);
  for (const [id, household] of households) {
    keys.set(id, withKeysFor(stored.get(id) ?? noKeys(id), peopleIn(household), newest));
  }
  return (id) => (id === undefined ? undefined : keys.get(id));
};
