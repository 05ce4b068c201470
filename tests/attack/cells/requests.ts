import type { OperationId } from '../../../contracts/api/routes.ts';
import { standardDraft } from '../../support/policies.ts';
import type { Claims, Sent } from '../api.ts';
import { coupleOf, emergencyOf, type PlaceName, places, residentIdOf } from '../places.ts';
import type { Case, Stage, World } from '../world.ts';
import { claimOf, plantEntry } from './assistance.ts';

/** What the policy routes are asked about: a version as it was drafted, one that was simulated, and its runs. */
export interface PlantedPolicy {
  readonly version: string;
  readonly simulationId: string;
  readonly simulationHash: string;
  readonly activationId: string;
}

export interface Asked {
  readonly world: World;
  readonly planted: Case;
  readonly policy: PlantedPolicy;
  /** A version that may be simulated and withdrawn. */
  readonly draft: string;
  readonly place: PlaceName;
  /** A break-glass grant to the place, opened by somebody of elsewhere. */
  readonly grant: string;
  /** Quick aid that happened at the place, granted or paid as the route needs it. */
  readonly emergency: string;
  readonly claims: Claims | null;
}

type Parts = Pick<Sent, 'path'> & {
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

export interface RouteRequest {
  /** How far the planted case is led; null: the route is not about a case. */
  readonly stage: Stage | null;
  readonly parts: (asked: Asked) => Parts | Promise<Parts>;
  /** Of a list: the text by which the planted record is known in it. */
  readonly listed?: (asked: Asked) => string;
  /** Of a route about quick aid: the state it needs. */
  readonly emergency?: 'granted' | 'paid';
  /** Whether a success uses the record up. */
  readonly changes: boolean;
}

const reading = (stage: Stage | null, path: (asked: Asked) => string): RouteRequest => ({
  stage,
  parts: (asked) => ({ path: path(asked) }),
  changes: false,
});
const idempotent = ({ world }: Asked) => ({ 'idempotency-key': world.key() });
const versionOfApplication = async ({ world, planted }: Asked): Promise<string> =>
  `"${(await world.roster.store.application(planted.applicationId))?.version ?? 0}"`;
const versionOfTask = async ({ world, planted }: Asked): Promise<string> =>
  `"${planted.taskId === undefined ? 0 : ((await world.roster.store.task(planted.taskId))?.version ?? 0)}"`;

const versionOfHousehold = async ({ world, planted }: Asked): Promise<string> =>
  `"${(await world.roster.store.household(planted.householdId))?.version ?? 0}"`;

/** For what each role may ask to see a name. */
const purposesOf: Readonly<Record<string, string>> = {
  approver: 'identity-check',
  provincial: 'objection',
  auditor: 'audit',
};
const purposeOf = (claims: Claims | null): string => purposesOf[String(claims?.['role'])] ?? 'field-visit';
/** An item that the caller's own department leads. */
const itemOf = (claims: Claims | null): string =>
  claims?.['agency'] === 'education' ? 'education.compulsory' : 'disability.home-access';

const ofEmergency = (emergency: 'granted' | 'paid', step: string, body: unknown): RouteRequest => ({
  stage: null,
  emergency,
  parts: (asked) => ({ path: `/emergency-aid/${asked.emergency}/${step}`, body }),
  changes: true,
});

const years = 70;
/** A name of a version nobody has used. */
export const versionName = (number: number): string => `attack-20${27 + (number % years)}.${1 + (number % 999)}`;

/** A request to every route that would succeed for who may. A route without one does not compile, and is counted as a violation. */
export const routeRequests: Readonly<Record<OperationId, RouteRequest>> = {
  submitApplication: {
    stage: null,
    parts: (asked) => ({
      path: '/applications',
      body: coupleOf(asked.world.number(), places[asked.place].township),
      headers: idempotent(asked),
    }),
    changes: true,
  },
  readApplication: reading('papers', ({ planted }) => `/applications/${planted.applicationId}`),
  supplementApplication: {
    stage: 'papers',
    parts: async (asked) => ({
      path: `/applications/${asked.planted.applicationId}/supplements`,
      body: { papers: [{ kind: 'household-register' }] },
      headers: { 'if-match': await versionOfApplication(asked) },
    }),
    changes: true,
  },
  withdrawApplication: {
    stage: 'papers',
    parts: ({ planted }) => ({
      path: `/applications/${planted.applicationId}/withdrawal`,
      body: { reason: 'applicant-request' },
    }),
    changes: true,
  },
  listTasks: {
    stage: 'visit',
    parts: ({ place }) => ({ path: '/tasks', query: `county=${places[place].county}&limit=100` }),
    listed: ({ planted }) => planted.taskId ?? 'no task',
    changes: false,
  },
  readTask: reading('visit', ({ planted }) => `/tasks/${planted.taskId}`),
  completeTask: {
    stage: 'visit',
    parts: ({ planted, claims }) => ({
      path: `/tasks/${planted.taskId}/completion`,
      body: {
        kind: 'field-assessment',
        visitedOn: '2026-03-02',
        investigators: [claims?.['sub'] ?? 'nobody', 'somebody-else'],
        findings: [],
      },
    }),
    changes: true,
  },
  extendTask: {
    stage: 'visit',
    parts: async (asked) => ({
      path: `/tasks/${asked.planted.taskId}/extension`,
      body: { reason: 'hard-to-check' },
      headers: { 'if-match': await versionOfTask(asked) },
    }),
    changes: true,
  },
  readReview: reading('visit', ({ planted }) => `/reviews/${planted.reviewId}`),
  readDetermination: reading('determined', ({ planted }) => `/determinations/${planted.determinationId}`),
  readTrace: reading('determined', ({ planted }) => `/determinations/${planted.determinationId}/trace`),
  listNotices: {
    stage: 'notice',
    parts: ({ place }) => ({ path: '/notices', query: `county=${places[place].county}&limit=100` }),
    listed: ({ planted }) => planted.noticeId ?? 'no notice',
    changes: false,
  },
  readNotice: reading('notice', ({ planted }) => `/notices/${planted.noticeId}`),
  objectToNotice: {
    stage: 'notice',
    parts: (asked) => ({
      path: `/notices/${asked.planted.noticeId}/objections`,
      body: { grounds: 'They moved away last year.' },
      headers: idempotent(asked),
    }),
    changes: true,
  },
  draftPolicy: {
    stage: null,
    parts: (asked) => ({
      path: '/policies',
      body: standardDraft({ version: versionName(asked.world.number()) }),
      headers: idempotent(asked),
    }),
    changes: true,
  },
  listPolicies: {
    stage: null,
    parts: () => ({ path: '/policies', query: 'limit=100' }),
    listed: ({ policy }) => policy.version,
    changes: false,
  },
  readPolicy: reading(null, ({ policy }) => `/policies/${policy.version}`),
  simulatePolicy: {
    stage: null,
    parts: (asked) => ({ path: `/policies/${asked.draft}/simulations`, headers: idempotent(asked) }),
    changes: false,
  },
  readSimulation: reading(null, ({ policy }) => `/policies/${policy.version}/simulations/${policy.simulationId}`),
  listSimulatedChanges: {
    stage: 'determined',
    parts: ({ policy }) => ({
      path: `/policies/${policy.version}/simulations/${policy.simulationId}/changes`,
      query: 'limit=500',
    }),
    listed: ({ planted }) => planted.householdId,
    changes: false,
  },
  activatePolicy: {
    stage: null,
    parts: (asked) => ({
      path: `/policies/${asked.policy.version}/activations`,
      body: { simulationHash: asked.policy.simulationHash, activeFrom: '2026-03-02' },
      headers: idempotent(asked),
    }),
    changes: false,
  },
  readActivation: reading(null, ({ policy }) => `/policies/${policy.version}/activations/${policy.activationId}`),
  withdrawPolicy: {
    stage: null,
    parts: ({ draft }) => ({ path: `/policies/${draft}/withdrawal` }),
    changes: true,
  },
  grantEmergencyAid: {
    stage: null,
    parts: (asked) => ({
      path: '/emergency-aid',
      body: emergencyOf(asked.world.number(), places[asked.place].township),
      headers: idempotent(asked),
    }),
    changes: false,
  },
  readEmergencyAid: {
    ...reading(null, ({ emergency }) => `/emergency-aid/${emergency}`),
    emergency: 'granted',
  },
  payEmergencyAid: ofEmergency('granted', 'payment', { paidOn: '2026-03-02' }),
  supplyEmergencyPapers: ofEmergency('paid', 'papers', { papers: ['handler-record'] }),
  closeEmergencyAid: ofEmergency('granted', 'closure', { outcome: 'not-paid', reason: 'person-left' }),
  readEmergencyReserve: reading(null, ({ place }) => `/emergency-reserves/${places[place].township}`),
  allocateEmergencyReserve: {
    stage: null,
    parts: (asked) => ({
      path: `/emergency-reserves/${places[asked.place].township}/allocations`,
      body: { amount: 100 },
      headers: idempotent(asked),
    }),
    changes: false,
  },
  readHousehold: reading('papers', ({ planted }) => `/households/${planted.householdId}`),
  discloseIdentity: {
    stage: 'papers',
    parts: (asked) => ({
      path: `/households/${asked.planted.householdId}/members/${asked.planted.personId}/disclosures`,
      body: { purpose: purposeOf(asked.claims), fields: ['name'] },
      headers: idempotent(asked),
    }),
    changes: false,
  },
  readAccessRecord: reading(
    'papers',
    ({ planted }) => `/households/${planted.householdId}/members/${planted.personId}/access-record`,
  ),
  lookUpPeople: {
    stage: null,
    parts: ({ claims }) => ({
      path: '/lookups',
      body: { item: itemOf(claims), purpose: 'entitlement-check', residentIds: [residentIdOf(1)] },
    }),
    changes: false,
  },
  claimAssistance: {
    stage: 'withdrawn',
    parts: (asked) => ({ path: '/assistance-chain/claims', body: claimOf(asked), headers: idempotent(asked) }),
    changes: true,
  },
  recordUnclaimedDelivery: {
    stage: 'withdrawn',
    parts: (asked) => ({
      path: '/assistance-chain/deliveries',
      body: { ...claimOf(asked), deliveredOn: '2026-03-01', amount: 10_000 },
      headers: idempotent(asked),
    }),
    changes: true,
  },
  recordDelivery: {
    stage: 'withdrawn',
    parts: async (asked) => ({
      path: `/assistance-chain/${await plantEntry(asked)}/delivery`,
      body: { deliveredOn: '2026-03-01', amount: 10_000 },
    }),
    changes: true,
  },
  endAssistance: {
    stage: 'withdrawn',
    parts: async (asked) => ({
      path: `/assistance-chain/${await plantEntry(asked)}/end`,
      body: { reason: 'not-delivered' },
    }),
    changes: true,
  },
  readAssistanceChain: {
    stage: 'papers',
    parts: ({ planted }) => ({
      path: `/persons/${planted.personId}/assistance-chain`,
      query: `householdId=${planted.householdId}`,
    }),
    changes: false,
  },
  readDisclosureRules: reading(null, () => '/disclosure-rules'),
  openBreakGlass: {
    stage: null,
    parts: (asked) => ({
      path: '/break-glass',
      body: {
        reason: 'The neighbour is on leave and the family waits.',
        division: places[asked.place].township,
        minutes: 5,
      },
      headers: idempotent(asked),
    }),
    changes: false,
  },
  listBreakGlass: {
    stage: null,
    parts: () => ({ path: '/break-glass', query: 'limit=100' }),
    listed: ({ grant }) => grant,
    changes: false,
  },
  endBreakGlass: { ...reading(null, ({ grant }) => `/break-glass/${grant}/end`), changes: true },
  readAuditHeads: {
    ...reading(null, () => '/audit/heads'),
    parts: () => ({ path: '/audit/heads', query: 'day=2026-03-01' }),
  },
  listAuditEntries: {
    stage: null,
    parts: ({ place }) => ({ path: '/audit/entries', query: `division=${places[place].county}&day=2026-03-02` }),
    changes: false,
  },
  listReferrals: {
    stage: 'referred',
    parts: ({ place, planted, claims }) => ({
      path: '/referrals',
      query: `county=${places[place].county}&limit=100${claims?.['agency'] === undefined ? `&department=${planted.department}` : ''}`,
    }),
    listed: ({ planted }) => planted.referralId ?? 'no referral',
    changes: false,
  },
  readReferral: reading('referred', ({ planted }) => `/referrals/${planted.referralId}`),
  acceptReferral: {
    ...reading('referred', ({ planted }) => `/referrals/${planted.referralId}/acceptance`),
    changes: true,
  },
  returnReferral: {
    stage: 'referred',
    parts: ({ planted }) => ({
      path: `/referrals/${planted.referralId}/return`,
      body: { reason: 'not-our-department' },
    }),
    changes: true,
  },
  reportOutcome: {
    stage: 'referred',
    parts: (asked) => ({
      path: `/referrals/${asked.planted.referralId}/outcome`,
      body: { kind: 'delivered', amount: 100, on: '2026-03-02', evidence: 'file 2026-17' },
      headers: idempotent(asked),
    }),
    changes: true,
  },
  verifyReferral: {
    stage: 'reported',
    parts: ({ planted }) => ({
      path: `/referrals/${planted.referralId}/verification`,
      body: { result: 'confirmed', how: 'household' },
    }),
    changes: true,
  },
  rerouteReferral: {
    stage: 'referred',
    parts: ({ planted }) => ({ path: `/referrals/${planted.referralId}/rerouting`, body: { department: 'health' } }),
    changes: true,
  },
  listKeys: reading(null, () => '/keys'),
  countKeyUse: reading(null, () => '/keys/use'),
  rotateKeys: {
    stage: null,
    parts: () => ({ path: '/keys/rotations', headers: { 'if-match': '"999"' } }),
    changes: false,
  },
  rewrapKeys: reading(null, () => '/keys/rewraps'),
  erasePerson: {
    stage: 'withdrawn',
    parts: async (asked) => ({
      path: `/persons/${asked.planted.personId}/erasure`,
      body: { householdId: asked.planted.householdId, reason: 'person-request' },
      headers: { ...idempotent(asked), 'if-match': await versionOfHousehold(asked) },
    }),
    changes: true,
  },
};
