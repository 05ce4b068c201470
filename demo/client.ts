import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type AlertDispositionBody, AlertList, AlertRulesView, AlertView } from '../contracts/api/alerts.ts';
import {
  ApplicationView,
  type SubmitApplicationBody,
  SubmittedApplication,
  type SupplementBody,
  type WithdrawalBody,
} from '../contracts/api/applications.ts';
import {
  AssistanceChainPage,
  type AssistanceClaimBody,
  type AssistanceDeliveryBody,
  type AssistanceEndBody,
  AssistanceEntryView,
  type UnclaimedDeliveryBody,
  UnclaimedDeliveryView,
} from '../contracts/api/assistance-chain.ts';
import { AuditEntryList, AuditHeadsView } from '../contracts/api/audit.ts';
import { BreakGlassList, BreakGlassView, type OpenBreakGlassBody } from '../contracts/api/break-glass.ts';
import { DailyScanView } from '../contracts/api/daily-scans.ts';
import {
  type AllocationBody,
  EmergencyAidView,
  type EmergencyClosureBody,
  type EmergencyPapersBody,
  type EmergencyPaymentBody,
  EmergencyReserveView,
  type GrantEmergencyAidBody,
} from '../contracts/api/emergency-aid.ts';
import { type FeedBody, FeedView } from '../contracts/api/feeds.ts';
import {
  type AnonymousGrievanceBody,
  AnonymousGrievanceView,
  type GrievanceAcceptanceBody,
  GrievanceList,
  type GrievanceOutcomeBody,
  GrievanceReceipt,
  GrievanceView,
  type ReceiptBody,
  type SubmitGrievanceBody,
} from '../contracts/api/grievances.ts';
import { type HouseholdChangeBody, HouseholdChangeView } from '../contracts/api/household-changes.ts';
import {
  AccessRecordPage,
  type DeathBody,
  DeathView,
  type DisclosureBody,
  DisclosureView,
  HouseholdView,
} from '../contracts/api/households.ts';
import { InsightsView } from '../contracts/api/insights.ts';
import { type ErasureBody, ErasureView, KeyGenerationList, KeyUsePage, RewrapPage } from '../contracts/api/keys.ts';
import { DisclosureRulesView, type LookupBody, LookupView } from '../contracts/api/lookups.ts';
import { NoticeList, NoticeView, type ObjectionBody, ObjectionView } from '../contracts/api/notices.ts';
import {
  type CorrectionBody,
  PaymentLineList,
  PaymentLineView,
  type PaymentRunBody,
  PaymentRunList,
  PaymentRunView,
} from '../contracts/api/payment-runs.ts';
import {
  type ActivationBody,
  ActivationView,
  ChangesPage,
  type DraftBody,
  PolicyList,
  PolicyVersionView,
  SimulationView,
} from '../contracts/api/policies.ts';
import {
  type OutcomeBody,
  ReferralList,
  ReferralView,
  type ReroutingBody,
  type ReturnBody,
  type VerificationBody,
} from '../contracts/api/referrals.ts';
import {
  PublicReportView,
  ReportList,
  type ReportOutcomeBody,
  ReportReceipt,
  type ReportReceiptBody,
  ReportView,
  type SubmitReportBody,
} from '../contracts/api/reports.ts';
import { DeterminationView, ReviewView, TraceView } from '../contracts/api/reviews.ts';
import { type OperationId, routes } from '../contracts/api/routes.ts';
import {
  type SubscriptionBody,
  SubscriptionList,
  SubscriptionView,
  SubscriptionWithSecret,
} from '../contracts/api/subscriptions.ts';
import { type ExtensionBody, TaskDetail, TaskList, type TaskResult, TaskView } from '../contracts/api/tasks.ts';
import { type Language, ProblemBody, problemType } from '../contracts/problems.ts';
import type { Person, World } from './world.ts';

const views = {
  submitApplication: SubmittedApplication,
  readApplication: ApplicationView,
  supplementApplication: ApplicationView,
  withdrawApplication: ApplicationView,
  listTasks: TaskList,
  readTask: TaskDetail,
  completeTask: TaskView,
  extendTask: TaskView,
  readReview: ReviewView,
  readDetermination: DeterminationView,
  readTrace: TraceView,
  listNotices: NoticeList,
  readNotice: NoticeView,
  objectToNotice: ObjectionView,
  draftPolicy: PolicyVersionView,
  listPolicies: PolicyList,
  readPolicy: PolicyVersionView,
  simulatePolicy: SimulationView,
  readSimulation: SimulationView,
  listSimulatedChanges: ChangesPage,
  activatePolicy: ActivationView,
  readActivation: ActivationView,
  withdrawPolicy: PolicyVersionView,
  readHousehold: HouseholdView,
  discloseIdentity: DisclosureView,
  recordDeath: DeathView,
  recordHouseholdChange: HouseholdChangeView,
  readAccessRecord: AccessRecordPage,
  lookUpPeople: LookupView,
  readDisclosureRules: DisclosureRulesView,
  claimAssistance: AssistanceEntryView,
  recordUnclaimedDelivery: UnclaimedDeliveryView,
  recordDelivery: AssistanceEntryView,
  endAssistance: AssistanceEntryView,
  readAssistanceChain: AssistanceChainPage,
  openBreakGlass: BreakGlassView,
  listBreakGlass: BreakGlassList,
  endBreakGlass: BreakGlassView,
  grantEmergencyAid: EmergencyAidView,
  readEmergencyAid: EmergencyAidView,
  payEmergencyAid: EmergencyAidView,
  supplyEmergencyPapers: EmergencyAidView,
  closeEmergencyAid: EmergencyAidView,
  readEmergencyReserve: EmergencyReserveView,
  allocateEmergencyReserve: EmergencyReserveView,
  listReferrals: ReferralList,
  readReferral: ReferralView,
  acceptReferral: ReferralView,
  returnReferral: ReferralView,
  reportOutcome: ReferralView,
  verifyReferral: ReferralView,
  submitGrievance: GrievanceView,
  listGrievances: GrievanceList,
  readGrievance: GrievanceView,
  acceptGrievance: GrievanceView,
  decideGrievance: GrievanceView,
  withdrawGrievance: GrievanceView,
  submitAnonymousGrievance: GrievanceReceipt,
  readAnonymousGrievance: AnonymousGrievanceView,
  rerouteReferral: ReferralView,
  submitReport: ReportReceipt,
  listReports: ReportList,
  readReport: ReportView,
  followUpReport: ReportView,
  endReport: ReportView,
  applyFromReport: SubmittedApplication,
  submitPublicReport: ReportReceipt,
  readPublicReport: PublicReportView,
  registerSubscription: SubscriptionWithSecret,
  listSubscriptions: SubscriptionList,
  replaceSubscriptionSecret: SubscriptionWithSecret,
  removeSubscription: SubscriptionView,
  requestPaymentRun: PaymentRunView,
  listPaymentRuns: PaymentRunList,
  readPaymentRun: PaymentRunView,
  listPaymentLines: PaymentLineList,
  releasePaymentRun: PaymentRunView,
  correctPayment: PaymentLineView,
  listKeys: KeyGenerationList,
  countKeyUse: KeyUsePage,
  rotateKeys: KeyGenerationList,
  rewrapKeys: RewrapPage,
  erasePerson: ErasureView,
  readInsights: InsightsView,
  listAlerts: AlertList,
  readAlert: AlertView,
  disposeAlert: AlertView,
  readAlertRules: AlertRulesView,
  readDailyScan: DailyScanView,
  announceFeed: FeedView,
  readFeed: FeedView,
  checkFeed: FeedView,
  commitFeed: FeedView,
  discardFeed: FeedView,
  readAuditHeads: AuditHeadsView,
  listAuditEntries: AuditEntryList,
} as const satisfies Record<OperationId, z.ZodType>;

interface Bodies {
  submitApplication: z.input<typeof SubmitApplicationBody>;
  supplementApplication: z.input<typeof SupplementBody>;
  withdrawApplication: z.input<typeof WithdrawalBody>;
  completeTask: z.input<typeof TaskResult>;
  extendTask: z.input<typeof ExtensionBody>;
  objectToNotice: z.input<typeof ObjectionBody>;
  grantEmergencyAid: z.input<typeof GrantEmergencyAidBody>;
  payEmergencyAid: z.input<typeof EmergencyPaymentBody>;
  supplyEmergencyPapers: z.input<typeof EmergencyPapersBody>;
  closeEmergencyAid: z.input<typeof EmergencyClosureBody>;
  allocateEmergencyReserve: z.input<typeof AllocationBody>;
  draftPolicy: z.input<typeof DraftBody>;
  activatePolicy: z.input<typeof ActivationBody>;
  discloseIdentity: z.input<typeof DisclosureBody>;
  recordDeath: z.input<typeof DeathBody>;
  recordHouseholdChange: z.input<typeof HouseholdChangeBody>;
  lookUpPeople: z.input<typeof LookupBody>;
  claimAssistance: z.input<typeof AssistanceClaimBody>;
  recordUnclaimedDelivery: z.input<typeof UnclaimedDeliveryBody>;
  recordDelivery: z.input<typeof AssistanceDeliveryBody>;
  endAssistance: z.input<typeof AssistanceEndBody>;
  openBreakGlass: z.input<typeof OpenBreakGlassBody>;
  returnReferral: z.input<typeof ReturnBody>;
  reportOutcome: z.input<typeof OutcomeBody>;
  verifyReferral: z.input<typeof VerificationBody>;
  rerouteReferral: z.input<typeof ReroutingBody>;
  submitReport: z.input<typeof SubmitReportBody>;
  endReport: z.input<typeof ReportOutcomeBody>;
  applyFromReport: z.input<typeof SubmitApplicationBody>;
  submitPublicReport: z.input<typeof SubmitReportBody>;
  readPublicReport: z.input<typeof ReportReceiptBody>;
  submitGrievance: z.input<typeof SubmitGrievanceBody>;
  acceptGrievance: z.input<typeof GrievanceAcceptanceBody>;
  decideGrievance: z.input<typeof GrievanceOutcomeBody>;
  submitAnonymousGrievance: z.input<typeof AnonymousGrievanceBody>;
  readAnonymousGrievance: z.input<typeof ReceiptBody>;
  registerSubscription: z.input<typeof SubscriptionBody>;
  requestPaymentRun: z.input<typeof PaymentRunBody>;
  correctPayment: z.input<typeof CorrectionBody>;
  erasePerson: z.input<typeof ErasureBody>;
  disposeAlert: z.input<typeof AlertDispositionBody>;
  announceFeed: z.input<typeof FeedBody>;
}

/** What an operation answers when it succeeds. */
export type View<Op extends OperationId> = z.infer<(typeof views)[Op]>;

/** A request: by whom (nobody on a public route), with which parts of the path, body and headers. */
export interface Request<Op extends OperationId> {
  readonly as?: Person;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Op extends keyof Bodies ? Bodies[Op] : never;
  /** Idempotency key of a creating request; a new one when it is not given. */
  readonly key?: string;
  /** Version on which a change is based. */
  readonly ifMatch?: number | null;
  readonly language?: Language;
}

export interface Success<Body> {
  readonly ok: true;
  readonly status: number;
  readonly body: Body;
  /** Version of the record, from its ETag. */
  readonly version: number | null;
  /** The effect was there already, from an earlier request of the same content. */
  readonly replayed: boolean;
}
export interface Refused {
  readonly ok: false;
  readonly status: number;
  readonly problem: ProblemBody;
}
export type Answer<Body> = Success<Body> | Refused;

const viewOf = <Op extends OperationId>(operation: Op): z.ZodType<View<Op>> => {
  const schemas: { [Each in OperationId]: z.ZodType<View<Each>> } = views;
  return schemas[operation];
};

const addressOf = <Op extends OperationId>(apiUrl: string, operation: Op, { params, query }: Request<Op>): string => {
  const path = routes[operation].path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined) throw new Error(`${operation} needs ${name} in its path`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(query).toString();
  return `${apiUrl}${path}${search === '' ? '' : `?${search}`}`;
};

const headersOf = async <Op extends OperationId>(world: World, request: Request<Op>): Promise<Headers> => {
  const { as, body, key = randomUUID(), ifMatch, language = 'en' } = request;
  const headers = new Headers({ 'accept-language': language });
  if (as !== undefined) headers.set('authorization', `Bearer ${await world.token(as.role, as.division, as.subject)}`);
  if (body !== undefined) {
    headers.set('content-type', 'application/json');
    headers.set('idempotency-key', key);
  }
  if (typeof ifMatch === 'number') headers.set('if-match', `"${ifMatch}"`);
  return headers;
};

const versionOf = (etag: string | null): number | null => (etag === null ? null : Number(etag.replaceAll('"', '')));

/** Calls an operation of the HTTP API and takes whatever it answers, parsed with the schemas of the contracts. */
export const call = async <Op extends OperationId>(
  world: World,
  operation: Op,
  request: Request<Op>,
): Promise<Answer<View<Op>>> => {
  const response = await fetch(addressOf(world.apiUrl, operation, request), {
    method: routes[operation].method,
    headers: await headersOf(world, request),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const { status, headers } = response;
  const body: unknown = await response.json();
  if (!response.ok) return { ok: false, status, problem: ProblemBody.parse(body) };
  const replayed = headers.get('idempotency-replayed') === 'true';
  return { ok: true, status, body: viewOf(operation).parse(body), version: versionOf(headers.get('etag')), replayed };
};

/** The success that an answer has to be; throws an error that says what was refused, and why. */
export const granted = <Body>(answer: Answer<Body>): Success<Body> => {
  if (answer.ok) return answer;
  throw new Error(`refused with ${answer.status}: ${JSON.stringify(answer.problem)}`);
};

/** The code of a refusal; null when nothing was refused. */
export const refusalCode = (answer: Answer<unknown>): string | null =>
  answer.ok ? null : answer.problem.type.slice(problemType('not-found').length - 'not-found'.length);
