import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Instant } from '../../domain/dates.ts';
import { ApplicationId, HouseholdId, PersonId } from '../../domain/ids.ts';
import type { KnownPerson, Page, RosterStore } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Vault } from '../crypto/vault.ts';
import { readAccessRecord } from './access-record.ts';
import { openAnswer } from './answers.ts';
import { commitChange } from './commit.ts';
import { readHolders } from './guards.ts';
import {
  applicationKey,
  assistanceEntryKey,
  breakGlassKey,
  breakGlassPartition,
  determinationKey,
  emergencyAidKey,
  emergencyReserveKey,
  firstInstant,
  householdKey,
  idempotencyKey,
  type Key,
  ledgerPartition,
  noticeKey,
  noticePartition,
  outboxKey,
  personKey,
  planKey,
  policyInForceKey,
  policyPartition,
  policyRunKey,
  policyVersionKey,
  referralKey,
  reviewKey,
  taskKey,
  taskPartition,
  tokenKey,
  upTo,
} from './keys.ts';
import { eventFailed, parkedEvents, parkedRelayed, strandedEvents } from './outbox.ts';
import { paymentReads } from './payment-reads.ts';
import { getItem, getItems, readWorklist, type WorklistRange } from './reading.ts';
import { dueReferrals, inboxesInUse, inboxRange } from './referral-lists.ts';
import { rowReader } from './row-reader.ts';
import type { Aggregate, AggregateKind } from './rows.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';
import type { Tables } from './tables.ts';

const Person = z.object({ personId: PersonId, householdId: HouseholdId, applicationId: ApplicationId.nullable() });
const Idempotency = z.object({ requestHash: z.string(), response: z.instanceof(Uint8Array) });
const Token = z.object({ token: z.instanceof(Uint8Array) });
/** Step Functions keeps a waiting execution for a year; its token is kept a little longer. */
const tokenDays = 400;

/** A newer token is there already, and stays. */
const unlessOlder = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};

/** What of a list needs attention at a moment; what is escalated sorts before it. */
const lateRange = (partition: string, at: Instant) => ({ partition, from: firstInstant, to: upTo(at) });

/** The port `RosterStore` on DynamoDB. Reads by key are strongly consistent; lists are as fresh as the index. */
export const dynamodbRosterStore = (tables: Tables, vault: Vault): RosterStore => {
  const { dataKeys } = vault;
  const rows = rowReader(tables, dataKeys);
  const aggregate = async <Kind extends AggregateKind>(kind: Kind, key: Key): Promise<Aggregate<Kind> | undefined> => {
    const item = await getItem(tables, key);
    return item === undefined ? undefined : rows.one(kind, item);
  };

  const list = async <Kind extends 'task' | 'notice' | 'policy-version' | 'break-glass' | 'referral'>(
    kind: Kind,
    range: WorklistRange,
  ): Promise<Page<Aggregate<Kind>>> => {
    const { items, next } = await readWorklist(tables, range);
    return { items: await rows.several(kind, items), next };
  };
  /** Just after a sort key: the next one in the list, whatever it is. */
  const after = (position: string | null): string => (position === null ? ' ' : `${position} `);

  return {
    household: (id) => aggregate('household', householdKey(id)),
    application: (id) => aggregate('application', applicationKey(id)),
    review: (id) => aggregate('review', reviewKey(id)),
    task: (id) => aggregate('task', taskKey(id)),
    notice: (id) => aggregate('notice', noticeKey(id)),
    determination: (id) => aggregate('determination', determinationKey(id)),
    policyVersion: (name) => aggregate('policy-version', policyVersionKey(name)),
    policyRun: (id) => aggregate('policy-run', policyRunKey(id)),
    policyInForce: () => aggregate('policy-in-force', policyInForceKey),
    policyVersions: (limit, position) =>
      list('policy-version', { partition: policyPartition, from: after(position), to: '~', limit }),

    people: async (residentIds) => {
      const keyring = await vault.keyring();
      const keys = residentIds.map((residentId) => personKey(fingerprint(keyring('fingerprint'), residentId)));
      const items = await getItems(tables, keys);
      return items.map((item): KnownPerson | undefined => (item === undefined ? undefined : Person.parse(item)));
    },
    applicationAndHousehold: async (applicationId, householdId) => {
      const [application, household] = await getItems(tables, [
        applicationKey(applicationId),
        householdKey(householdId),
      ]);
      const keys = household === undefined ? undefined : await rows.keysOf(householdId, household);
      return {
        application: application === undefined ? undefined : await rows.one('application', application, keys),
        household: household === undefined ? undefined : await rows.one('household', household, keys),
      };
    },
    idempotencyRecord: async (caller, key) => {
      const itemKey = idempotencyKey(caller, key);
      const item = await getItem(tables, itemKey);
      if (item === undefined) return undefined;
      const { requestHash, response } = Idempotency.parse(item);
      return { caller, key, requestHash, response: await openAnswer(itemKey, response, dataKeys) };
    },

    accessRecord: (personId, limit, position) => readAccessRecord(tables, personId, limit, position),
    openTasks: (county, within, limit, position) =>
      list('task', {
        partition: taskPartition(county),
        from: after(position),
        to: '~',
        limit,
        // The whole county is the partition itself; some of its townships have codes of another stem (see countyOf).
        ...(within === county ? {} : { within }),
      }),
    publishedNotices: (county, limit, position) =>
      list('notice', { partition: noticePartition(county), from: after(position), to: '~', limit }),
    tasksNeedingAttention: async (county, at, limit) =>
      (await list('task', { ...lateRange(taskPartition(county), at), limit })).items,
    noticesPast: async (county, at, limit) =>
      (await list('notice', { ...lateRange(noticePartition(county), at), limit })).items,

    strandedEvents: (before, limit) => strandedEvents(tables, before, limit),
    parkedEvents: (limit) => parkedEvents(tables, limit),
    eventFailed: (place, failure) => eventFailed(tables, place, failure),
    parkedRelayed: (place) => parkedRelayed(tables, place),
    eventRelayed: async (event) => {
      await tables.client.send(new DeleteCommand({ TableName: tables.roster, Key: outboxKey(event) }));
    },

    referral: (id) => aggregate('referral', referralKey(id)),
    plan: (householdId) => aggregate('plan', planKey(householdId)),
    openReferrals: (inbox, limit, position) =>
      list('referral', inboxRange(inbox, position === null ? null : after(position), limit)),
    referralsNeedingAttention: async (inbox, at, limit) =>
      (await list('referral', dueReferrals(inbox, at, limit))).items,
    inboxesInUse: (county) => inboxesInUse(tables, county),

    breakGlass: (id) => aggregate('break-glass', breakGlassKey(id)),
    breakGlassOpened: (day, limit, position) =>
      list('break-glass', { partition: breakGlassPartition(day), from: after(position), to: '~', limit }),

    assistanceEntry: (id) => aggregate('assistance-entry', assistanceEntryKey(id)),
    assistanceOf: async (ledger, limit, position) => {
      const range = { partition: ledgerPartition(ledger), from: after(position), to: '~', limit };
      const { items, next } = await readWorklist(tables, range);
      return { items: await rows.readable('assistance-entry', items), next };
    },
    holdersOf: async (guards) => readHolders(tables, (await vault.keyring())('fingerprint'), guards),
    emergencyAid: (id) => aggregate('emergency-aid', emergencyAidKey(id)),
    emergencyReserve: (division) => aggregate('emergency-reserve', emergencyReserveKey(division)),

    ...paymentReads(tables, rows),
    storeToken: async (owner, token, at) => {
      const key = tokenKey(owner);
      const sealed = sealUnderGeneration(await dataKeys.newest(), contextOf(key, 'token'), 'token', token);
      const expiresAt = Math.floor(Date.parse(at) / 1_000) + tokenDays * 86_400;
      // A step that was stopped at its time limit may still have this on its way when the next one has stored its own token: the
      // workflow waits for the newer, and would wait for ever if the older one came to lie over it.
      const put = new PutCommand({
        TableName: tables.roster,
        Item: { ...key, token: sealed, storedAt: at, expiresAt },
        ConditionExpression: 'attribute_not_exists(storedAt) OR storedAt <= :at',
        ExpressionAttributeValues: { ':at': at },
      });
      await tables.client.send(put).catch(unlessOlder);
    },
    token: async (owner) => {
      const key = tokenKey(owner);
      const item = await getItem(tables, key);
      if (item === undefined) return undefined;
      const sealed = Token.parse(item).token;
      return z.string().parse(await openUnderGeneration(dataKeys, contextOf(key, 'token'), 'token', sealed));
    },

    commit: (change) => commitChange(tables, vault, change),
  };
};
