import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Instant } from '../../domain/dates.ts';
import { ApplicationId, HouseholdId, PersonId } from '../../domain/ids.ts';
import type { KnownPerson, Page, RosterStore } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Vault } from '../crypto/vault.ts';
import { readAccessRecord } from './access-record.ts';
import { alertReads } from './alert-tallies.ts';
import { openAnswer } from './answers.ts';
import { commitChange } from './commit.ts';
import { grievanceRange } from './grievance-lists.ts';
import { readHolders } from './guards.ts';
import {
  applicationKey,
  assistanceEntryKey,
  breakGlassKey,
  breakGlassPartition,
  determinationKey,
  emergencyAidKey,
  emergencyReserveKey,
  feedKey,
  firstInstant,
  grievanceKey,
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
  subscriptionKey,
  taskKey,
  taskPartition,
  upTo,
} from './keys.ts';
import { householdOpening } from './open-household.ts';
import { eventFailed, parkedEvents, parkedRelayed, strandedEvents } from './outbox.ts';
import { paymentReads } from './payment-reads.ts';
import { getItem, getItems, getManyItems, readWorklist, type WorklistRange } from './reading.ts';
import { dueReferrals, inboxesInUse, inboxRange } from './referral-lists.ts';
import { reportReads } from './report-reads.ts';
import { rowReader } from './row-reader.ts';
import type { Aggregate, AggregateKind } from './rows.ts';
import type { Tables } from './tables.ts';
import { tallyReads } from './tallies.ts';
import { tokensIn } from './tokens.ts';

const Person = z.object({
  personId: PersonId,
  householdId: HouseholdId.nullable(),
  applicationId: ApplicationId.nullable(),
});
const Idempotency = z.object({ requestHash: z.string(), response: z.instanceof(Uint8Array) });

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

  const list = async <Kind extends 'task' | 'notice' | 'policy-version' | 'break-glass' | 'referral' | 'grievance'>(
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
      const items = await getManyItems(tables, keys);
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
    inboxesInUse: (division) => inboxesInUse(tables, division),
    ...tallyReads(tables, vault, rows),

    subscriptions: async (ids) => {
      const items = await getItems(tables, ids.map(subscriptionKey));
      return rows.several(
        'subscription',
        items.filter((item) => item !== undefined),
      );
    },

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

    grievance: (id) => aggregate('grievance', grievanceKey(id)),
    grievancesOf: (county, state, limit, position) =>
      list('grievance', grievanceRange(county, state, after(position), limit)),
    feed: (id) => aggregate('feed', feedKey(id)),
    ...reportReads(tables, vault, rows),
    ...tokensIn(tables, dataKeys),
    ...paymentReads(tables, rows),
    ...alertReads(tables, dataKeys, rows),
    ...householdOpening(tables, rows),

    commit: (change) => commitChange(tables, vault, change),
  };
};
