import type { Digest } from '../dependencies.ts';
import { SubscriptionId } from '../ids.ts';
import { countyOf, type DivisionCode } from '../people/divisions.ts';

/** A department has one subscription for a division, so that its id follows from both. */
export const subscriptionIdOf = (digest: Digest, department: string, division: string): SubscriptionId =>
  SubscriptionId.parse(`sub_${digest(JSON.stringify(['subscription', department, division])).slice(0, 32)}`);

/** The divisions whose offices may be called about a place, the nearest first: township, county, prefecture, province. */
const officesFor = (place: DivisionCode): readonly string[] => {
  const county = countyOf(place);
  return [...new Set<string>([place, county, county.slice(0, 4), county.slice(0, 2)])];
};

/** Whose subscription a call about a place would go to, the nearest office first. */
export const subscriptionsFor = (
  digest: Digest,
  { department, division }: { department: string; division: DivisionCode },
): readonly SubscriptionId[] => officesFor(division).map((office) => subscriptionIdOf(digest, department, office));
