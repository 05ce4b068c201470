import { z } from 'zod';
import type { OperationId } from '../../../contracts/api/routes.ts';
import { claimsOf, coupleOf, type PlaceName, places } from '../places.ts';
import { type Asked, idempotent, type RouteRequest } from './route-request.ts';

const reportFrom = (place: PlaceName) => ({
  division: places[place].township,
  reporter: 'neighbour',
  hardship: 'without-care',
  person: { place: 'the last house before the bridge' },
  words: 'An old man lives there alone and has not been seen.',
});
const Receipt = z.looseObject({ reportId: z.string(), secret: z.string() });

/** A report from the place, told by the public, and followed up where the route needs it. */
const plantReport = async ({ world, place }: Asked, followedUp = false) => {
  const headers = { 'idempotency-key': world.key() };
  const receipt = Receipt.parse((await world.post('/public-reports', null, reportFrom(place), headers)).json);
  if (!followedUp) return receipt;
  const claims = claimsOf('county-worker', place, 'own-agency', '-of-reports');
  const answer = await world.post(`/reports/${receipt.reportId}/follow-up`, claims, undefined);
  if (answer.status > 299) throw new Error(answer.text);
  return receipt;
};

/** What was planted for a request, by which it is known in a list. */
const told = new WeakMap<Asked, string>();

const ofReport = (
  step: string,
  followedUp = false,
  more: (asked: Asked) => { body?: unknown; headers?: Record<string, string> } = () => ({}),
): RouteRequest => ({
  stage: null,
  parts: async (asked) => {
    const { reportId } = await plantReport(asked, followedUp);
    return { path: `/reports/${reportId}${step}`, ...more(asked) };
  },
  changes: false,
});

/** Requests to the routes of reports of people in hardship. Each has a report of its own, so that none is used up. */
export const reportRequests = {
  submitReport: {
    stage: null,
    parts: (asked) => ({ path: '/reports', body: reportFrom(asked.place), headers: idempotent(asked) }),
    changes: false,
  },
  listReports: {
    stage: null,
    parts: async (asked) => {
      const { reportId } = await plantReport(asked);
      told.set(asked, reportId);
      const { county } = places[asked.place];
      return { path: '/reports', query: `county=${county}&limit=100` };
    },
    listed: (asked) => told.get(asked) ?? '',
    changes: false,
  },
  readReport: ofReport(''),
  followUpReport: ofReport('/follow-up'),
  endReport: ofReport('/outcome', true, () => ({
    body: { outcome: 'not-in-need', note: 'His daughter has come to live with him.' },
    headers: { 'if-match': '"2"' },
  })),
  applyFromReport: ofReport('/application', true, (asked) => ({
    body: coupleOf(asked.world.number(), places[asked.place].township),
    headers: idempotent(asked),
  })),
  submitPublicReport: {
    stage: null,
    parts: (asked) => ({ path: '/public-reports', body: reportFrom(asked.place), headers: idempotent(asked) }),
    changes: false,
  },
  readPublicReport: {
    stage: null,
    parts: async (asked) => {
      const { reportId, secret } = await plantReport(asked);
      return { path: `/public-reports/${reportId}/state`, body: { secret } };
    },
    changes: false,
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
