import type { functionNames } from '../environment.ts';

/**
 * Every route of the HTTP API, spelt once: the gateway's routes, the functions' routers, the OpenAPI document and the tests are
 * made from this list. `access` is `token` for callers the JWT authorizer admits and `public` for what the law publishes.
 */
export const routes = {
  submitApplication: { method: 'POST', path: '/applications', function: 'applications', access: 'token' },
  readApplication: { method: 'GET', path: '/applications/{applicationId}', function: 'applications', access: 'token' },
  supplementApplication: {
    method: 'POST',
    path: '/applications/{applicationId}/supplements',
    function: 'applications',
    access: 'token',
  },
  withdrawApplication: {
    method: 'POST',
    path: '/applications/{applicationId}/withdrawal',
    function: 'applications',
    access: 'token',
  },
  listTasks: { method: 'GET', path: '/tasks', function: 'tasks', access: 'token' },
  readTask: { method: 'GET', path: '/tasks/{taskId}', function: 'tasks', access: 'token' },
  completeTask: { method: 'POST', path: '/tasks/{taskId}/completion', function: 'tasks', access: 'token' },
  extendTask: { method: 'POST', path: '/tasks/{taskId}/extension', function: 'tasks', access: 'token' },
  readReview: { method: 'GET', path: '/reviews/{reviewId}', function: 'reviews', access: 'token' },
  readDetermination: { method: 'GET', path: '/determinations/{determinationId}', function: 'reviews', access: 'token' },
  readTrace: { method: 'GET', path: '/determinations/{determinationId}/trace', function: 'reviews', access: 'token' },
  listNotices: { method: 'GET', path: '/notices', function: 'notices', access: 'public' },
  readNotice: { method: 'GET', path: '/notices/{noticeId}', function: 'notices', access: 'public' },
  objectToNotice: { method: 'POST', path: '/notices/{noticeId}/objections', function: 'notices', access: 'public' },
  draftPolicy: { method: 'POST', path: '/policies', function: 'policies', access: 'token' },
  listPolicies: { method: 'GET', path: '/policies', function: 'policies', access: 'token' },
  readPolicy: { method: 'GET', path: '/policies/{version}', function: 'policies', access: 'token' },
  simulatePolicy: { method: 'POST', path: '/policies/{version}/simulations', function: 'policies', access: 'token' },
  readSimulation: {
    method: 'GET',
    path: '/policies/{version}/simulations/{simulationId}',
    function: 'policies',
    access: 'token',
  },
  listSimulatedChanges: {
    method: 'GET',
    path: '/policies/{version}/simulations/{simulationId}/changes',
    function: 'policies',
    access: 'token',
  },
  activatePolicy: { method: 'POST', path: '/policies/{version}/activations', function: 'policies', access: 'token' },
  readActivation: {
    method: 'GET',
    path: '/policies/{version}/activations/{activationId}',
    function: 'policies',
    access: 'token',
  },
  withdrawPolicy: { method: 'POST', path: '/policies/{version}/withdrawal', function: 'policies', access: 'token' },
  readHousehold: { method: 'GET', path: '/households/{householdId}', function: 'households', access: 'token' },
  discloseIdentity: {
    method: 'POST',
    path: '/households/{householdId}/members/{personId}/disclosures',
    function: 'households',
    access: 'token',
  },
  readAccessRecord: {
    method: 'GET',
    path: '/households/{householdId}/members/{personId}/access-record',
    function: 'households',
    access: 'token',
  },
  lookUpPeople: { method: 'POST', path: '/lookups', function: 'lookups', access: 'token' },
  readDisclosureRules: { method: 'GET', path: '/disclosure-rules', function: 'lookups', access: 'public' },
  claimAssistance: { method: 'POST', path: '/assistance-chain/claims', function: 'assistance-chain', access: 'token' },
  recordUnclaimedDelivery: {
    method: 'POST',
    path: '/assistance-chain/deliveries',
    function: 'assistance-chain',
    access: 'token',
  },
  recordDelivery: {
    method: 'POST',
    path: '/assistance-chain/{entryId}/delivery',
    function: 'assistance-chain',
    access: 'token',
  },
  endAssistance: {
    method: 'POST',
    path: '/assistance-chain/{entryId}/end',
    function: 'assistance-chain',
    access: 'token',
  },
  readAssistanceChain: {
    method: 'GET',
    path: '/persons/{personId}/assistance-chain',
    function: 'assistance-chain',
    access: 'token',
  },
  requestPaymentRun: { method: 'POST', path: '/payment-runs', function: 'payment-runs', access: 'token' },
  listPaymentRuns: { method: 'GET', path: '/payment-runs', function: 'payment-runs', access: 'token' },
  readPaymentRun: { method: 'GET', path: '/payment-runs/{paymentRunId}', function: 'payment-runs', access: 'token' },
  listPaymentLines: {
    method: 'GET',
    path: '/payment-runs/{paymentRunId}/lines',
    function: 'payment-runs',
    access: 'token',
  },
  releasePaymentRun: {
    method: 'POST',
    path: '/payment-runs/{paymentRunId}/release',
    function: 'payment-runs',
    access: 'token',
  },
  correctPayment: {
    method: 'POST',
    path: '/payment-runs/{paymentRunId}/lines/{paymentLineId}/corrections',
    function: 'payment-runs',
    access: 'token',
  },
  openBreakGlass: { method: 'POST', path: '/break-glass', function: 'break-glass', access: 'token' },
  listBreakGlass: { method: 'GET', path: '/break-glass', function: 'break-glass', access: 'token' },
  endBreakGlass: { method: 'POST', path: '/break-glass/{breakGlassId}/end', function: 'break-glass', access: 'token' },
  grantEmergencyAid: { method: 'POST', path: '/emergency-aid', function: 'emergency-aid', access: 'token' },
  readEmergencyAid: {
    method: 'GET',
    path: '/emergency-aid/{emergencyAidId}',
    function: 'emergency-aid',
    access: 'token',
  },
  payEmergencyAid: {
    method: 'POST',
    path: '/emergency-aid/{emergencyAidId}/payment',
    function: 'emergency-aid',
    access: 'token',
  },
  supplyEmergencyPapers: {
    method: 'POST',
    path: '/emergency-aid/{emergencyAidId}/papers',
    function: 'emergency-aid',
    access: 'token',
  },
  closeEmergencyAid: {
    method: 'POST',
    path: '/emergency-aid/{emergencyAidId}/closure',
    function: 'emergency-aid',
    access: 'token',
  },
  readEmergencyReserve: {
    method: 'GET',
    path: '/emergency-reserves/{division}',
    function: 'emergency-aid',
    access: 'token',
  },
  allocateEmergencyReserve: {
    method: 'POST',
    path: '/emergency-reserves/{division}/allocations',
    function: 'emergency-aid',
    access: 'token',
  },
  listReferrals: { method: 'GET', path: '/referrals', function: 'referrals', access: 'token' },
  readReferral: { method: 'GET', path: '/referrals/{referralId}', function: 'referrals', access: 'token' },
  acceptReferral: {
    method: 'POST',
    path: '/referrals/{referralId}/acceptance',
    function: 'referrals',
    access: 'token',
  },
  returnReferral: { method: 'POST', path: '/referrals/{referralId}/return', function: 'referrals', access: 'token' },
  reportOutcome: { method: 'POST', path: '/referrals/{referralId}/outcome', function: 'referrals', access: 'token' },
  verifyReferral: {
    method: 'POST',
    path: '/referrals/{referralId}/verification',
    function: 'referrals',
    access: 'token',
  },
  rerouteReferral: {
    method: 'POST',
    path: '/referrals/{referralId}/rerouting',
    function: 'referrals',
    access: 'token',
  },
  listKeys: { method: 'GET', path: '/keys', function: 'keys', access: 'token' },
  countKeyUse: { method: 'GET', path: '/keys/use', function: 'keys', access: 'token' },
  rotateKeys: { method: 'POST', path: '/keys/rotations', function: 'keys', access: 'token' },
  rewrapKeys: { method: 'POST', path: '/keys/rewraps', function: 'keys', access: 'token' },
  erasePerson: { method: 'POST', path: '/persons/{personId}/erasure', function: 'keys', access: 'token' },
  readAuditHeads: { method: 'GET', path: '/audit/heads', function: 'audit', access: 'public' },
  listAuditEntries: { method: 'GET', path: '/audit/entries', function: 'audit', access: 'token' },
} as const satisfies Record<
  string,
  {
    method: 'GET' | 'POST';
    path: string;
    function: (typeof functionNames)['api'][number];
    access: 'token' | 'public';
  }
>;
export type OperationId = keyof typeof routes;
