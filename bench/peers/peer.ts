import type { LocalDate } from '../../domain/dates.ts';
import type { Household } from '../../domain/households/household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** Another engine with the same rules: a household in, JSON text of the decision with its trace out. */
export interface Peer {
  readonly name: string;
  readonly decide: (household: Household) => string | Promise<string>;
}

/** Builds a peer's rules from a pack, once. */
export type PeerBuilder = (policy: PolicyPack, date: LocalDate) => Peer;
