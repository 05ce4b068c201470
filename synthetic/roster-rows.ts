import type { Generation } from '../adapters/crypto/data-keys.ts';
import { fingerprint } from '../adapters/crypto/fingerprint.ts';
import { noKeys, withKeysFor } from '../adapters/crypto/household-keys.ts';
import type { Keyring } from '../adapters/crypto/keyring.ts';
import { peopleIn } from '../adapters/dynamodb/change-keys.ts';
import { personKey } from '../adapters/dynamodb/keys.ts';
import { toRow } from '../adapters/dynamodb/rows.ts';
import type { AggregateWrite } from '../domain/store/roster-store.ts';
import type { SyntheticHousehold } from './households.ts';

export type Row = Record<string, unknown>;

/** What rows are made with: the look-up key of resident IDs, and the generation that wraps the person keys. */
export interface RowSealing {
  readonly keyring: Keyring;
  readonly newest: Generation;
}

/** One item for each resident ID, as a claim writes it: by it an application finds the household it belongs to. */
const personRows = ({ roster }: SyntheticHousehold, keyring: Keyring): Row[] =>
  roster.identities.flatMap(({ personId, residentId }) =>
    residentId === null
      ? []
      : [
          {
            ...personKey(fingerprint(keyring('fingerprint'), residentId)),
            personId,
            householdId: roster.household.householdId,
            applicationId: roster.applicationId,
          },
        ],
  );

/**
 * The items of the Roster table for a household: itself, its people, and the application, review and determination on record. They
 * are taken over from elsewhere, as an existing roster is before the first command: at version 1, without events or audit entries. So is
 * whatever else is on record about it.
 */
export const rosterRows = (
  household: SyntheticHousehold,
  { keyring, newest }: RowSealing,
  others: readonly AggregateWrite[] = [],
): readonly Row[] => {
  const { roster, decided, onRecord } = household;
  const keys = { newest, household: withKeysFor(noKeys(roster.household.householdId), peopleIn(roster), newest) };
  const rows = [
    toRow({ kind: 'household', value: roster }, keys),
    ...personRows(household, keyring),
    ...others.map((other) => toRow(other, keys)),
  ];
  if (decided === null || !onRecord) return rows;
  return [
    ...rows,
    toRow({ kind: 'application', value: decided.application, from: [] }, keys),
    toRow({ kind: 'review', value: decided.review, from: [] }, keys),
    toRow({ kind: 'determination', value: decided.determination }, keys),
  ];
};
