import { fingerprint } from '../adapters/crypto/fingerprint.ts';
import type { Keyring } from '../adapters/crypto/keyring.ts';
import { personKey } from '../adapters/dynamodb/keys.ts';
import { toRow } from '../adapters/dynamodb/rows.ts';
import type { SyntheticHousehold } from './households.ts';

export type Row = Record<string, unknown>;

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
 * are taken over from elsewhere, as an existing roster is before the first command: at version 1, without events or audit entries.
 */
export const rosterRows = (household: SyntheticHousehold, keyring: Keyring): readonly Row[] => {
  const { roster, decided, onRecord } = household;
  const rows = [toRow({ kind: 'household', value: roster }, keyring), ...personRows(household, keyring)];
  if (decided === null || !onRecord) return rows;
  return [
    ...rows,
    toRow({ kind: 'application', value: decided.application, from: [] }, keyring),
    toRow({ kind: 'review', value: decided.review, from: [] }, keyring),
    toRow({ kind: 'determination', value: decided.determination }, keyring),
  ];
};
