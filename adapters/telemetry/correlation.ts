import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The correlation id of the work in hand: of a request, or of the step of a workflow that a request led to. It belongs to no use case and
 * to no rule, so it is not passed through them; the edge and the task functions set it, and the store stamps it on what it stores.
 */
const inHand = new AsyncLocalStorage<string>();

export const withCorrelation = <Result>(correlationId: string | null, work: () => Result): Result =>
  correlationId === null ? work() : inHand.run(correlationId, work);

/** Null outside any work that has one. */
export const presentCorrelation = (): string | null => inHand.getStore() ?? null;
