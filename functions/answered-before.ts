import type { z } from 'zod';
import { type Outcome, refuse, type Success, succeed } from '../contracts/outcome.ts';
import type { RosterStore } from '../domain/store/roster-store.ts';

/** A request that may be sent again: under its key, with a hash of what it says. */
export interface Repeatable {
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/**
 * The answer that is stored under a caller's key, as it was given; undefined when there is none. A key that stood for another request is
 * refused (`idempotency-key-reused`). `details` is what is told beside the body.
 */
export const answeredBefore = async <Body>(
  { store }: { readonly store: Pick<RosterStore, 'idempotencyRecord'> },
  { caller, idempotencyKey, fingerprint }: Repeatable & { readonly caller: string },
  schema: z.ZodType<Body>,
  details: (body: Body) => Pick<Success<Body>, 'version' | 'location'> = () => ({}),
): Promise<Outcome<Body> | undefined> => {
  const record = await store.idempotencyRecord(caller, idempotencyKey);
  if (record === undefined) return undefined;
  if (record.requestHash !== fingerprint) return refuse('idempotency-key-reused');
  const body = schema.parse(record.response);
  return succeed(body, { ...details(body), replayed: true });
};
