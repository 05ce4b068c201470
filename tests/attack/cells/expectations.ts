import type { OperationId } from '../../../contracts/api/routes.ts';
import type { Claims } from '../api.ts';
import { claimsOf, expectedRoles, type PlaceName } from '../places.ts';

/** Who calls: every role, and the two that may hold a county as well as the province. */
export const callers = [...expectedRoles, 'county-auditor', 'county-administrator'] as const;
export type Caller = (typeof callers)[number];

export const claimsOfCaller = (caller: Caller): Claims | null => {
  if (caller === 'county-auditor') return { sub: caller, role: 'auditor', division: '140121' };
  if (caller === 'county-administrator') return { sub: caller, role: 'administrator', division: '140121' };
  return claimsOf(caller);
};

/** Whether a place lies in the caller's division. */
export const covers = (caller: Caller, place: PlaceName): boolean => {
  if (caller === 'provincial' || caller === 'auditor' || caller === 'administrator') return true;
  return place === 'own-township' || (place === 'own-county' && caller !== 'township-worker');
};

/**
 * What a cell must answer. `absent` is 404, and in every byte what an id gets that was never given; `lists` and `empty` are lists
 * that hold the planted record, and that do not; `refused` is any other refusal of what was asked.
 */
export const outcomes = ['does', 'lists', 'empty', 'refused', 'forbidden', 'absent', 'unauthenticated'] as const;
export type CellOutcome = (typeof outcomes)[number];

export interface Expectation {
  readonly may: readonly Caller[];
  /** For who may, on what lies in the own division. */
  readonly own: 'does' | 'lists' | 'refused';
  /** For who may, on what lies beyond the own division. */
  readonly beyond: CellOutcome | Readonly<Partial<Record<PlaceName, CellOutcome>>>;
  /** For an agency that may, on what another agency handed in in the same county. */
  readonly otherAgency: CellOutcome;
  /** An agency reaches what was referred to it, within its own division only. */
  readonly ownDepartment?: true;
  /** Whom the route lets in, though what was planted is work of another role: forbidden where they may see it, absent beyond. */
  readonly notTheirWork?: readonly Caller[];
  /** Whom the route lets in for what is their own, which the planted record is not: absent, wherever it lies. */
  readonly onlyTheirOwn?: readonly Caller[];
}

const anyone: readonly Caller[] = callers;
const county: readonly Caller[] = ['township-worker', 'county-worker', 'approver'];
const overseers: readonly Caller[] = ['provincial', 'auditor', 'county-auditor'];
const policyReaders: readonly Caller[] = [...overseers, 'administrator', 'county-administrator'];
const keyReaders: readonly Caller[] = ['auditor', 'county-auditor', 'administrator', 'county-administrator'];
const payers: readonly Caller[] = ['county-worker', 'approver'];
const givers: readonly Caller[] = ['township-worker', 'county-worker', 'agency'];
const feedGivers: readonly Caller[] = ['agency', 'provincial', 'administrator', 'county-administrator'];
const province: readonly Caller[] = ['provincial', 'administrator'];

const record = (may: readonly Caller[], otherAgency: CellOutcome = 'forbidden'): Expectation => ({
  may,
  own: 'does',
  beyond: 'absent',
  otherAgency,
});
/** A referral is its department's, and of whoever oversees the division; nobody else learns that it is there. */
const ofDepartment = (may: readonly Caller[]): Expectation => ({ ...record(may, 'absent'), ownDepartment: true });
/** A policy is the whole province's: no place is beyond who may, and an office of a county may not. */
const ofProvince = (may: readonly Caller[]): Expectation => ({
  may,
  own: 'does',
  beyond: 'does',
  otherAgency: 'forbidden',
});
const published = (own: 'does' | 'lists'): Expectation => ({ may: anyone, own, beyond: own, otherAgency: own });

/**
 * What every route owes every caller, written by hand from the law and the design and not from the code. A route without a line
 * here does not compile, and is counted as a violation.
 */
export const expectations: Readonly<Record<OperationId, Expectation>> = {
  // Nobody hands in for a place that is not theirs; whose record it will be is not a question yet.
  submitApplication: {
    may: ['township-worker', 'county-worker', 'agency'],
    own: 'does',
    beyond: 'forbidden',
    otherAgency: 'does',
  },
  readApplication: record([...county, 'agency', ...overseers], 'absent'),
  supplementApplication: record(['township-worker', 'county-worker', 'agency'], 'absent'),
  withdrawApplication: record(['township-worker', 'county-worker', 'agency'], 'absent'),
  listTasks: {
    may: [...county, ...overseers],
    own: 'lists',
    // A township's worker sees of the county what is the township's.
    beyond: { 'own-county': 'empty', 'other-county': 'forbidden' },
    otherAgency: 'forbidden',
  },
  readTask: record([...county, 'auditor', 'county-auditor']),
  // The planted task is a visit: investigators are workers, whoever confirms afterwards is not.
  completeTask: { ...record(['township-worker', 'county-worker']), notTheirWork: ['approver'] },
  extendTask: record(['county-worker', 'approver']),
  readReview: record([...county, ...overseers]),
  readDetermination: record([...county, ...overseers]),
  readTrace: record([...county, ...overseers]),
  listNotices: published('lists'),
  readNotice: published('does'),
  objectToNotice: published('does'),
  draftPolicy: ofProvince(['provincial']),
  listPolicies: { ...ofProvince(policyReaders), own: 'lists', beyond: 'lists' },
  readPolicy: ofProvince(policyReaders),
  simulatePolicy: ofProvince(province),
  readSimulation: ofProvince(policyReaders),
  // The list names households, so it ends where the caller's division does.
  listSimulatedChanges: { may: policyReaders, own: 'lists', beyond: 'empty', otherAgency: 'forbidden' },
  activatePolicy: ofProvince(province),
  readActivation: ofProvince(policyReaders),
  withdrawPolicy: ofProvince(province),
  // Quick aid is given where it happens, by whoever works there; its people are nobody's household yet.
  grantEmergencyAid: {
    may: ['township-worker', 'county-worker'],
    own: 'does',
    beyond: 'forbidden',
    otherAgency: 'does',
  },
  readEmergencyAid: record([...county, ...overseers]),
  payEmergencyAid: record(['township-worker', 'county-worker']),
  supplyEmergencyPapers: record(['township-worker', 'county-worker']),
  closeEmergencyAid: record(['township-worker', 'county-worker']),
  readEmergencyReserve: record([...county, ...overseers]),
  allocateEmergencyReserve: record(['county-worker']),
  // The payments of a month are asked for by a county for itself, so there is nothing beyond; they are looked at by whoever oversees it.
  requestPaymentRun: { may: payers, own: 'does', beyond: 'does', otherAgency: 'forbidden' },
  listPaymentRuns: { may: [...payers, ...overseers], own: 'lists', beyond: 'forbidden', otherAgency: 'forbidden' },
  readPaymentRun: record([...payers, ...overseers]),
  listPaymentLines: record([...payers, 'auditor', 'county-auditor']),
  releasePaymentRun: record(payers),
  correctPayment: record(['county-worker']),
  // Whom the county is alerted to, and what came of it, is the county's; how often a rule was right is for whoever oversees it too.
  listAlerts: {
    may: [...payers, 'auditor', 'county-auditor'],
    own: 'lists',
    beyond: 'forbidden',
    otherAgency: 'forbidden',
  },
  readAlert: record([...payers, 'auditor', 'county-auditor']),
  disposeAlert: record(payers),
  readAlertRules: {
    may: ['county-worker', 'approver', ...overseers],
    own: 'does',
    beyond: 'forbidden',
    otherAgency: 'forbidden',
  },
  // A department's file is its own wherever it works; the province hands in for any, and looks after its division. Whose place it is, is not asked.
  announceFeed: { may: feedGivers, own: 'does', beyond: 'does', otherAgency: 'does' },
  readFeed: record(feedGivers, 'absent'),
  checkFeed: record(feedGivers, 'absent'),
  commitFeed: record(feedGivers, 'absent'),
  discardFeed: record(feedGivers, 'absent'),
  readHousehold: record([...county, ...overseers]),
  discloseIdentity: record([...county, ...overseers]),
  recordDeath: record(['county-worker', 'approver']),
  recordHouseholdChange: record(['county-worker', 'approver']),
  readAccessRecord: record(['county-worker', ...overseers]),
  // The answer says of each person whether anybody is known within the agency's division; the question itself is always in order.
  lookUpPeople: { may: ['agency'], own: 'does', beyond: 'does', otherAgency: 'does' },
  // Officers give what Civil Affairs leads, agencies what is theirs, both to people of their own division.
  claimAssistance: { ...record(givers), otherAgency: 'does' },
  recordUnclaimedDelivery: { ...record(givers), otherAgency: 'does' },
  recordDelivery: record(givers, 'absent'),
  endAssistance: record(givers, 'absent'),
  // An agency is shown its own entries of a person of its division, of which there may be none.
  readAssistanceChain: { ...record([...county, 'agency', ...overseers]), otherAgency: 'does' },
  readDisclosureRules: published('does'),
  // Nobody needs to break glass for what is theirs anyway.
  openBreakGlass: { may: county, own: 'refused', beyond: 'does', otherAgency: 'forbidden' },
  listBreakGlass: { may: overseers, own: 'lists', beyond: 'empty', otherAgency: 'forbidden' },
  endBreakGlass: { ...record(['provincial']), onlyTheirOwn: county },
  readAuditHeads: published('does'),
  // Who did what is for auditors, and of their division only.
  listAuditEntries: { may: ['auditor', 'county-auditor'], own: 'does', beyond: 'forbidden', otherAgency: 'forbidden' },
  // Counts of a small county are nearly about somebody: officers who answer for it, and nobody else.
  readInsights: {
    may: ['county-worker', 'approver', ...overseers],
    own: 'does',
    beyond: 'forbidden',
    otherAgency: 'forbidden',
  },
  // Counts of the caller's own counties, whichever day is asked for: there is nothing beyond.
  readDailyScan: { may: ['county-worker', ...overseers], own: 'does', beyond: 'does', otherAgency: 'forbidden' },
  listReferrals: {
    may: [...county, 'agency', ...overseers],
    own: 'lists',
    beyond: { 'own-county': 'empty', 'other-county': 'forbidden' },
    otherAgency: 'empty',
    ownDepartment: true,
  },
  readReferral: ofDepartment([...county, 'agency', ...overseers]),
  acceptReferral: ofDepartment(['agency']),
  returnReferral: ofDepartment(['agency']),
  reportOutcome: ofDepartment(['agency']),
  verifyReferral: record(county),
  rerouteReferral: record(['county-worker', 'approver']),
  // A grievance goes to a county: every township of it may take one down, and only the one that did sees it again.
  submitGrievance: {
    may: ['township-worker', 'county-worker', 'agency'],
    own: 'does',
    beyond: { 'own-county': 'does', 'other-county': 'forbidden' },
    otherAgency: 'does',
  },
  listGrievances: {
    may: ['county-worker', 'approver', ...overseers],
    own: 'lists',
    beyond: 'forbidden',
    otherAgency: 'forbidden',
  },
  readGrievance: {
    ...record(['county-worker', 'approver', ...overseers, 'township-worker', 'agency']),
    onlyTheirOwn: ['township-worker', 'agency'],
  },
  acceptGrievance: record(['county-worker', 'approver']),
  decideGrievance: record(['county-worker', 'approver']),
  withdrawGrievance: {
    ...record(['county-worker', 'township-worker', 'agency']),
    onlyTheirOwn: ['township-worker', 'agency'],
  },
  submitAnonymousGrievance: published('does'),
  readAnonymousGrievance: published('does'),
  // Anyone may tell of anyone; who holds a token tells within the own county or division.
  submitReport: {
    may: ['township-worker', 'county-worker', 'agency'],
    own: 'does',
    beyond: { 'own-county': 'does', 'other-county': 'forbidden' },
    otherAgency: 'does',
  },
  listReports: {
    may: ['township-worker', 'county-worker', ...overseers],
    own: 'lists',
    beyond: { 'own-county': 'empty', 'other-county': 'forbidden' },
    otherAgency: 'forbidden',
  },
  // An agency that told does not read what became of the person: it has its receipt.
  readReport: record(['township-worker', 'county-worker', ...overseers]),
  followUpReport: record(['township-worker', 'county-worker']),
  endReport: record(['township-worker', 'county-worker']),
  applyFromReport: record(['township-worker', 'county-worker']),
  submitPublicReport: published('does'),
  readPublicReport: published('does'),
  // A department has one address for its division; what is asked for names neither.
  registerSubscription: { may: ['agency'], own: 'does', beyond: 'does', otherAgency: 'does' },
  listSubscriptions: { may: ['agency'], own: 'does', beyond: 'does', otherAgency: 'does' },
  replaceSubscriptionSecret: ofDepartment(['agency']),
  removeSubscription: ofDepartment(['agency']),
  listKeys: ofProvince(keyReaders),
  countKeyUse: ofProvince(keyReaders),
  // The keys are the whole platform's, so no office of one county turns them.
  // The planted request is based on a generation that never was, so that a hundred cells do not turn the keys a hundred times.
  rotateKeys: { ...ofProvince(['administrator']), own: 'refused', beyond: 'refused' },
  rewrapKeys: ofProvince(['administrator']),
  erasePerson: record(['administrator', 'county-administrator']),
};

/** What a cell must answer, from the table above. */
export const expectedOf = (
  expectation: Expectation,
  access: 'token' | 'public',
  { caller, place, otherAgency }: { caller: Caller; place: PlaceName; otherAgency: boolean },
): CellOutcome => {
  if (access === 'token' && caller === 'public') return 'unauthenticated';
  if (expectation.notTheirWork?.includes(caller)) return covers(caller, place) ? 'forbidden' : 'absent';
  if (expectation.onlyTheirOwn?.includes(caller)) return 'absent';
  if (!expectation.may.includes(caller)) return 'forbidden';
  if (caller === 'agency' && expectation.ownDepartment === true && covers(caller, place))
    return otherAgency ? expectation.otherAgency : expectation.own;
  // What an agency handed in is the agency's wherever it lies, and nothing else is (docs/access.md, scope `own-agency`).
  if (caller === 'agency' && expectation.otherAgency === 'absent' && expectation.ownDepartment !== true)
    return otherAgency ? 'absent' : expectation.own;
  if (!covers(caller, place)) {
    const { beyond } = expectation;
    return typeof beyond === 'string' ? beyond : (beyond[place] ?? 'absent');
  }
  return expectation.own;
};
