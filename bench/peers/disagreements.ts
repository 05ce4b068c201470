import type { Household } from '../../domain/households/household.ts';
import type { Decider } from '../decider.ts';
import { differencesBetween } from './agreement.ts';
import { PeerDecision } from './decision.ts';
import type { Peer } from './peer.ts';

/** Everything in which a peer's decisions on some households differ from Hearth's; each begins with the household. */
export const disagreements = async (
  peer: Peer,
  { evaluation }: Decider,
  households: readonly Household[],
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const household of households) {
    const theirs = PeerDecision.parse(JSON.parse(await peer.decide(household)));
    found.push(...differencesBetween(evaluation(household), theirs).map((text) => `${household.householdId}: ${text}`));
  }
  return found;
};
