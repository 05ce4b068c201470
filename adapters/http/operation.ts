import { z } from 'zod';
import { type OperationId, routes } from '../../contracts/api/routes.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { RequestScope } from './gateway-event.ts';

export type Precondition = 'required' | 'optional' | 'none';

/** What a handler is given: everything parsed, nothing of HTTP left to look at. */
interface Call<PrincipalOrNull, Params, Query, Body, Key, IfMatch, Position> extends RequestScope {
  operation: OperationId;
  principal: PrincipalOrNull;
  params: Params;
  query: Query;
  body: Body;
  /** Of an idempotent operation: the key, and a mark by which a repetition is told from another request. */
  idempotencyKey: Key;
  fingerprint: Key;
  /** The version the caller has seen. */
  ifMatch: IfMatch;
  /** Of an operation in pages: the position after which the page begins; null is the beginning. */
  after: Position;
}

type PrincipalOf<Id extends OperationId> = (typeof routes)[Id]['access'] extends 'public' ? null : Principal;
type KeyOf<Idempotent extends boolean> = Idempotent extends true ? string : null;
type IfMatchOf<P extends Precondition> = P extends 'required' ? number : P extends 'optional' ? number | null : null;
/** `nextCursor` is sealed here from the position a handler answers; handlers do not write it. */
type BodyOf<Answer> = Answer extends { nextCursor: unknown } ? Omit<Answer, 'nextCursor'> : Answer;

/**
 * An operation of the API as its function declares it. Method, path and access are those of contracts/api/routes.ts; who may
 * call it, and what of the answer each caller sees, is in domain/access/permissions.ts.
 */
export interface OperationDefinition<
  Id extends OperationId,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Idempotent extends boolean,
  IfMatch extends Precondition,
  Position extends z.ZodType,
> {
  operation: Id;
  summary: string;
  /** Needed when the path has parameters, with the same names. */
  params?: Params;
  /** Absent: no query parameter is taken. Unknown ones are refused in any case. */
  query?: Query;
  /** Absent: a body is refused. */
  body?: Body;
  /** What may leave. A body that does not fit is a fault of this system and answered as 500. */
  response: Response;
  status: 200 | 201 | 202;
  /** Requires Idempotency-Key. Operations that create must say so. */
  idempotent?: Idempotent;
  /** Whether If-Match is required, read when present, or not looked at. */
  precondition?: IfMatch;
  /** The position a cursor holds. Makes the operation one in pages: `cursor` in the query, `nextCursor` in the response. */
  page?: Position;
  /** Problems of its own the use case may answer with, for the API document. Those of the edge are added there. */
  problems?: readonly ProblemCode[];
  /** Shown in the API document; checked against the schemas when it is made. */
  example?: { body?: z.input<Body>; response?: z.input<Response> };
  handle(
    call: Call<
      PrincipalOf<Id>,
      z.output<Params>,
      z.output<Query>,
      z.output<Body>,
      KeyOf<Idempotent>,
      IfMatchOf<IfMatch>,
      z.output<Position> | null
    >,
  ): Promise<Outcome<BodyOf<z.input<Response>>>>;
}

type AnyCall = Call<Principal | null, unknown, unknown, unknown, string | null, number | null, unknown>;

/** An operation with its defaults filled in, as the router and the API document see it. */
export interface Operation {
  readonly operation: OperationId;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  readonly status: 200 | 201 | 202;
  readonly idempotent: boolean;
  readonly precondition: Precondition;
  readonly page: z.ZodType | null;
  readonly problems: readonly ProblemCode[];
  readonly example: { body?: unknown; response?: unknown };
  handle(call: AnyCall): Promise<Outcome<unknown>>;
}

interface LooseDefinition extends Pick<Operation, 'operation' | 'summary' | 'response' | 'status'> {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  idempotent?: boolean;
  precondition?: Precondition;
  page?: z.ZodType;
  problems?: readonly ProblemCode[];
  example?: { body?: unknown; response?: unknown };
  handle(call: AnyCall): Promise<Outcome<unknown>>;
}

const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);

const assertSound = (definition: LooseDefinition): void => {
  const { path } = routes[definition.operation];
  const inPath = pathParameters(path).sort().join();
  const declared = Object.keys(definition.params?.shape ?? {})
    .sort()
    .join();
  if (inPath !== declared)
    throw new Error(`${definition.operation} declares parameters (${declared}), its path has (${inPath})`);
};

/**
 * Declares an operation. The types of the call follow from the schemas; the principal is null exactly on public routes. Throws
 * at start when the declaration contradicts the route.
 */
export function defineOperation<
  Id extends OperationId,
  Response extends z.ZodType,
  Params extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
  Idempotent extends boolean = false,
  IfMatch extends Precondition = 'none',
  Position extends z.ZodType = z.ZodNull,
>(definition: OperationDefinition<Id, Params, Query, Body, Response, Idempotent, IfMatch, Position>): Operation;
export function defineOperation(definition: LooseDefinition): Operation {
  assertSound(definition);
  return {
    ...definition,
    params: (definition.params ?? z.object({})).strict(),
    query: (definition.query ?? z.object({})).strict(),
    body: definition.body ?? null,
    idempotent: definition.idempotent ?? false,
    precondition: definition.precondition ?? 'none',
    page: definition.page ?? null,
    problems: definition.problems ?? [],
    example: definition.example ?? {},
    handle: (call) => definition.handle(call),
  };
}
