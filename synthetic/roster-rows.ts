import type { Generation } from '../adapters/crypto/data-keys.ts';
import { fingerprint } from '../adapters/crypto/fingerprint.ts';
import { noKeys, withKeysFor } from '../adapters/crypto/household-keys.ts';
import type { Keyring } from '../adapters/crypto/keyring.ts';
import { peopleIn } from '../adapters/dynamodb/change-keys.ts';
import { deliveriesSinceRow } from '../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { personKey } from '../adapters/dynamodb/keys.ts';
import { toRow } from '../adapters/dynamodb/rows.ts';
import { digest } from '../adapters/runtime.ts';
import { type Month, monthIn } from '../domain/assistance/period.ts';
import type { Instant, LocalDate } from '../domain/dates.ts';
import { dueItems } from '../domain/missed-needs/delivery.ts';
import { chainEntryOf } from '../domain/payments/chain-entry.ts';
import { chainEntryIdOf, paymentLineIdOf, paymentRunIdOf } from '../domain/payments/payment-ids.ts';
import { countyOf } from '../domain/people/divisions.ts';
import type { PolicyPack } from '../domain/policy/policy-pack.ts';
import type { AggregateWrite } from '../domain/store/roster-store.ts';
import type { SyntheticHousehold } from './households.ts';

type RowKeys = Parameters<typeof toRow>[1];
export type Row = Record<string, unknown>;

/** What was delivered is on record from the month on in which the roster was taken over: what was paid before, other systems know. */
export const takenOverRow = (on: LocalDate): Row => deliveriesSinceRow(monthIn(on));

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

/** A month that was paid: its entries in the assistance chain are on record, as they are where payment runs have been kept for it. */
export interface PaidMonth {
  readonly policy: PolicyPack;
  readonly month: Month;
  readonly at: Instant;
}

/** What else is on record about a household: a month it was paid, and anything that was made elsewhere. */
export interface OtherRecords {
  readonly paid?: PaidMonth | undefined;
  readonly others?: readonly AggregateWrite[];
}

/** The entries of a paid month, under the ids that a payment run of it would give them. */
const entryRows = ({ roster: { household }, decided }: SyntheticHousehold, paid: PaidMonth, keys: RowKeys): Row[] => {
  if (decided === null) return [];
  const { householdId } = household;
  const { month } = paid;
  return dueItems(month, decided.determination, [], household).flatMap(({ determination, line }) => {
    const paymentRunId = paymentRunIdOf(digest, countyOf(determination.division), month);
    const paymentLineId = paymentLineIdOf(digest, { ...line, paymentRunId, householdId });
    const value = chainEntryOf(paid.policy, {
      ...paid,
      entryId: chainEntryIdOf(digest, paymentLineId),
      line,
      household,
    });
    return value === undefined ? [] : [toRow({ kind: 'assistance-entry', value, from: [] }, keys)];
  });
};

/**
 * The items of the Roster table for a household: itself, its people, and the application, review and determination on record. They
 * are taken over from elsewhere, as an existing roster is before the first command: at version 1, without events or audit entries. So is
 * whatever else is on record about it.
 */
export const rosterRows = (
  household: SyntheticHousehold,
  { keyring, newest }: RowSealing,
  { paid, others = [] }: OtherRecords = {},
): readonly Row[] => {
  const { roster, decided, onRecord } = household;
  const keys: RowKeys = {
    newest,
    household: withKeysFor(noKeys(roster.household.householdId), peopleIn(roster), newest),
  };
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
    ...(paid === undefined ? [] : entryRows(household, paid, keys)),
  ];
};
