import { z } from 'zod';
import { claimsOf, emergencyOf, type PlaceName, placeNames, places } from '../places.ts';
import type { World } from '../world.ts';

type Needed = 'granted' | 'paid';

/** Quick aid at each place in the state a route needs, kept until a success has used it up; with money in every reserve. */
export const createEmergencies = async (world: World) => {
  const kept = new Map<string, Promise<string>>();
  const worker = (place: PlaceName) => claimsOf('county-worker', place, 'own-agency', '-of-emergencies');
  const ok = async (path: string, place: PlaceName, body: unknown) => {
    const answer = await world.post(path, worker(place), body, { 'idempotency-key': world.key() });
    if (answer.status > 299) throw new Error(`${path}: ${answer.text}`);
    return answer.json;
  };
  for (const place of placeNames)
    for (const division of [places[place].township, places[place].county])
      await ok(`/emergency-reserves/${division}/allocations`, place, { amount: 10_000_000 });

  const make = async (place: PlaceName, needed: Needed): Promise<string> => {
    const body = emergencyOf(world.number(), places[place].township);
    const { emergencyAidId } = z
      .looseObject({ emergencyAidId: z.string() })
      .parse(await ok('/emergency-aid', place, body));
    if (needed === 'paid') {
      const answer = await world.post(`/emergency-aid/${emergencyAidId}/payment`, worker(place), {
        paidOn: '2026-03-02',
      });
      if (answer.status > 299) throw new Error(answer.text);
    }
    return emergencyAidId;
  };
  return {
    at: (place: PlaceName, needed: Needed = 'granted'): Promise<string> => {
      const key = `${place} ${needed}`;
      const made = kept.get(key) ?? make(place, needed);
      kept.set(key, made);
      return made;
    },
    usedUp: (place: PlaceName, needed: Needed): void => void kept.delete(`${place} ${needed}`),
  };
};
