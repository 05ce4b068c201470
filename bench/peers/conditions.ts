/**
 * A test in a form of its own, written once and put into each peer's language: a comparison of a prepared fact with a constant or
 * with another fact, or several of them joined.
 */
export type Condition = Comparison | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

export interface Comparison {
  readonly fact: string;
  readonly operator: '<' | '<=' | '>' | '>=' | '=';
  readonly value: number | string | boolean | { readonly fact: string };
}

export interface PeerTest {
  readonly code: string;
  readonly condition: Condition;
}

/** The tests of one decision: those asked of each member, and those asked of the household. */
export interface PeerTests {
  readonly member: readonly PeerTest[];
  readonly household: readonly PeerTest[];
}

export const compared = (fact: string, operator: Comparison['operator'], value: Comparison['value']): Comparison => ({
  fact,
  operator,
  value,
});
