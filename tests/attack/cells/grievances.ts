import { z } from 'zod';
import type { OperationId } from '../../../contracts/api/routes.ts';
import { claimsOf, type PlaceName, places } from '../places.ts';
import type { World } from '../world.ts';
import { type Asked, idempotent, type RouteRequest, reading } from './route-request.ts';

type Needed = 'received' | 'accepted';

const complaintTo = (county: string) => ({
  kind: 'complaint',
  county,
  about: 'conduct',
  complainant: { name: '吴测试' },
  grounds: 'Nobody came on the day that was agreed.',
});
const anonymousTo = (county: string) => ({ county, about: 'conduct', grounds: 'They ask for gifts at the counter.' });

/** A grievance at each place in the state a route needs, taken down by somebody of its county, kept until a success has used it up. */
export const createGrievances = (world: World) => {
  const kept = new Map<string, Promise<string>>();
  const make = async (place: PlaceName, needed: Needed): Promise<string> => {
    const claims = claimsOf('county-worker', place, 'own-agency', '-of-grievances');
    const headers = { 'idempotency-key': world.key() };
    const taken = await world.post('/grievances', claims, complaintTo(places[place].county), headers);
    const { grievanceId } = z.looseObject({ grievanceId: z.string() }).parse(taken.json);
    if (needed === 'received') return grievanceId;
    const answer = await world.post(`/grievances/${grievanceId}/acceptance`, claims, { decision: 'accept' });
    if (answer.status > 299) throw new Error(answer.text);
    return grievanceId;
  };
  return {
    at: (place: PlaceName, needed: Needed = 'received'): Promise<string> => {
      const key = `${place} ${needed}`;
      const made = kept.get(key) ?? make(place, needed);
      kept.set(key, made);
      return made;
    },
    usedUp: (place: PlaceName, needed: Needed): void => void kept.delete(`${place} ${needed}`),
  };
};

const ofGrievance = (grievance: Needed, step: string, body?: unknown): RouteRequest => ({
  stage: null,
  grievance,
  parts: (asked) => ({ path: `/grievances/${asked.grievance}/${step}`, ...(body === undefined ? {} : { body }) }),
  changes: true,
});

const plantAnonymous = async ({ world, place }: Asked) => {
  const headers = { 'idempotency-key': world.key() };
  const answer = await world.post('/anonymous-grievances', null, anonymousTo(places[place].county), headers);
  return z.looseObject({ grievanceId: z.string(), secret: z.string() }).parse(answer.json);
};

/** Requests to the routes of complaints and administrative reviews. */
export const grievanceRequests = {
  submitGrievance: {
    stage: null,
    parts: (asked) => ({
      path: '/grievances',
      body: complaintTo(places[asked.place].county),
      headers: idempotent(asked),
    }),
    changes: false,
  },
  listGrievances: {
    stage: null,
    grievance: 'received',
    parts: ({ place }) => ({ path: '/grievances', query: `county=${places[place].county}&state=received&limit=100` }),
    listed: ({ grievance }) => grievance,
    changes: false,
  },
  readGrievance: { ...reading(null, ({ grievance }) => `/grievances/${grievance}`), grievance: 'received' },
  acceptGrievance: ofGrievance('received', 'acceptance', { decision: 'accept' }),
  decideGrievance: ofGrievance('accepted', 'outcome', { outcome: 'upheld', reasons: 'The visit was missed.' }),
  withdrawGrievance: ofGrievance('received', 'withdrawal'),
  submitAnonymousGrievance: {
    stage: null,
    parts: (asked) => ({
      path: '/anonymous-grievances',
      body: anonymousTo(places[asked.place].county),
      headers: idempotent(asked),
    }),
    changes: false,
  },
  readAnonymousGrievance: {
    stage: null,
    parts: async (asked) => {
      const { grievanceId, secret } = await plantAnonymous(asked);
      return { path: `/anonymous-grievances/${grievanceId}/state`, body: { secret } };
    },
    changes: false,
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
