import type { InTheWay } from './api/in-the-way.ts';
import type { FieldFaultCode } from './field-faults.ts';
import type { FieldPlace, ProblemCode } from './problems.ts';

/**
 * What a use case answers. An expected failure is a value with a code of the catalogue, and one mapper in adapters/http turns it
 * into HTTP; only what nobody expects is thrown.
 */
export interface Success<Body> {
  ok: true;
  body: Body;
  /** Version of the record after the call; answered as `ETag: "<version>"`. */
  version?: number;
  /** Path of a created record; answered as `Location`. */
  location?: string;
  /** The effect was there already, from an earlier request with the same key; answered as `Idempotency-Replayed: true`. */
  replayed?: boolean;
  /** Overrides the status of the operation, where one operation has several. */
  status?: 200 | 201 | 202;
  /** Position after the last item, for operations in pages. Null or absent: there are no more. */
  next?: unknown;
}

/** One field that is refused. `field` is a JSON pointer, empty for the whole; `in` defaults to the body. */
export interface FieldRefusal {
  field: string;
  code: FieldFaultCode;
  in?: FieldPlace;
  /** Limits named in the sentences of the fault, such as `maximum`. Never a value of the request. */
  values?: Readonly<Record<string, string | number>>;
}

/** What a refusal says beside its code. None of it may hold personal data: it is shown to callers as it stands. */
export interface RefusalDetails {
  errors?: readonly FieldRefusal[];
  /** State in which the record stands (`lifecycle-conflict`). */
  state?: string;
  /** Aid that stands in the way (`assistance-duplicate`). */
  inTheWay?: InTheWay;
  /** Paths of related records; give only what the caller may see. */
  links?: Readonly<Record<string, string>>;
  /** Present version of the record, answered as ETag (`version-conflict`). */
  version?: number;
  /** Seconds after which a repetition makes sense; answered as `Retry-After`. */
  retryAfterSeconds?: number;
}

export interface Refusal extends RefusalDetails {
  ok: false;
  problem: ProblemCode;
}

export type Outcome<Body> = Success<Body> | Refusal;

/** The expected success of a use case. */
export const succeed = <Body>(body: Body, details: Omit<Success<Body>, 'ok' | 'body'> = {}): Success<Body> => ({
  ok: true,
  body,
  ...details,
});

/** An expected failure, by its code in the catalogue of problems. */
export const refuse = (problem: ProblemCode, details: RefusalDetails = {}): Refusal => ({
  ok: false,
  problem,
  ...details,
});
