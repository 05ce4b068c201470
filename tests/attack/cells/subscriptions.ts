import { z } from 'zod';
import type { Claims } from '../api.ts';
import { claimsOf } from '../places.ts';
import { type Asked, idempotent } from './route-request.ts';

export const callingAddress = 'https://agency.example/hearth';

const List = z.looseObject({
  subscriptions: z.array(z.looseObject({ subscriptionId: z.string(), state: z.string() })),
});
const Registered = z.looseObject({ subscriptionId: z.string() });

const standing = async ({ world }: Asked, claims: Claims | null): Promise<string | undefined> => {
  const answer = await world.get('/subscriptions', claims);
  return List.parse(answer.json).subscriptions.find(({ state }) => state === 'active')?.subscriptionId;
};

/** The subscription of the department and the place that a cell is about, registered where it is not. */
export const standingSubscription = async (asked: Asked): Promise<string> => {
  const claims = { ...claimsOf('agency', asked.place), agency: asked.planted.department };
  const found = await standing(asked, claims);
  if (found !== undefined) return found;
  const answer = await asked.world.post('/subscriptions', claims, { url: callingAddress }, idempotent(asked));
  return Registered.parse(answer.json).subscriptionId;
};

/** Takes away what the caller has registered, so that it may register again. */
export const removedSubscription = async (asked: Asked): Promise<void> => {
  if (asked.claims?.['role'] !== 'agency') return;
  const found = await standing(asked, asked.claims);
  if (found !== undefined) await asked.world.post(`/subscriptions/${found}/removal`, asked.claims, undefined);
};
