import type { OperationId } from '../../../contracts/api/routes.ts';
import { standardDraft } from '../../support/policies.ts';
import type { Claims } from '../api.ts';
import { coupleOf, places, residentIdOf } from '../places.ts';
import { aidRequests } from './aid-requests.ts';
import { alertRequests } from './alerts.ts';
import { begunScan } from './begun-scan.ts';
import { feedRequests } from './feed-requests.ts';
import { grievanceRequests } from './grievances.ts';
import { paymentRequests } from './payment-requests.ts';
import { reportRequests } from './reports.ts';
import { type Asked, idempotent, type RouteRequest, reading } from './route-request.ts';

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

const years = 70;
/** A name of a version nobody has used. */
export const versionName = (number: number): string => `attack-20${27 + (number % years)}.${1 + (number % 999)}`;

/** A request to every route that would succeed for who may. A route without one does not compile, and is counted as a violation. */
export const routeRequests: Readonly<Record<OperationId, RouteRequest>> = {
  ...aidRequests,
  ...grievanceRequests,
  ...paymentRequests,
  ...alertRequests,
  ...feedRequests,
  ...reportRequests,
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
  recordDeath: {
    stage: 'papers',
    parts: async (asked) => ({
      path: `/households/${asked.planted.householdId}/members/${asked.planted.personId}/death`,
      body: { diedOn: '2026-03-01', evidence: 'death-certificate' },
      headers: { 'if-match': await versionOfHousehold(asked) },
    }),
    changes: true,
  },
  recordHouseholdChange: {
    stage: 'papers',
    parts: async (asked) => ({
      path: `/households/${asked.planted.householdId}/changes`,
      body: {
        kind: 'birth',
        name: '王测试儿',
        residentId: null,
        birthDate: '2026-02-20',
        sex: 'female',
        relation: 'child',
        evidence: 'birth-certificate',
      },
      headers: { ...idempotent(asked), 'if-match': await versionOfHousehold(asked) },
    }),
    changes: true,
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
  readInsights: {
    stage: null,
    parts: ({ place }) => ({ path: '/insights', query: `division=${places[place].county}` }),
    changes: false,
  },
  readDailyScan: {
    stage: null,
    parts: async ({ world }) => ({ path: `/daily-scans/${await begunScan(world)}` }),
    changes: false,
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
