import type { BreakGlassGrant } from '../access/break-glass.ts';
import type { Actor } from '../access/roles.ts';
import type { Alert } from '../alerts/alert.ts';
import type { AlertReads, CountedDisposal } from '../alerts/counted-alerts.ts';
import type { Application } from '../applications/application.ts';
import type { AssistanceEntry } from '../assistance/assistance-entry.ts';
import type { Guard } from '../assistance/guard.ts';
import type { Instant, LocalDate } from '../dates.ts';
import type { Determination } from '../determinations/determination.ts';
import type { AccessEntry } from '../disclosure/access-entry.ts';
import type { EmergencyAid } from '../emergency/emergency-aid.ts';
import type { EmergencyReserve, ReserveEntry } from '../emergency/reserve.ts';
import type { DomainEvent } from '../events/event.ts';
import type { Feed } from '../feeds/feed.ts';
import type { Grievance } from '../grievances/grievance.ts';
import type { DeathEvidence } from '../households/death.ts';
import type { ChangeEvidence, ChangeKind } from '../households/household-change.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import type {
  ApplicationId,
  AssistanceEntryId,
  BreakGlassId,
  DeterminationId,
  EmergencyAidId,
  FeedId,
  GrievanceId,
  HouseholdId,
  NoticeId,
  PaymentLineId,
  PaymentRunId,
  PersonId,
  PolicyRunId,
  ReferralId,
  ReviewId,
  SubscriptionId,
  TaskId,
} from '../ids.ts';
import type {
  ClosedReferrals,
  CountedUnder,
  Months,
  PreventedDuplicate,
  ReferralStanding,
} from '../insights/counted.ts';
import type { Notice } from '../notices/notice.ts';
import type { PaymentCorrection } from '../payments/corrections.ts';
import type { PaymentLine } from '../payments/payment-line.ts';
import type { PaymentRun } from '../payments/payment-run.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { PolicyRun } from '../policy-versions/policy-run.ts';
import type { PolicyInForce, PolicyVersion } from '../policy-versions/policy-version.ts';
import type { AssistancePlan, Referral } from '../referrals/referral.ts';
import type { Report } from '../reports/report.ts';
import type { ReportOnce, ReportReads } from '../reports/report-store.ts';
import type { Review } from '../reviews/review.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Task } from '../tasks/task.ts';
import type { StoredGeneration } from './key-store.ts';
import type { HouseholdOpening, OpenHousehold } from './open-household.ts';

/** An aggregate to be written whole. Its `version` is the new one; `from` names the states the stored one may be in. */
export type AggregateWrite =
  | { kind: 'household'; value: RosterHousehold }
  | { kind: 'application'; value: Application; from: readonly Application['state'][] }
  | { kind: 'review'; value: Review; from: readonly Review['state'][] }
  | { kind: 'task'; value: Task; from: readonly Task['state'][] }
  | { kind: 'notice'; value: Notice; from: readonly Notice['state'][] }
  | { kind: 'determination'; value: Determination }
  | { kind: 'policy-version'; value: PolicyVersion; from: readonly PolicyVersion['state'][] }
  | { kind: 'policy-run'; value: PolicyRun; from: readonly PolicyRun['state'][] }
  | { kind: 'policy-in-force'; value: PolicyInForce }
  | { kind: 'break-glass'; value: BreakGlassGrant; from: readonly BreakGlassGrant['state'][] }
  | { kind: 'assistance-entry'; value: AssistanceEntry; from: readonly AssistanceEntry['state'][] }
  | { kind: 'emergency-aid'; value: EmergencyAid; from: readonly EmergencyAid['state'][] }
  | { kind: 'emergency-reserve'; value: EmergencyReserve }
  | { kind: 'reserve-entry'; value: ReserveEntry }
  | { kind: 'referral'; value: Referral; from: readonly Referral['state'][] }
  | { kind: 'plan'; value: AssistancePlan }
  | { kind: 'grievance'; value: Grievance; from: readonly Grievance['state'][] }
  | { kind: 'report'; value: Report; from: readonly Report['state'][] }
  | { kind: 'subscription'; value: Subscription; from: readonly Subscription['state'][] }
  | { kind: 'payment-run'; value: PaymentRun; from: readonly PaymentRun['state'][] }
  | { kind: 'payment-line'; value: PaymentLine; from: readonly PaymentLine['state'][] }
  | { kind: 'payment-correction'; value: PaymentCorrection }
  | { kind: 'alert'; value: Alert; from: readonly Alert['state'][] }
  | { kind: 'feed'; value: Feed; from: readonly Feed['state'][] };

/** Where a person is known from: found by resident ID, so that a person exists once. */
export interface KnownPerson {
  personId: PersonId;
  /** Null after leaving one, until the person is in another. */
  householdId: HouseholdId | null;
  /** The last application the person was a member of, open or not. */
  applicationId: ApplicationId | null;
}

/** Ties a resident ID to a person and an application, if the person is still where the caller last saw them. */
export interface PersonClaim extends KnownPerson {
  residentId: string;
  /** What the look-up answered before; undefined when the person was not known. */
  seen: KnownPerson | undefined;
}

/** The answer given to a request, kept so that the same request gets the same answer. */
export interface IdempotencyRecord {
  caller: string;
  key: string;
  requestHash: string;
  response: Readonly<Record<string, unknown>>;
}

/** The destruction of a person's key. With it, the household is written without the person; or, when nobody is left in it, nothing but the fact that there was one. */
export interface Erasure {
  householdId: HouseholdId;
  personId: PersonId;
  /** By which the person was found; null where none is known. */
  residentId: string | null;
  /** Of the household after it. */
  version: number;
  division: DivisionCode;
  reason: string;
}

/** What is recorded to have changed in a household, about whom, and by which paper. The day lies in the household's envelope alone. */
export interface RecordedChange {
  householdId: HouseholdId;
  /** Null where it is about all of them. */
  personId: PersonId | null;
  change: 'death' | ChangeKind;
  /** `department-register`: no paper, but what the department that registers deaths says. */
  evidence: DeathEvidence | ChangeEvidence | 'department-register';
}

/** Places in guards that an entry takes, which must be free, or gives back, which it must hold. */
export interface GuardChange {
  entryId: AssistanceEntryId;
  take: readonly Guard[];
  free: readonly Guard[];
}
/** Takes an occasion for an aid, so that nobody else aids it, or frees it. The occasion itself is not stored: see `occasionOf`. */
export type EmergencyOnce =
  | { does: 'take'; occasion: string; emergencyAidId: EmergencyAidId; givenBy: DivisionCode; grantedOn: LocalDate }
  | { does: 'free'; occasion: string; emergencyAidId: EmergencyAidId };

/** One command: everything in it is stored together, or nothing is. */
export interface Change {
  aggregates: readonly AggregateWrite[];
  claims?: readonly PersonClaim[];
  guards?: GuardChange;
  emergencyOnce?: EmergencyOnce;
  reportOnce?: ReportOnce;
  idempotency?: IdempotencyRecord;
  erasure?: Erasure;
  householdChange?: RecordedChange;
  /** A referral that is closed by it, which is counted in the same transaction. */
  closes?: CountedUnder;
  /** An alert that is disposed of by it, which is counted in the same transaction. */
  disposes?: CountedDisposal;
  /** A data key to be used from now on, if there is none of its number yet. */
  newGeneration?: StoredGeneration;
  /** The household that records are stored about, where it was opened: they are sealed with the keys it was opened with. */
  opened?: OpenHousehold;
  event: DomainEvent;
  /** Further entries of the same command, of types that are recorded only: one for each further person who was looked at. */
  alsoRecorded?: readonly DomainEvent[];
  /** `agency` and `division` are those of the caller's token; they are told in the record of whoever was looked at. */
  actor: { role: Actor; subject: string; agency?: string | null; division?: DivisionCode };
  division: DivisionCode;
}

/** So many people can be looked at in one command: an entry and its copy for each, within the hundred items of a transaction. */
export const mostPeopleRecorded = 49;

/** Why a command was not stored. Nothing of it was. */
export type Conflict =
  | { conflict: 'version' | 'state' | 'exists'; kind: AggregateWrite['kind'] }
  | { conflict: 'claim'; index: number }
  /** The occasion was aided before: by whom and when, and no more. */
  | { conflict: 'aided'; givenBy: DivisionCode; grantedOn: LocalDate }
  /** A place of a guard, or the outreach to somebody, is taken, or is not held by whom it was to be freed. */
  | { conflict: 'guard' | 'reported' | 'generation' | 'idempotency' };
export type CommitResult = { ok: true } | ({ ok: false } & Conflict);

/** An event that nobody has relayed, where it is kept. Reading it may fail, and then it alone has failed. */
export interface WaitingEvent {
  /** Names the item to the store; nothing else is to be read from it. */
  place: string;
  event: () => DomainEvent;
}

/** Why an event could not be relayed: names and codes only. `passes`: it may well succeed later, so the attempt does not count. */
export interface RelayFailure {
  /** Name of the error. */
  reason: string;
  /** The function, and the code of its log line. */
  failedIn: string;
  code: string;
  at: Instant;
  passes: boolean;
}

/** A page of a list, with what to ask for to get the next one. */
export interface Page<Item> {
  items: readonly Item[];
  next: string | null;
}

/** A decision that grants something from some month on, by whose household it is: what a county's payments are listed from. */
export interface GrantedDecision {
  householdId: HouseholdId;
  determinationId: DeterminationId;
}
/** What of a list of payments is asked for; `state` null: all of it. */
export interface PaymentLineQuery {
  paymentRunId: PaymentRunId;
  state: PaymentLine['state'] | null;
}

/** One department's referrals in a county: one stretch of the index, which no query for it leaves. */
export interface InboxName {
  county: DivisionCode;
  department: string;
}
/** What of it is asked for. */
export interface ReferralInbox extends InboxName {
  within: DivisionCode;
  state: Referral['state'] | null;
}

/** The roster and what is under way on it, as the use cases see it. */
export interface RosterStore extends AlertReads, ReportReads, HouseholdOpening {
  household(id: HouseholdId): Promise<RosterHousehold | undefined>;
  application(id: ApplicationId): Promise<Application | undefined>;
  review(id: ReviewId): Promise<Review | undefined>;
  task(id: TaskId): Promise<Task | undefined>;
  notice(id: NoticeId): Promise<Notice | undefined>;
  determination(id: DeterminationId): Promise<Determination | undefined>;
  policyVersion(name: string): Promise<PolicyVersion | undefined>;
  policyRun(id: PolicyRunId): Promise<PolicyRun | undefined>;
  /** Undefined as long as no version was activated: then the built-in one is in force. */
  policyInForce(): Promise<PolicyInForce | undefined>;
  /** All versions that were ever drafted, the oldest first. */
  policyVersions(limit: number, after: string | null): Promise<Page<PolicyVersion>>;
  /** The people of these resident IDs, in their order; undefined for who is not known. */
  people(residentIds: readonly string[]): Promise<readonly (KnownPerson | undefined)[]>;
  applicationAndHousehold(
    applicationId: ApplicationId,
    householdId: HouseholdId,
  ): Promise<{ application: Application | undefined; household: RosterHousehold | undefined }>;
  idempotencyRecord(caller: string, key: string): Promise<IdempotencyRecord | undefined>;
  /** Who looked at what is known of a person, the newest first. */
  accessRecord(personId: PersonId, limit: number, after: string | null): Promise<Page<AccessEntry>>;

  /** Open tasks of a county in the order in which they next need attention, those in `within` only. */
  openTasks(county: DivisionCode, within: DivisionCode, limit: number, after: string | null): Promise<Page<Task>>;
  /** Notices in public of a county, those ending first first. */
  publishedNotices(county: DivisionCode, limit: number, after: string | null): Promise<Page<Notice>>;
  /** Open tasks of a county to be reminded of or escalated at a moment. */
  tasksNeedingAttention(county: DivisionCode, at: Instant, limit: number): Promise<readonly Task[]>;
  /** Published notices of a county whose days have passed at a moment. */
  noticesPast(county: DivisionCode, at: Instant, limit: number): Promise<readonly Notice[]>;
  /** Events stored before a moment that nobody has relayed, the shards of the outbox in turn, so that none keeps the others waiting. */
  strandedEvents(before: Instant, limit: number): Promise<readonly WaitingEvent[]>;
  /** Events that were parked because they failed too often, those that were tried least lately first. */
  parkedEvents(limit: number): Promise<readonly WaitingEvent[]>;
  /**
   * Notes with an event why it could not be relayed. After its last attempt the event is parked with the reason. A parked event is kept, but
   * holds up no other. It is tried again when there is time, or when somebody gives it again.
   */
  eventFailed(place: string, failure: RelayFailure): Promise<'kept' | 'parked' | 'gone'>;
  /** Takes away a parked event that was relayed after all. */
  parkedRelayed(place: string): Promise<void>;
  eventRelayed(event: DomainEvent): Promise<void>;

  referral(id: ReferralId): Promise<Referral | undefined>;
  /** What other departments are to do for a household; undefined as long as nothing was planned. */
  plan(householdId: HouseholdId): Promise<AssistancePlan | undefined>;
  /** Open referrals of a county to a department in the order in which they next need attention, those in `within` only. */
  openReferrals(inbox: ReferralInbox, limit: number, after: string | null): Promise<Page<Referral>>;
  /** The inboxes with open referrals in a county or a prefecture. */
  inboxesInUse(division: DivisionCode): Promise<readonly InboxName[]>;
  /** Open referrals of a county to a department to be reminded of or escalated at a moment. */
  referralsNeedingAttention(inbox: InboxName, at: Instant, limit: number): Promise<readonly Referral[]>;

  /** Where the open referrals of a county to a department stand; also of those of which nobody can read any more what they are for. */
  referralStandings(inbox: InboxName, limit: number, after: string | null): Promise<Page<ReferralStanding>>;
  /** How many referrals of a county were closed, by month, department and item. */
  closedReferrals(
    county: DivisionCode,
    months: Months,
    limit: number,
    after: string | null,
  ): Promise<Page<ClosedReferrals>>;
  /** The duplicates that the assistance chain prevented in a county, by month and department. */
  preventedDuplicates(
    county: DivisionCode,
    months: Months,
    limit: number,
    after: string | null,
  ): Promise<Page<PreventedDuplicate>>;
  /** Counts a refused claim. What is claimed tells it from others: the same, refused again, is not counted again. */
  duplicatePrevented(prevented: PreventedDuplicate, claimed: string): Promise<void>;

  /** Those of these subscriptions that are there, in their order. */
  subscriptions(ids: readonly SubscriptionId[]): Promise<readonly Subscription[]>;

  breakGlass(id: BreakGlassId): Promise<BreakGlassGrant | undefined>;
  /** Break-glass grants by the day in China on which they were opened, the oldest first. */
  breakGlassOpened(day: LocalDate, limit: number, after: string | null): Promise<Page<BreakGlassGrant>>;

  assistanceEntry(id: AssistanceEntryId): Promise<AssistanceEntry | undefined>;
  /** The entries in the ledger of a person or a household, the oldest first; without those that nobody can read any more. */
  assistanceOf(ledger: PersonId | HouseholdId, limit: number, after: string | null): Promise<Page<AssistanceEntry>>;
  /** Who stands where guards are to be taken, in the order of the guards. */
  holdersOf(guards: readonly Guard[]): Promise<readonly AssistanceEntryId[]>;
  emergencyAid(id: EmergencyAidId): Promise<EmergencyAid | undefined>;
  /** Undefined as long as nothing was put into it. */
  emergencyReserve(division: DivisionCode): Promise<EmergencyReserve | undefined>;

  grievance(id: GrievanceId): Promise<Grievance | undefined>;
  /** The grievances of a county, those in one state or in any, the oldest first. */
  grievancesOf(
    county: DivisionCode,
    state: Grievance['state'] | null,
    limit: number,
    after: string | null,
  ): Promise<Page<Grievance>>;
  paymentRun(id: PaymentRunId): Promise<PaymentRun | undefined>;
  /** The payment runs of a county by month. */
  paymentRuns(county: DivisionCode, limit: number, after: string | null): Promise<Page<PaymentRun>>;
  paymentLine(id: PaymentLineId): Promise<PaymentLine | undefined>;
  /** Lines of a run in the order of their ids, without those that nobody can read any more; `erased` says how many those are. */
  paymentLines(
    query: PaymentLineQuery,
    limit: number,
    after: string | null,
  ): Promise<Page<PaymentLine> & { erased: number }>;
  /** The corrections of a line, the first first. */
  paymentCorrections(id: PaymentLineId): Promise<readonly PaymentCorrection[]>;
  /** Decisions of a county that grant something, household after household; without reading what they say. */
  grantedDecisions(county: DivisionCode, limit: number, after: string | null): Promise<Page<GrantedDecision>>;

  feed(id: FeedId): Promise<Feed | undefined>;

  /** Task tokens are a capability of the workflow: stored apart, encrypted, read by the relay only. */
  storeToken(owner: TaskId | NoticeId | ReferralId, token: string, at: Instant): Promise<void>;
  token(owner: TaskId | NoticeId | ReferralId): Promise<string | undefined>;

  commit(change: Change): Promise<CommitResult>;
}
