import type { Household } from '../../domain/households/household.ts';
import type { Decider } from '../decider.ts';
import { differencesBetween } from './agreement.ts';
import type { Peer } from './peer.ts';

/** Everything in which a peer's decisions on some households differ from Hearth's; each begins with the household. */
export const disagreements = async (
  peer: Peer,
  { traceText }: Decider,
  households: readonly Household[],
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const household of households) {
    const differences = differencesBetween(traceText(household), await peer.decide(household));
    found.push(...differences.map((text) => `${household.householdId}: ${text}`));
  }
  return found;
};
