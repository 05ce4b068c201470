import type { OperationId } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { ApiRequest } from './gateway-event.ts';

/** Largest body in bytes where nothing smaller is said: an application of thirty members with every fact declared is a tenth. */
const usualBody = 262_144;

/** Bodies whose contract is small. A body in Chinese has three bytes to the character. */
const bodies: Partial<Record<OperationId, number>> = {
  withdrawApplication: 4_096,
  completeTask: 65_536,
  extendTask: 4_096,
  objectToNotice: 16_384,
  simulatePolicy: 4_096,
  activatePolicy: 4_096,
  withdrawPolicy: 4_096,
  openBreakGlass: 16_384,
  claimAssistance: 16_384,
  recordUnclaimedDelivery: 16_384,
  recordDelivery: 4_096,
  endAssistance: 4_096,
  grantEmergencyAid: 4_096,
  payEmergencyAid: 4_096,
  supplyEmergencyPapers: 4_096,
  closeEmergencyAid: 4_096,
  allocateEmergencyReserve: 4_096,
  acceptReferral: 4_096,
  returnReferral: 4_096,
  reportOutcome: 4_096,
  verifyReferral: 4_096,
  rerouteReferral: 4_096,
  submitGrievance: 16_384,
  submitAnonymousGrievance: 16_384,
  readAnonymousGrievance: 4_096,
  acceptGrievance: 16_384,
  decideGrievance: 16_384,
  submitReport: 16_384,
  submitPublicReport: 16_384,
  readPublicReport: 4_096,
  followUpReport: 4_096,
  endReport: 16_384,
  registerSubscription: 4_096,
  replaceSubscriptionSecret: 4_096,
  removeSubscription: 4_096,
  requestPaymentRun: 4_096,
  releasePaymentRun: 4_096,
  correctPayment: 4_096,
  announceFeed: 4_096,
  checkFeed: 4_096,
  commitFeed: 4_096,
  discardFeed: 4_096,
  recordDeath: 4_096,
  recordHouseholdChange: 16_384,
  disposeAlert: 16_384,
};

/** Longest query string: the longest cursor (2,048) and what it is sent with. */
const longestQuery = 4_096;
/** All headers together. The gateway's own limit is 10,240 with the request line, and its answer is none of ours. */
const largestHeaders = 8_192;

/** Largest body in bytes that an operation takes. */
export const bodyLimitOf = (operation: OperationId): number => bodies[operation] ?? usualBody;

/** Refuses a request whose query or headers are larger than anything the API asks for, before any of it is read. */
export const oversizedPart = ({ rawQueryString, headers }: ApiRequest): Refusal | null => {
  if (Buffer.byteLength(rawQueryString) > longestQuery) return refuse('query-too-long');
  let bytes = 0;
  // A line of the request is name, colon, blank, value and line end.
  for (const [name, value = ''] of Object.entries(headers)) bytes += name.length + Buffer.byteLength(value) + 4;
  return bytes > largestHeaders ? refuse('headers-too-large') : null;
};
