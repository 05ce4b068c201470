import type { AnswerName } from './field-groups.ts';
import type { CallerRole } from './roles.ts';

/** Which records a caller reaches. Whatever lies outside answers exactly as what is not there. */
export const scopes = {
  'division': 'records of the division in the caller’s token, and of what lies inside it',
  'own-agency': 'applications that the caller’s own agency handed in, and nothing else, whatever the token’s division',
  'region': 'the policy and the keys of the whole region: only callers whose division is the region itself',
  'everything': 'what belongs to no division, such as the list of policy versions',
  'own': 'what the caller itself opened',
  'own-items': 'people of the division, for items of assistance that the caller’s own department leads',
  'own-entries': 'entries of the assistance chain that are the caller’s own department’s',
  'own-department': 'what was referred to the caller’s own department, within the division of its token',
  'own-datasets': 'files of the datasets that the caller’s own department owns',
  'own-subscription': 'the address that the caller’s own department has registered for the division of its token',
  'public': 'what the law publishes, to everyone and without a token',
} as const;
export type Scope = keyof typeof scopes;

/** One line of the table: what an operation does, who may call it and which records each of them reaches. */
export interface Permission {
  /** A read changes nothing. Only reads are open to break-glass access. */
  readonly does: 'read' | 'write';
  /** Roles that may call it, each with its scope. Whoever is not named is refused. */
  readonly callers: Readonly<Partial<Record<CallerRole, Scope>>>;
  /** Where not every caller sees the whole answer: whose field groups say what each of them sees. */
  readonly answer?: AnswerName;
}

const intake = { 'township-worker': 'division', 'county-worker': 'division', 'agency': 'own-agency' } as const;
const staff = { 'township-worker': 'division', 'county-worker': 'division', 'approver': 'division' } as const;
const officers = { ...staff, provincial: 'division', auditor: 'division' } as const;
const emergencyWorkers = { 'township-worker': 'division', 'county-worker': 'division' } as const;
const grievanceExaminers = { 'county-worker': 'division', 'approver': 'division' } as const;
const outreachWorkers = { 'township-worker': 'division', 'county-worker': 'division' } as const;
const grievanceTakers = { 'township-worker': 'own', 'county-worker': 'division', 'agency': 'own-agency' } as const;
const payers = { 'county-worker': 'division', 'approver': 'division' } as const;
const alertOfficers = { 'county-worker': 'division', 'approver': 'division', 'auditor': 'division' } as const;
const policyReaders = { provincial: 'everything', administrator: 'everything', auditor: 'everything' } as const;
const policyKeepers = { provincial: 'region', administrator: 'region' } as const;
const keyReaders = { administrator: 'everything', auditor: 'everything' } as const;
const givers = { 'township-worker': 'division', 'county-worker': 'division', 'agency': 'own-items' } as const;
const ownEntries = { ...givers, agency: 'own-entries' } as const;
const departments = { agency: 'own-department' } as const;
const subscribers = { agency: 'own-subscription' } as const;
const feedGivers = { agency: 'own-datasets', provincial: 'division', administrator: 'division' } as const;
const everyone = { public: 'public' } as const;

/**
 * Who may do what, spelt once. The HTTP edge asks this table before a use case runs; the API document, docs/access.md and the
 * tests are made from it. An operation without a line here does not compile (contracts/access.ts).
 */
export const permissions = {
  submitApplication: { does: 'write', callers: intake, answer: 'submitted-application' },
  readApplication: {
    does: 'read',
    callers: { ...intake, approver: 'division', provincial: 'division', auditor: 'division' },
    answer: 'application',
  },
  supplementApplication: { does: 'write', callers: intake, answer: 'application' },
  withdrawApplication: { does: 'write', callers: intake, answer: 'application' },
  listTasks: { does: 'read', callers: officers },
  readTask: { does: 'read', callers: { ...staff, auditor: 'division' }, answer: 'task' },
  completeTask: { does: 'write', callers: staff },
  extendTask: { does: 'write', callers: { 'county-worker': 'division', 'approver': 'division' } },
  readReview: { does: 'read', callers: officers },
  readDetermination: { does: 'read', callers: officers },
  readTrace: { does: 'read', callers: officers },
  listNotices: { does: 'read', callers: everyone },
  readNotice: { does: 'read', callers: everyone },
  objectToNotice: { does: 'write', callers: everyone },
  draftPolicy: { does: 'write', callers: { provincial: 'region' } },
  listPolicies: { does: 'read', callers: policyReaders },
  readPolicy: { does: 'read', callers: policyReaders },
  simulatePolicy: { does: 'write', callers: policyKeepers },
  readSimulation: { does: 'read', callers: policyReaders },
  listSimulatedChanges: {
    does: 'read',
    callers: { provincial: 'division', administrator: 'division', auditor: 'division' },
  },
  activatePolicy: { does: 'write', callers: policyKeepers },
  readActivation: { does: 'read', callers: policyReaders },
  withdrawPolicy: { does: 'write', callers: policyKeepers },
  openBreakGlass: { does: 'write', callers: { 'township-worker': 'own', 'county-worker': 'own', 'approver': 'own' } },
  listBreakGlass: { does: 'read', callers: { provincial: 'division', auditor: 'division' } },
  endBreakGlass: {
    does: 'write',
    callers: { 'township-worker': 'own', 'county-worker': 'own', 'approver': 'own', 'provincial': 'division' },
  },
  grantEmergencyAid: { does: 'write', callers: emergencyWorkers, answer: 'emergency-aid' },
  readEmergencyAid: { does: 'read', callers: officers, answer: 'emergency-aid' },
  payEmergencyAid: { does: 'write', callers: emergencyWorkers, answer: 'emergency-aid' },
  supplyEmergencyPapers: { does: 'write', callers: emergencyWorkers, answer: 'emergency-aid' },
  closeEmergencyAid: { does: 'write', callers: emergencyWorkers, answer: 'emergency-aid' },
  readEmergencyReserve: { does: 'read', callers: officers },
  allocateEmergencyReserve: { does: 'write', callers: { 'county-worker': 'division' } },
  readHousehold: { does: 'read', callers: officers },
  discloseIdentity: { does: 'write', callers: officers },
  recordDeath: { does: 'write', callers: { 'county-worker': 'division', 'approver': 'division' } },
  recordHouseholdChange: { does: 'write', callers: { 'county-worker': 'division', 'approver': 'division' } },
  readAccessRecord: {
    does: 'read',
    callers: { 'county-worker': 'division', 'provincial': 'division', 'auditor': 'division' },
  },
  lookUpPeople: { does: 'write', callers: { agency: 'own-items' } },
  claimAssistance: { does: 'write', callers: givers },
  recordUnclaimedDelivery: { does: 'write', callers: givers },
  recordDelivery: { does: 'write', callers: ownEntries },
  endAssistance: { does: 'write', callers: ownEntries },
  readAssistanceChain: { does: 'read', callers: { ...officers, agency: 'own-entries' } },
  readDisclosureRules: { does: 'read', callers: everyone },
  listReferrals: { does: 'read', callers: { ...officers, ...departments } },
  readReferral: { does: 'read', callers: { ...officers, ...departments } },
  acceptReferral: { does: 'write', callers: departments },
  returnReferral: { does: 'write', callers: departments },
  reportOutcome: { does: 'write', callers: departments },
  verifyReferral: { does: 'write', callers: staff },
  rerouteReferral: { does: 'write', callers: { 'county-worker': 'division', 'approver': 'division' } },
  submitGrievance: { does: 'write', callers: intake, answer: 'grievance' },
  listGrievances: {
    does: 'read',
    callers: { ...grievanceExaminers, provincial: 'division', auditor: 'division' },
  },
  readGrievance: {
    does: 'read',
    callers: { ...grievanceTakers, ...grievanceExaminers, provincial: 'division', auditor: 'division' },
    answer: 'grievance',
  },
  acceptGrievance: { does: 'write', callers: grievanceExaminers, answer: 'grievance' },
  decideGrievance: { does: 'write', callers: grievanceExaminers, answer: 'grievance' },
  withdrawGrievance: { does: 'write', callers: grievanceTakers, answer: 'grievance' },
  submitAnonymousGrievance: { does: 'write', callers: everyone },
  readAnonymousGrievance: { does: 'write', callers: everyone },
  submitReport: { does: 'write', callers: intake },
  listReports: { does: 'read', callers: { ...outreachWorkers, provincial: 'division', auditor: 'division' } },
  readReport: {
    does: 'read',
    callers: { ...outreachWorkers, provincial: 'division', auditor: 'division' },
    answer: 'report',
  },
  followUpReport: { does: 'write', callers: outreachWorkers, answer: 'report' },
  endReport: { does: 'write', callers: outreachWorkers, answer: 'report' },
  applyFromReport: { does: 'write', callers: outreachWorkers, answer: 'submitted-application' },
  submitPublicReport: { does: 'write', callers: everyone },
  readPublicReport: { does: 'write', callers: everyone },
  registerSubscription: { does: 'write', callers: subscribers },
  listSubscriptions: { does: 'read', callers: subscribers },
  replaceSubscriptionSecret: { does: 'write', callers: subscribers },
  removeSubscription: { does: 'write', callers: subscribers },
  requestPaymentRun: { does: 'write', callers: payers },
  listPaymentRuns: { does: 'read', callers: { ...payers, provincial: 'division', auditor: 'division' } },
  readPaymentRun: { does: 'read', callers: { ...payers, provincial: 'division', auditor: 'division' } },
  listPaymentLines: { does: 'read', callers: { ...payers, auditor: 'division' } },
  releasePaymentRun: { does: 'write', callers: payers },
  correctPayment: { does: 'write', callers: { 'county-worker': 'division' } },
  readInsights: {
    does: 'read',
    callers: { 'county-worker': 'division', 'approver': 'division', 'provincial': 'division', 'auditor': 'division' },
  },
  readDailyScan: {
    does: 'read',
    callers: { 'county-worker': 'division', 'provincial': 'division', 'auditor': 'division' },
  },
  listAlerts: { does: 'read', callers: alertOfficers },
  readAlert: { does: 'read', callers: alertOfficers },
  disposeAlert: { does: 'write', callers: { 'county-worker': 'division', 'approver': 'division' } },
  readAlertRules: {
    does: 'read',
    callers: { 'county-worker': 'division', 'approver': 'division', 'provincial': 'division', 'auditor': 'division' },
  },
  announceFeed: { does: 'write', callers: feedGivers },
  readFeed: { does: 'read', callers: feedGivers },
  checkFeed: { does: 'write', callers: feedGivers },
  commitFeed: { does: 'write', callers: feedGivers },
  discardFeed: { does: 'write', callers: feedGivers },
  readAuditHeads: { does: 'read', callers: everyone },
  listAuditEntries: { does: 'read', callers: { auditor: 'division' } },
  listKeys: { does: 'read', callers: keyReaders },
  countKeyUse: { does: 'read', callers: keyReaders },
  rotateKeys: { does: 'write', callers: { administrator: 'region' } },
  rewrapKeys: { does: 'write', callers: { administrator: 'region' } },
  erasePerson: { does: 'write', callers: { administrator: 'division' } },
} as const satisfies Readonly<Record<string, Permission>>;

const isRole = (role: string, of: Permission['callers']): role is CallerRole => Object.hasOwn(of, role);

/** The roles that may call an operation, in the order of the table. */
export const callersOf = ({ callers }: Permission): readonly CallerRole[] =>
  Object.keys(callers).filter((role) => isRole(role, callers));
