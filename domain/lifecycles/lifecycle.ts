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

/** A move that was made, or why it may not be: the state is wrong for the action, or the actor is. */
export type MoveResult<State extends string> = { ok: true; state: State } | { ok: false; refused: 'state' | 'actor' };

/** The states an action may start from: the condition of the write that stores it. */
export const allowedFrom = <State extends string, Action extends string, Actor extends string>(
  lifecycle: Lifecycle<State, Action, Actor>,
  action: Action,
): readonly State[] => lifecycle[action].from;

/** Makes a move, or says what stands against it; a wrong actor is said first, so that a state is not told to a stranger. */
export const apply = <State extends string, Action extends string, Actor extends string>(
  lifecycle: Lifecycle<State, Action, Actor>,
  action: Action,
  state: State,
  actor: Actor,
): MoveResult<State> => {
  const move = lifecycle[action];
  if (!move.by.includes(actor)) return { ok: false, refused: 'actor' };
  return move.from.includes(state) ? { ok: true, state: move.to } : { ok: false, refused: 'state' };
};

/** Whether an actor may take an action in a state. */
export const canTake = <State extends string, Action extends string, Actor extends string>(
  lifecycle: Lifecycle<State, Action, Actor>,
  action: Action,
  state: State,
  actor: Actor,
): boolean => apply(lifecycle, action, state, actor).ok;
