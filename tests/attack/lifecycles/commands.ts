import type { OperationId } from '../../../contracts/api/routes.ts';
import { coupleBody } from '../../support/people.ts';
import type { Claims } from '../api.ts';
import { callingAddress } from '../cells/subscriptions.ts';
import type { World } from '../world.ts';
import type { PlantedRecord } from './planter.ts';

export interface Command {
  readonly operation: OperationId;
  readonly path: (planted: PlantedRecord) => string;
  readonly body?: (planted: PlantedRecord, claims: Claims | null) => unknown;
  readonly headers?: (world: World) => Record<string, string>;
  /** As whom a caller asks, where the planted record is one department's. */
  readonly claims?: (claims: Claims | null) => Claims | null;
  /** Moves of the same lifecycle that this request may make beside its own; which one, the record's state decides. */
  readonly orElse?: readonly string[];
}

const papersOf = ({ bundle }: PlantedRecord, all: boolean): unknown => {
  const personId = bundle?.personId ?? '';
  const register = { kind: 'household-register' };
  const declaration = { kind: 'truth-declaration' };
  const others = ['identity-document', 'income-proof', 'disability-certificate'].map((kind) => ({ kind, personId }));
  return {
    papers: all ? [register, declaration, ...others] : [register],
    consents: all ? [{ personId, givenOn: '2026-03-01', expiresOn: '2027-03-01' }] : [],
  };
};

const withdrawal: Command = {
  operation: 'withdrawApplication',
  path: ({ bundle }) => `/applications/${bundle?.application.applicationId}/withdrawal`,
  body: () => ({ reason: 'applicant-request' }),
};
const supplement = (all: boolean): Command => ({
  operation: 'supplementApplication',
  path: ({ id }) => `/applications/${id}/supplements`,
  body: (planted) => papersOf(planted, all),
  headers: () => ({ 'if-match': '"1"' }),
  ...(all ? {} : { orElse: ['supplement-early', 'supplement'] }),
});

/** The planted entry is of Civil Affairs, which officers give for. */
const asCivilAffairs = (claims: Claims | null): Claims | null =>
  claims?.['role'] === 'agency' ? { ...claims, agency: 'civil-affairs' } : claims;
const closure = (body: object): Command => ({
  operation: 'closeEmergencyAid',
  path: ({ id }) => `/emergency-aid/${id}/closure`,
  body: () => body,
});
const acceptance = (body: object): Command => ({
  operation: 'acceptGrievance',
  path: ({ id }) => `/grievances/${id}/acceptance`,
  body: () => body,
});
const outcome = (what: string): Command => ({
  operation: 'decideGrievance',
  path: ({ id }) => `/grievances/${id}/outcome`,
  body: () => ({ outcome: what, reasons: 'The file was looked at again.' }),
});
const reportOutcome = (body: (planted: PlantedRecord) => object): Command => ({
  operation: 'endReport',
  path: ({ id }) => `/reports/${id}/outcome`,
  body,
  headers: () => ({ 'if-match': '"1"' }),
});
const found = (outcome: string): Command => reportOutcome(() => ({ outcome, note: 'Two visits were made.' }));
const returning: Command = {
  operation: 'returnReferral',
  path: ({ id }) => `/referrals/${id}/return`,
  body: () => ({ reason: 'not-our-department' }),
};
const verification = (result: string): Command => ({
  operation: 'verifyReferral',
  path: ({ id }) => `/referrals/${id}/verification`,
  body: () => ({ result, how: 'household' }),
});

/**
 * By which route somebody commands a move: lifecycle, then action. A move that is not here is made by the workflow or the sweep
 * alone, and no route leads to it.
 */
export const commands: Readonly<Record<string, Readonly<Record<string, Command>>>> = {
  application: {
    'supplement-early': supplement(false),
    'supplement': supplement(false),
    accept: supplement(true),
    withdraw: withdrawal,
  },
  review: { cancel: withdrawal },
  task: {
    complete: {
      operation: 'completeTask',
      path: ({ id }) => `/tasks/${id}/completion`,
      body: (_, claims) => ({
        kind: 'field-assessment',
        visitedOn: '2026-03-02',
        investigators: [claims?.['sub'] ?? 'nobody', 'somebody-else'],
        findings: [],
      }),
    },
    extend: {
      operation: 'extendTask',
      path: ({ id }) => `/tasks/${id}/extension`,
      body: () => ({ reason: 'hard-to-check' }),
      headers: () => ({ 'if-match': '"1"' }),
    },
    cancel: withdrawal,
  },
  notice: {
    object: {
      operation: 'objectToNotice',
      path: ({ id }) => `/notices/${id}/objections`,
      body: () => ({ grounds: 'They moved away last year.' }),
      headers: (world) => ({ 'idempotency-key': world.key() }),
    },
    withdraw: withdrawal,
  },
  policyVersion: {
    withdraw: { operation: 'withdrawPolicy', path: ({ id }) => `/policies/${id}/withdrawal` },
  },
  policyRun: {},
  assistanceEntry: {
    deliver: {
      operation: 'recordDelivery',
      path: ({ id }) => `/assistance-chain/${id}/delivery`,
      body: () => ({ deliveredOn: '2026-03-01', amount: 10_000 }),
      claims: asCivilAffairs,
    },
    end: {
      operation: 'endAssistance',
      path: ({ id }) => `/assistance-chain/${id}/end`,
      body: () => ({ reason: 'entered-in-error' }),
      claims: asCivilAffairs,
    },
  },
  emergencyAid: {
    'pay': {
      operation: 'payEmergencyAid',
      path: ({ id }) => `/emergency-aid/${id}/payment`,
      body: () => ({ paidOn: '2026-03-02' }),
    },
    'supply-papers': {
      operation: 'supplyEmergencyPapers',
      path: ({ id }) => `/emergency-aid/${id}/papers`,
      body: () => ({ papers: ['handler-record'] }),
    },
    'close': closure({ outcome: 'paid', hardshipLasts: true }),
    'withdraw': closure({ outcome: 'not-paid', reason: 'person-left' }),
  },
  referral: {
    'accept': { operation: 'acceptReferral', path: ({ id }) => `/referrals/${id}/acceptance` },
    'return': { ...returning, orElse: ['refer-to-panel'] },
    'refer-to-panel': { ...returning, orElse: ['return'] },
    'reroute': {
      operation: 'rerouteReferral',
      path: ({ id }) => `/referrals/${id}/rerouting`,
      body: () => ({ department: 'health' }),
    },
    'report': {
      operation: 'reportOutcome',
      path: ({ id }) => `/referrals/${id}/outcome`,
      body: () => ({ kind: 'delivered', amount: 100, on: '2026-03-02', evidence: 'file 2026-17' }),
      headers: (world) => ({ 'idempotency-key': world.key() }),
    },
    'verify': verification('confirmed'),
    'dispute': verification('not-confirmed'),
  },
  grievance: {
    accept: acceptance({ decision: 'accept' }),
    refuse: acceptance({ decision: 'refuse', reason: 'not-ours', reasons: 'It is the court’s to decide.' }),
    uphold: outcome('upheld'),
    reject: outcome('rejected'),
    withdraw: { operation: 'withdrawGrievance', path: ({ id }) => `/grievances/${id}/withdrawal` },
  },
  report: {
    'follow-up': { operation: 'followUpReport', path: ({ id }) => `/reports/${id}/follow-up` },
    'take-application': {
      operation: 'applyFromReport',
      path: ({ id }) => `/reports/${id}/application`,
      body: () => coupleBody(),
      headers: (world) => ({ 'idempotency-key': world.key() }),
    },
    'find-known': reportOutcome(({ bundle }) => ({
      outcome: 'known-already',
      householdId: bundle?.household.household.householdId,
    })),
    'not-find': found('not-found'),
    'find-no-need': found('not-in-need'),
    'respect-refusal': found('not-wanted'),
  },
  subscription: {
    'register': {
      operation: 'registerSubscription',
      path: () => '/subscriptions',
      body: () => ({ url: callingAddress }),
      headers: (world) => ({ 'idempotency-key': world.key() }),
    },
    'replace-secret': {
      operation: 'replaceSubscriptionSecret',
      path: ({ id }) => `/subscriptions/${id}/secret`,
      headers: (world) => ({ 'idempotency-key': world.key() }),
    },
    'remove': { operation: 'removeSubscription', path: ({ id }) => `/subscriptions/${id}/removal` },
  },
  alert: {
    dispose: {
      operation: 'disposeAlert',
      path: ({ id }) => `/alerts/${id}/disposition`,
      body: () => ({
        disposition: 'deliver',
        verdict: 'confirmed',
        grounds: ['home-visit'],
        note: 'They were visited.',
      }),
      headers: () => ({ 'if-match': '"1"' }),
    },
  },
  paymentRun: {
    release: {
      operation: 'releasePaymentRun',
      path: ({ id }) => `/payment-runs/${id}/release`,
      headers: () => ({ 'if-match': '"1"' }),
    },
  },
  feed: {
    check: { operation: 'checkFeed', path: ({ id }) => `/feeds/${id}/dry-run` },
    commit: {
      operation: 'commitFeed',
      path: ({ id }) => `/feeds/${id}/commit`,
      headers: () => ({ 'if-match': '"1"' }),
    },
    discard: { operation: 'discardFeed', path: ({ id }) => `/feeds/${id}/discard` },
  },
  // A line is settled by the walk over its list alone; what comes later is an entry beside it.
  paymentLine: {},
  breakGlass: { end: { operation: 'endBreakGlass', path: ({ id }) => `/break-glass/${id}/end` } },
};

/** Routes that write and move nothing that is there: they create, or ask the workflow for a run. */
export const movesNothing: readonly OperationId[] = [
  'submitApplication',
  'draftPolicy',
  'simulatePolicy',
  'activatePolicy',
  'openBreakGlass',
  'grantEmergencyAid',
  'allocateEmergencyReserve',
  'rotateKeys',
  'discloseIdentity',
  'recordDeath',
  'recordHouseholdChange',
  'lookUpPeople',
  'claimAssistance',
  'recordUnclaimedDelivery',
  'rewrapKeys',
  'submitGrievance',
  'submitAnonymousGrievance',
  'readAnonymousGrievance',
  'submitReport',
  'submitPublicReport',
  'readPublicReport',
  'erasePerson',
  'requestPaymentRun',
  'announceFeed',
  'correctPayment',
];
