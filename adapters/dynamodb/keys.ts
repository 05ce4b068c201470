import { createHash } from 'node:crypto';
import type { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import { type AssistanceEntry, ledgerOf } from '../../domain/assistance/assistance-entry.ts';
import type { Block, ChainId } from '../../domain/audit/block.ts';
import { dateInChina, endOfDayInChina, type Instant, type LocalDate } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { ReserveEntry } from '../../domain/emergency/reserve.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { FeedRunId } from '../../domain/feeds/feed-run.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import {
  type ApplicationId,
  type AssistanceEntryId,
  type BreakGlassId,
  type DeterminationId,
  type EmergencyAidId,
  type FeedId,
  type GrievanceId,
  HouseholdId,
  type NoticeId,
  type PaymentLineId,
  type PaymentRunId,
  type PersonId,
  type PolicyRunId,
  type ReferralId,
  type ReportId,
  type ReviewId,
  type SubscriptionId,
  type TaskId,
} from '../../domain/ids.ts';
import type { CountedUnder } from '../../domain/insights/counted.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { PaymentCorrection } from '../../domain/payments/corrections.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import { countyOf, DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import type { InboxName } from '../../domain/store/roster-store.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { UtcDay } from '../../domain/utc-day.ts';

/** Every key of the Roster and Audit tables. Nothing else in the code spells one. */
export interface Key {
  pk: string;
  sk: string;
}
export interface WorklistKey {
  wpk: string;
  wsk: string;
}

const state = (pk: string): Key => ({ pk, sk: 'STATE' });

/** By this the households are told from the rest of the table when all of it is read. */
export const householdPrefix = 'HOUSEHOLD#';
export const householdKey = (id: HouseholdId): Key => state(`${householdPrefix}${id}`);
/** Whose row it is, by its key. */
export const householdIn = (item: Readonly<Record<string, unknown>>): HouseholdId =>
  HouseholdId.parse(String(item['pk']).slice(householdPrefix.length));
export const applicationKey = (id: ApplicationId): Key => state(`APPLICATION#${id}`);
export const reviewKey = (id: ReviewId): Key => state(`REVIEW#${id}`);
export const taskKey = (id: TaskId): Key => state(`TASK#${id}`);
export const noticeKey = (id: NoticeId): Key => state(`NOTICE#${id}`);
export const determinationKey = (id: DeterminationId): Key => state(`DETERMINATION#${id}`);

export const policyVersionKey = (name: string): Key => state(`POLICY-VERSION#${name}`);
export const policyRunKey = (id: PolicyRunId): Key => state(`POLICY-RUN#${id}`);
/** There is one record of what is in force; it needs a name for the audit. */
export const inForceId = 'policy';
export const policyInForceKey: Key = state(`POLICY-IN-FORCE#${inForceId}`);

/** What a run has noted of its segments: all heads in one partition, the parts of the named list in one per segment. */
const number = (value: number, digits: number): string => String(value).padStart(digits, '0');
export const segmentPrefix = 'SEGMENT#';
export const decidedPrefix = 'DECIDED#';
export const runPartition = (id: PolicyRunId): string => `RUN#${id}`;
export const segmentKey = (id: PolicyRunId, segment: number): Key => ({
  pk: runPartition(id),
  sk: `${segmentPrefix}${number(segment, 4)}`,
});
export const decidedKey = (id: PolicyRunId, segment: number): Key => ({
  pk: runPartition(id),
  sk: `${decidedPrefix}${number(segment, 4)}`,
});
export const partKey = (id: PolicyRunId, segment: number, part: number): Key => ({
  pk: `${runPartition(id)}#${number(segment, 4)}`,
  sk: `PART#${number(part, 6)}`,
});
/** From which month on deliveries are on record: written once by whoever takes over a roster. */
export const deliveriesSinceKey: Key = state('DELIVERIES#since');
/** The scan of a day, and beside it how far it has got in each segment. */
export const dailyScanPartition = (day: LocalDate): string => `DAILY-SCAN#${day}`;
export const dailyScanKey = (day: LocalDate): Key => state(dailyScanPartition(day));
export const scannedKey = (day: LocalDate, segment: number): Key => ({
  pk: dailyScanPartition(day),
  sk: `${segmentPrefix}${number(segment, 4)}`,
});
/** Data keys, as KMS wrapped them, beside what they protect: who restores the table has the keys it needs. */
export const keyringPartition = 'KEYRING';
export const generationKey = (generation: number): Key => ({
  pk: keyringPartition,
  sk: `GENERATION#${number(generation, 6)}`,
});

/** A person by the fingerprint of the resident ID: one item per ID, so that a person exists once by construction. */
export const personPrefix = 'PERSON#';
export const personKey = (idFingerprint: string): Key => ({ pk: `${personPrefix}${idFingerprint}`, sk: 'LOOKUP' });
/** Whom commands were to enter, by day (UTC): what an index of people that was made before does not hold. */
export const enteredPartition = (day: string): string => `ENTERED#${day}`;
/** The same people on the same day are one item, however often a command is sent. */
export const enteredKey = (day: string, prefixes: Uint8Array): Key => ({
  pk: enteredPartition(day),
  sk: `PEOPLE#${Buffer.from(prefixes).toString('hex')}`,
});
/** The index of people that comparisons go by, and the one that is being made. */
export const standingIndexKey: Key = state('PEOPLE-INDEX#standing');
export const indexBuildKey: Key = state('PEOPLE-INDEX#build');

const tokenPrefix = (owner: TaskId | NoticeId | ReferralId): string => {
  if (owner.startsWith('ntc_')) return 'NOTICE';
  return owner.startsWith('ref_') ? 'REFERRAL' : 'TASK';
};
/** The task token of a task, notice or referral, beside it under the same partition. */
export const tokenKey = (owner: TaskId | NoticeId | ReferralId): Key => ({
  pk: `${tokenPrefix(owner)}#${owner}`,
  sk: 'TOKEN',
});

/** Callers choose their keys, so the caller is part of it; hashed, because both may be long. */
export const idempotencyKey = (caller: string, key: string): Key => ({
  pk: `IDEMPOTENCY#${createHash('sha256')
    .update(JSON.stringify([caller, key]))
    .digest('base64url')}`,
  sk: 'RECORD',
});

/**
 * The counter of a caller's requests in one window. The mark says nothing of the caller. Not an outbox item: the relay's filter
 * on the stream passes it over.
 */
export const rateKey = (mark: string, windowStart: number): Key => ({ pk: `RATE#${mark}`, sk: String(windowStart) });

/** Spreads the outbox over partitions, so that a busy hour does not meet the limit of one. */
export const outboxShards = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;
const outboxPartition = (shard: string): string => `OUTBOX#${shard}`;
export const outboxKey = (event: DomainEvent): Key => ({
  pk: outboxPartition(String(Number.parseInt(event.eventId.slice(-1), 16) % outboxShards.length)),
  sk: `${event.at}#${event.eventId}`,
});
export const outboxShardKey = outboxPartition;
/** Events that failed too often, out of the outbox's way; sorted by when they were tried last. */
export const parkedPrefix = 'PARKED#';
export const parkedShardKey = (shard: string): string => `${parkedPrefix}${shard}`;
export const parkedKey = (shard: string, triedAt: Instant, eventId: string): Key => ({
  pk: parkedShardKey(shard),
  sk: `${triedAt}#${eventId}`,
});

/**
 * The audit entries of a county, a prefecture or the province: one partition over all its days, in the order of their instants, so that
 * one query reaches whatever a sweep has to look at, however many days have passed. The day of an entry is the beginning of its sort
 * key. Nothing is lost by leaving it out of the partition: all of a division's entries of now would be in one partition anyhow, and a
 * partition key may hold any number of items, since the table has no local secondary index.
 */
export const auditPartition = (division: DivisionCode): string => division.slice(0, 6);
export const auditKey = (division: DivisionCode, event: DomainEvent): Key => ({
  pk: auditPartition(division),
  sk: `${event.at}#${event.eventId}`,
});

/** A person's own record in the Audit table: a copy of every entry about someone having looked. */
export const personAuditPartition = (personId: PersonId): string => `PERSON#${personId}`;
const chainPrefix = 'CHAIN';
/** The blocks of a division and day. */
export const chainPartition = ({ division, day }: ChainId): string => `${chainPrefix}#${division}#${day}`;
export const blockNumber = (value: number): string => number(value, 8);
/** The chains of a division in the order in which they were opened. */
export const openingPartition = (division: DivisionCode): string => `${chainPrefix}#${division}`;
/** Late blocks by the day on which they were written, so that the roll-up of that day finds them. */
export const latePartition = (writtenOn: UtcDay): string => `${chainPrefix}-LATE#${writtenOn}`;
export const lateKey = ({ division, day, number: block, at }: Block): Key => ({
  pk: `${chainPrefix}-LATE#${at.slice(0, 10)}`,
  sk: `${division}#${day}#${blockNumber(block)}`,
});
export const rollUpPartition = `${chainPrefix}-ROLL-UP`;

/** Work lists are partitions by county: an officer's query cannot reach another county's. */
export const taskPartition = (county: DivisionCode): string => `TASKS#${county}`;
export const noticePartition = (county: DivisionCode): string => `NOTICES#${county}`;

/** Sorts before every instant: escalated tasks come first in a work list, and the sweep, reading by instant, skips them. */
const escalatedFirst = '!';
/** Sorts before an instant's first character and after `escalatedFirst`. */
export const firstInstant = '0';

/** An open task is in its county's list under the moment at which it next needs attention; a closed one is not in it. */
export const taskWorklistKey = (task: Task): WorklistKey | Record<string, never> => {
  const dueAt = endOfDayInChina(task.dueOn);
  const wpk = taskPartition(countyOf(task.division));
  switch (task.state) {
    case 'open':
      return { wpk, wsk: `${task.remindedAt === null ? task.remindAt : dueAt}#${task.taskId}` };
    case 'escalated':
      return { wpk, wsk: `${escalatedFirst}${dueAt}#${task.taskId}` };
    case 'completed':
    case 'cancelled':
      return {};
  }
};

/** A published notice is in its county's list under the moment at which its days have passed. */
export const noticeWorklistKey = (notice: Notice): WorklistKey | Record<string, never> =>
  notice.state === 'published'
    ? { wpk: noticePartition(countyOf(notice.division)), wsk: `${endOfDayInChina(notice.endsOn)}#${notice.noticeId}` }
    : {};

/** By this the referrals are told from the rest of the table when all of it is read. */
export const referralPrefix = 'REFERRAL#';
export const referralKey = (id: ReferralId): Key => state(`${referralPrefix}${id}`);
export const planKey = (id: HouseholdId): Key => state(`PLAN#${id}`);
/** Closed referrals are counted by county, in it by month, department and item; which item lies under a mark, the fingerprint of it. */
export const closedPartition = (county: DivisionCode): string => `CLOSED#${county}`;
export const closedKey = ({ county, month, department }: CountedUnder, mark: string): Key => ({
  pk: closedPartition(county),
  sk: `${month}#${department}#${mark}`,
});
/** One item for what a department was refused, by the fingerprint of what it claimed; listed by county, month and department. */
export const preventedKey = (mark: string): Key => state(`PREVENTED#${mark}`);
export const preventedPartition = (county: DivisionCode): string => `PREVENTED#${county}`;
export const preventedWorklistKey = ({ county, month, department }: CountedUnder, mark: string): WorklistKey => ({
  wpk: preventedPartition(county),
  wsk: `${month}#${department}#${mark}`,
});

/**
 * The referrals of a prefecture are one partition, in it those of each county and department a stretch of their own, which no query for
 * it leaves: so a sweep learns with one query where there are none.
 */
export const referralPartition = (county: DivisionCode): string => `REFERRALS#${county.slice(0, 4)}`;
/** A place in the stretch of a county and department; `~` is after all of them. */
export const referralPlace = ({ county, department }: InboxName, place: string): string =>
  `${county}#${department}#${place}`;
/** Whose stretch a place is in. */
export const inboxAt = (place: string): InboxName => {
  const [county, department = ''] = place.split('#');
  return { county: DivisionCode.parse(county), department };
};

/** An open referral is in its department's list under the moment at which it next needs attention; what is late comes first. */
export const referralWorklistKey = (referral: Referral): WorklistKey | Record<string, never> => {
  const { due, division, department, referralId, remindedAt, escalatedAt } = referral;
  if (due === null) return {};
  const county = countyOf(division);
  const wpk = referralPartition(county);
  const inbox = { county, department };
  if (escalatedAt !== null) return { wpk, wsk: referralPlace(inbox, `${escalatedFirst}${due.dueAt}#${referralId}`) };
  return { wpk, wsk: referralPlace(inbox, `${remindedAt === null ? due.remindAt : due.dueAt}#${referralId}`) };
};

export const subscriptionKey = (id: SubscriptionId): Key => state(`SUBSCRIPTION#${id}`);

/** Every version that was drafted is in one list, the oldest first. */
export const policyPartition = 'POLICIES';
export const policyWorklistKey = ({ createdAt, policyVersion }: PolicyVersion): WorklistKey => ({
  wpk: policyPartition,
  wsk: `${createdAt}#${policyVersion}`,
});

/** Break-glass grants are listed by the day in China on which they were opened. */
export const breakGlassKey = (id: BreakGlassId): Key => state(`BREAK-GLASS#${id}`);
export const breakGlassPartition = (day: LocalDate): string => `BREAK-GLASS#${day}`;
export const breakGlassWorklistKey = ({ openedAt, breakGlassId }: BreakGlassGrant): WorklistKey => ({
  wpk: breakGlassPartition(dateInChina(openedAt)),
  wsk: `${openedAt}#${breakGlassId}`,
});

/** Entries of the assistance chain are listed in the ledger they are in. */
export const assistanceEntryKey = (id: AssistanceEntryId): Key => state(`ASSISTANCE#${id}`);
export const ledgerPartition = (ledger: PersonId | HouseholdId): string => `LEDGER#${ledger}`;
export const ledgerKey = (entry: AssistanceEntry): WorklistKey => ({
  wpk: ledgerPartition(ledgerOf(entry)),
  wsk: `${entry.registeredAt}#${entry.entryId}`,
});
/** A guard by the fingerprint of what it keeps apart, which would tell who is given what; beside it the year, or that it is an occasion. */
export const guardKey = (ofFingerprint: string, span: string): Key => ({ pk: `GUARD#${ofFingerprint}`, sk: span });
export const emergencyAidKey = (id: EmergencyAidId): Key => state(`EMERGENCY-AID#${id}`);
export const emergencyReserveKey = (division: DivisionCode): Key => state(`EMERGENCY-RESERVE#${division}`);
/** An entry of a reserve is known by the reserve and its number. */
export const reserveEntryId = ({ division, number: each }: ReserveEntry): string => `${division}.${number(each, 6)}`;
export const reserveEntryKey = (entry: ReserveEntry): Key => state(`RESERVE-ENTRY#${reserveEntryId(entry)}`);
/** One item per person and occasion, so that an emergency is aided once by construction. */
export const emergencyOnceKey = (mark: string): Key => ({ pk: `EMERGENCY-ONCE#${mark}`, sk: 'GUARD' });

/** Grievances are listed by county, whatever came of them. */
export const grievanceKey = (id: GrievanceId): Key => state(`GRIEVANCE#${id}`);
export const grievancePartition = (county: DivisionCode): string => `GRIEVANCES#${county}`;
export const grievanceWorklistKey = ({ division, receivedAt, grievanceId }: Grievance): WorklistKey => ({
  wpk: grievancePartition(division),
  wsk: `${receivedAt}#${grievanceId}`,
});
/** One item per person and county, so that there is one outreach by construction. */
export const reportOnceKey = (mark: string): Key => ({ pk: `REPORTED#${mark}`, sk: 'GUARD' });
/** One item per person, county and kind of hardship, while files lead to no outreach there. */
export const outreachRestKey = (mark: string): Key => ({ pk: `OUTREACH-REST#${mark}`, sk: 'GUARD' });
export const reportKey = (id: ReportId): Key => state(`REPORT#${id}`);
/** The payment runs of a county are listed by month, the lines of a run by their ids. */
export const paymentRunKey = (id: PaymentRunId): Key => state(`PAYMENT-RUN#${id}`);
export const paymentRunPartition = (county: DivisionCode): string => `PAYMENT-RUNS#${county}`;
export const paymentRunWorklistKey = ({ division, month }: PaymentRun): WorklistKey => ({
  wpk: paymentRunPartition(division),
  wsk: month,
});
export const paymentLineKey = (id: PaymentLineId): Key => state(`PAYMENT-LINE#${id}`);
export const paymentLinePartition = (id: PaymentRunId): string => `PAYMENT-LINES#${id}`;
export const paymentLineWorklistKey = ({ paymentRunId, paymentLineId }: PaymentLine): WorklistKey => ({
  wpk: paymentLinePartition(paymentRunId),
  wsk: paymentLineId,
});
/** A correction is known by its line and its number. */
export const paymentCorrectionId = (line: PaymentLineId, each: number): string => `${line}.${number(each, 2)}`;
export const paymentCorrectionKey = (line: PaymentLineId, each: number): Key =>
  state(`PAYMENT-CORRECTION#${paymentCorrectionId(line, each)}`);
export const correctionKeyOf = (correction: PaymentCorrection): Key =>
  paymentCorrectionKey(correction.paymentLineId, correction.number);
/** A department's file, and what each of its two runs has noted: the plan, and beside it how far each piece has got. */
export const feedKey = (id: FeedId): Key => state(`FEED#${id}`);
export const feedRunPartition = ({ feedId, run }: FeedRunId): string => `FEED-RUN#${feedId}#${run}`;
export const feedRunKey = (run: FeedRunId): Key => state(feedRunPartition(run));
export const comparedPieceKey = (run: FeedRunId, piece: number): Key => ({
  pk: feedRunPartition(run),
  sk: `PIECE#${number(piece, 6)}`,
});
/** A decision that grants something is in its county's list, beside the others of its household: what payments are listed from. */
export const grantedPartition = (county: DivisionCode): string => `GRANTED#${county}`;
export const grantedKey = (determination: Determination): WorklistKey | Record<string, never> => {
  const { payableFrom, division, householdId, determinationId } = determination;
  if (payableFrom === null) return {};
  return { wpk: grantedPartition(countyOf(division)), wsk: `${householdId}#${determinationId}` };
};

/** The last key of a list at or before an instant. `~` sorts after every id. */
export const upTo = (at: Instant): string => `${at}#~`;
