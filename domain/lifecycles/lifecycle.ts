/**
 * A lifecycle is one table: action, the states it may start from, the state it leads to, and the roles that may take it. Every
 * write to the store is conditional on the states named here, so a move that is not in the table cannot be stored.
 */
export interface Move<State extends string, Actor extends string> {
  from: readonly State[];
  to: State;
  by: readonly Actor[];
}
export type Lifecycle<State extends string, Action extends string, Actor extends string> = Readonly<
  Record<Action, Move<State, Actor>>
>;
