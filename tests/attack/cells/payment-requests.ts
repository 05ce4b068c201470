import type { OperationId } from '../../../contracts/api/routes.ts';
import { places } from '../places.ts';
import { plantHeldLine, plantPaymentRun, shownPaymentRun } from './payments.ts';
import { idempotent, type RouteRequest } from './route-request.ts';

/** Requests to the routes of a county's payments. */
export const paymentRequests = {
  requestPaymentRun: {
    stage: null,
    parts: (asked) => ({ path: '/payment-runs', body: { month: '2026-03' }, headers: idempotent(asked) }),
    changes: false,
  },
  listPaymentRuns: {
    stage: null,
    parts: async (asked) => {
      const { county } = places[asked.place];
      await plantPaymentRun(asked, 'checked', `shown payments ${county}`);
      return { path: '/payment-runs', query: `county=${county}&limit=100` };
    },
    listed: shownPaymentRun,
    changes: false,
  },
  readPaymentRun: {
    stage: null,
    parts: async (asked) => ({ path: `/payment-runs/${await plantPaymentRun(asked, 'checked')}` }),
    changes: false,
  },
  listPaymentLines: {
    stage: null,
    parts: async (asked) => ({ path: `/payment-runs/${await plantPaymentRun(asked, 'checked')}/lines` }),
    changes: false,
  },
  releasePaymentRun: {
    stage: null,
    parts: async (asked) => ({
      path: `/payment-runs/${await plantPaymentRun(asked, 'checked')}/release`,
      headers: { 'if-match': '"1"' },
    }),
    changes: false,
  },
  correctPayment: {
    stage: 'papers',
    parts: async (asked) => ({
      path: await plantHeldLine(asked),
      body: { kind: 'cancelled', reason: 'checked-and-not-due' },
      headers: idempotent(asked),
    }),
    changes: false,
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
