import { createHash } from 'node:crypto';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type DomainEvent, eventTypes } from '../../domain/events/event.ts';
import type { AggregateWrite, Change, CommitResult, Conflict, PersonClaim } from '../../domain/store/roster-store.ts';
import type { Generation } from '../crypto/data-keys.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Vault } from '../crypto/vault.ts';
import { presentCorrelation } from '../telemetry/correlation.ts';
import { aggregateId } from './aggregate-id.ts';
import { disposalItems } from './alert-tallies.ts';
import { sealAnswer } from './answers.ts';
import { type KeysOfChange, keysOfChange } from './change-keys.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { emergencyGuardItems } from './emergency-guard.ts';
import { tellEntered } from './entered-people.ts';
import { generationPut } from './generations.ts';
import { guardUpdates } from './guards.ts';
import { toErasedHouseholdRow } from './household-row.ts';
import { auditKey, householdKey, idempotencyKey, outboxKey, personAuditPartition, personKey } from './keys.ts';
import { reportGuardItems } from './report-guard.ts';
import { householdSealing, type RowKeys, toRow } from './rows.ts';
import type { Tables } from './tables.ts';
import { closingItems } from './tallies.ts';

const secondsPerDay = 86_400;
/** How long a repeated request still gets the answer of the first: longer than any client retries. */
const idempotencyDays = 7;
const maximumAttempts = 5;
const notYetThere = 'attribute_not_exists(pk)';

/**
 * Stores a command as one transaction: aggregates, claims on persons, idempotency record, outbox item, audit entry. Either all
 * of it is stored or nothing. A condition that does not hold is a value of the answer; another writer's transaction on the same
 * items is waited for and tried again; everything else is thrown.
 */
export const commitChange = async (tables: Tables, vault: Vault, asked: Change): Promise<CommitResult> => {
  const change = correlated(asked);
  const [keyring, newest] = await Promise.all([vault.keyring(), vault.dataKeys.newest()]);
  await tellEntered(tables, keyring, change);
  const keysFor = await keysOfChange(tables, vault.dataKeys, newest, change);
  const items = [
    ...idempotencyItems(tables, newest, change),
    ...emergencyGuardItems(tables, keyring, change),
    ...reportGuardItems(tables, keyring, change),
    ...change.aggregates.map((write) =>
      aggregateItem(tables, { newest, household: keysFor(householdSealing(write)) }, write),
    ),
    ...erasureItems(tables, keyring, change, keysFor),
    ...generationItems(tables, change),
    ...(change.claims ?? []).map((claim, index) => claimItem(tables, keyring, claim, index)),
    ...guardItems(tables, keyring, change),
    ...closingItems(tables, keyring, newest, change),
    ...disposalItems(tables, keyring, newest, change),
    ...outboxItems(tables, change),
    auditItem(tables, change),
    ...lookingItems(tables, change),
  ];
  const command = {
    TransactItems: items.map(({ item }) => item),
    // The SDK sends a command again when its reply is lost; under the same token the store applies it once (ten minutes).
    ClientRequestToken: requestToken(change),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await tables.client.send(new TransactWriteCommand(command));
      return { ok: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const conflict = firstConflict(items, error.CancellationReasons ?? []);
      if (conflict !== undefined) return { ok: false, ...conflict };
      if (attempt === maximumAttempts || !isContention(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
};

const correlated = ({ event, ...change }: Change): Change => ({
  ...change,
  event: { ...event, correlationId: event.correlationId ?? presentCorrelation() },
});

const requestToken = (change: Change): string =>
  createHash('sha256').update(change.event.eventId).digest('hex').slice(0, 36);

const firstConflict = (
  items: readonly ConditionalItem[],
  reasons: readonly CancellationReason[],
): Conflict | undefined => {
  for (const [index, { conflict }] of items.entries()) {
    const reason = reasons[index];
    if (reason?.Code === 'ConditionalCheckFailed') return conflict(reason.Item);
  }
  return undefined;
};

const isContention = (error: TransactionCanceledException): boolean =>
  (error.CancellationReasons ?? []).some((reason) => reason.Code === 'TransactionConflict');

const aggregateItem = (tables: Tables, keys: RowKeys, write: AggregateWrite): ConditionalItem => {
  const { version } = write.value;
  const from: readonly string[] = 'from' in write ? write.from : [];
  const put = { TableName: tables.roster, Item: toRow(write, keys) };
  if (version === 1) {
    return {
      item: { Put: { ...put, ConditionExpression: 'attribute_not_exists(pk)' } },
      conflict: () => ({ conflict: 'exists', kind: write.kind }),
    };
  }
  const states = from.map((_, index) => `:from${index}`);
  return {
    item: {
      Put: {
        ...put,
        ConditionExpression: [
          '#version = :version',
          ...(states.length > 0 ? [`#state IN (${states.join(', ')})`] : []),
        ].join(' AND '),
        ExpressionAttributeNames: { '#version': 'version', ...(states.length > 0 ? { '#state': 'state' } : {}) },
        ExpressionAttributeValues: {
          ':version': version - 1,
          ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    conflict: (stored) => ({
      conflict:
        states.length > 0 && stored?.['state']?.S !== undefined && !from.includes(stored['state'].S)
          ? 'state'
          : 'version',
      kind: write.kind,
    }),
  };
};

const claimItem = (tables: Tables, keyring: Keyring, claim: PersonClaim, index: number): ConditionalItem => {
  const { residentId, seen, personId, householdId, applicationId } = claim;
  const key = personKey(fingerprint(keyring('fingerprint'), residentId));
  const condition =
    seen === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'householdId = :household AND applicationId = :application',
          ExpressionAttributeValues: { ':household': seen.householdId, ':application': seen.applicationId },
        };
  return {
    item: { Put: { TableName: tables.roster, Item: { ...key, personId, householdId, applicationId }, ...condition } },
    conflict: () => ({ conflict: 'claim', index }),
  };
};

const guardItems = (tables: Tables, keyring: Keyring, { guards }: Change): ConditionalItem[] =>
  guards === undefined
    ? []
    : guardUpdates(tables, keyring('fingerprint'), guards).map((update) => ({
        item: { Update: update },
        conflict: () => ({ conflict: 'guard' }),
      }));

const idempotencyItems = (tables: Tables, newest: Generation, change: Change): ConditionalItem[] => {
  if (change.idempotency === undefined) return [];
  const { caller, key, requestHash, response } = change.idempotency;
  const itemKey = idempotencyKey(caller, key);
  const now = Math.floor(Date.parse(change.event.at) / 1_000);
  return [
    {
      item: {
        Put: {
          TableName: tables.roster,
          Item: {
            ...itemKey,
            requestHash,
            response: sealAnswer(itemKey, response, newest),
            expiresAt: now + idempotencyDays * secondsPerDay,
            // By it a recount finds what was acknowledged.
            eventId: change.event.eventId,
          },
          // The store removes expired records when it gets to it; until then they count as gone.
          ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now',
          ExpressionAttributeValues: { ':now': now },
        },
      },
      conflict: () => ({ conflict: 'idempotency' }),
    },
  ];
};

/** What erasing a person takes beside the household's new row: the look-up goes, and so does the row when nobody is left in it. */
const erasureItems = (
  tables: Tables,
  keyring: Keyring,
  { erasure, aggregates }: Change,
  keysFor: KeysOfChange,
): ConditionalItem[] => {
  if (erasure === undefined) return [];
  const { householdId, personId, residentId, version, division } = erasure;
  const conflict = (): Conflict => ({ conflict: 'version', kind: 'household' });
  const keys = keysFor(householdId);
  const isEmpty = !aggregates.some(({ kind }) => kind === 'household');
  return [
    ...(residentId === null
      ? []
      : [
          {
            item: {
              Delete: {
                TableName: tables.roster,
                Key: personKey(fingerprint(keyring('fingerprint'), residentId)),
                ConditionExpression: 'attribute_not_exists(pk) OR personId = :person',
                ExpressionAttributeValues: { ':person': personId },
              },
            },
            conflict,
          },
        ]),
    ...(isEmpty && keys !== undefined
      ? [
          {
            item: {
              Put: {
                TableName: tables.roster,
                Item: toErasedHouseholdRow(householdKey(householdId), version, keys, division),
                ConditionExpression: '#version = :version',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': version - 1 },
              },
            },
            conflict,
          },
        ]
      : []),
  ];
};

const generationItems = (tables: Tables, { newGeneration }: Change): ConditionalItem[] =>
  newGeneration === undefined
    ? []
    : [{ item: { Put: generationPut(tables, newGeneration) }, conflict: () => ({ conflict: 'generation' }) }];

const outboxItems = (tables: Tables, { event, division }: Change): ConditionalItem[] =>
  eventTypes[event.type] === 'relayed'
    ? [
        {
          item: { Put: { TableName: tables.roster, Item: { ...outboxKey(event), ...event, division } } },
          conflict: () => ({ conflict: 'exists', kind: 'application' }),
        },
      ]
    : [];

const auditItem = (
  tables: Tables,
  { event, actor, aggregates, division, erasure, householdChange, newGeneration }: Change,
): ConditionalItem => ({
  item: {
    Put: {
      TableName: tables.audit,
      Item: {
        ...auditKey(division, event),
        eventId: event.eventId,
        type: event.type,
        role: actor.role,
        subject: actor.subject,
        reviewId: event.reviewId,
        ...(event.policyVersion === null ? {} : { policyVersion: event.policyVersion, policyRunId: event.policyRunId }),
        ...lookedAt(event, actor),
        ...(event.breakGlass === null ? {} : event.breakGlass),
        ...(erasure === undefined
          ? {}
          : { personId: erasure.personId, householdId: erasure.householdId, reason: erasure.reason }),
        ...(householdChange === undefined ? {} : householdChange),
        ...(newGeneration === undefined ? {} : { generation: newGeneration.number }),
        records: aggregates.map((write) => `${write.kind} ${aggregateId(write)} ${write.value.version}`),
      },
      ConditionExpression: notYetThere,
    },
  },
  conflict: () => ({ conflict: 'version', kind: aggregates[0]?.kind ?? 'application' }),
});

/** Of an entry about someone having looked: at whom, why, at which fields, and for which agency or division. */
const lookedAt = ({ at, personId, householdId, purpose, fields }: DomainEvent, actor: Change['actor']) =>
  purpose === null
    ? {}
    : {
        at,
        personId,
        householdId,
        purpose,
        fields,
        agency: actor.agency ?? null,
        callerDivision: actor.division ?? null,
      };

/**
 * The further entries of a command, and of every entry about a person its copy in the person's own record. `filedUnder` is the
 * partition of the original: by it the two can be held against each other.
 */
const lookingItems = (tables: Tables, change: Change): ConditionalItem[] => {
  const further = (change.alsoRecorded ?? []).map((event) => auditItem(tables, { ...change, event, aggregates: [] }));
  const copies = [change.event, ...(change.alsoRecorded ?? [])].flatMap((event) => {
    if (event.personId === null || event.purpose === null) return [];
    const { item, conflict } = auditItem(tables, { ...change, event, aggregates: [] });
    const { pk: filedUnder } = auditKey(change.division, event);
    const copy = { ...item.Put?.Item, pk: personAuditPartition(event.personId), filedUnder };
    return [{ item: { Put: { TableName: tables.audit, ConditionExpression: notYetThere, Item: copy } }, conflict }];
  });
  return [...further, ...copies];
};
