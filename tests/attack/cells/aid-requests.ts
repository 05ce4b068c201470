import type { OperationId } from '../../../contracts/api/routes.ts';
import { emergencyOf, places } from '../places.ts';
import { claimOf, plantEntry } from './assistance.ts';
import { idempotent, type RouteRequest, reading } from './route-request.ts';
import { callingAddress, removedSubscription, standingSubscription } from './subscriptions.ts';

const ofEmergency = (emergency: 'granted' | 'paid', step: string, body: unknown): RouteRequest => ({
  stage: null,
  emergency,
  parts: (asked) => ({ path: `/emergency-aid/${asked.emergency}/${step}`, body }),
  changes: true,
});

/** Requests to the routes of what follows a decision: the assistance chain, quick aid and referrals. */
export const aidRequests = {
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
  registerSubscription: {
    stage: null,
    parts: async (asked) => {
      await removedSubscription(asked);
      return { path: '/subscriptions', body: { url: callingAddress }, headers: idempotent(asked) };
    },
    changes: false,
  },
  listSubscriptions: reading(null, () => '/subscriptions'),
  replaceSubscriptionSecret: {
    stage: 'papers',
    parts: async (asked) => ({
      path: `/subscriptions/${await standingSubscription(asked)}/secret`,
      headers: idempotent(asked),
    }),
    changes: false,
  },
  removeSubscription: {
    stage: 'papers',
    parts: async (asked) => ({ path: `/subscriptions/${await standingSubscription(asked)}/removal` }),
    changes: false,
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
