import { z } from 'zod';
import { type FieldRefusal, type Outcome, type Refusal, refuse, type Success } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { CallerRole } from '../../domain/access/roles.ts';
import { isWithin } from '../../domain/people/divisions.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import { admit, type Door } from './admission.ts';
import { readIdempotencyKey, readIfMatch } from './conditional-headers.ts';
import { faultsOf } from './field-errors.ts';
import type { ApiRequest } from './gateway-event.ts';
import type { Operation } from './operation.ts';
import { readQueryString } from './query-string.ts';
import type { RateLimiter } from './rate-limit.ts';
import { readJsonBody, refuseBody } from './request-body.ts';
import { bodyLimitOf } from './request-limits.ts';
import { canonicalJson, fingerprintOf, openCursor, sealCursor } from './sealed-text.ts';
import { visibleTo } from './visible-fields.ts';

/** The use case answered something its response schema does not declare. It names places and kinds of faults only. */
class UndeclaredResponse extends Error {
  override readonly name = 'UndeclaredResponse';
  readonly loggable: string;
  constructor(faults: readonly FieldRefusal[]) {
    super('a response is not of its schema');
    this.loggable = faults.map(({ field, code }) => `${field} ${code}`).join('; ');
  }
}

type Read<Value> = { ok: true; value: Value } | Refusal;
/** The key that authenticates cursors and marks requests, asked for when first needed. */
export type EdgeKey = () => Promise<Uint8Array>;

/** What the edge of one deployment is set up with. */
export interface Edge extends Door {
  readonly edgeKey: EdgeKey;
  /** Counts and limits the requests of each caller. */
  readonly limiter: RateLimiter;
}

const invalid = (errors: readonly FieldRefusal[]): Refusal => refuse('validation-failed', { errors });

const readParams = (operation: Operation, request: ApiRequest): Read<unknown> => {
  const given = request.pathParameters ?? {};
  const params = operation.params.safeParse(given);
  return params.success ? { ok: true, value: params.data } : invalid(faultsOf(params.error.issues, 'path', given));
};

interface ReadQuery {
  query: unknown;
  cursor: string | undefined;
}

const readQuery = (operation: Operation, request: ApiRequest): Read<ReadQuery> => {
  const raw = readQueryString(request.rawQueryString);
  if (!raw.ok) return invalid(raw.errors);
  const cursor = operation.page ? raw.parameters.get('cursor') : undefined;
  if (operation.page) raw.parameters.delete('cursor');
  const given: Record<string, unknown> = Object.fromEntries(raw.parameters);
  const query = operation.query.safeParse(given);
  if (query.success) return { ok: true, value: { query: query.data, cursor } };
  const errors = faultsOf(query.error.issues, 'query', given);
  const isUnknown = query.error.issues.every(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return isUnknown ? refuse('unknown-query-parameter', { errors }) : invalid(errors);
};

/** What a cursor is bound to: it continues this query of a caller with this scope, and no other. */
const bindingOf = (operation: Operation, query: unknown, principal: Principal | null): unknown => ({
  operation: operation.operation,
  query,
  scope: principal && {
    role: principal.role,
    division: principal.division,
    agency: principal.agency,
    // A list read under a grant goes on under that grant only.
    ...(principal.breakGlass === undefined ? {} : { breakGlass: principal.breakGlass.breakGlassId }),
  },
});

const readPosition = async (
  page: Operation['page'],
  cursor: string | undefined,
  binding: unknown,
  edgeKey: EdgeKey,
): Promise<Read<unknown>> => {
  if (page === null || cursor === undefined) return { ok: true, value: null };
  const opened = openCursor(await edgeKey(), cursor, binding);
  const position = page.safeParse(opened?.position);
  if (opened && position.success) return { ok: true, value: position.data };
  return invalid([{ in: 'query', field: '/cursor', code: 'cursor.invalid' }]);
};

const readBody = (operation: Operation, request: ApiRequest): Read<{ parsed: unknown; sent: unknown }> => {
  if (operation.body === null) return refuseBody(request) ?? { ok: true, value: { parsed: undefined, sent: null } };
  const read = readJsonBody(request, bodyLimitOf(operation.operation));
  if (!read.ok) return read;
  const body = operation.body.safeParse(read.value);
  if (!body.success) return invalid(faultsOf(body.error.issues, 'body', read.value));
  return { ok: true, value: { parsed: body.data, sent: read.value } };
};

const readPrecondition = (operation: Operation, request: ApiRequest): Read<number | null> => {
  if (operation.precondition === 'none') return { ok: true, value: null };
  const ifMatch = readIfMatch(request);
  const isMissing = ifMatch.ok && ifMatch.value === null && operation.precondition === 'required';
  return isMissing ? refuse('precondition-required') : ifMatch;
};

/** What leaves is what the response schema declares and the caller's role may see; a position becomes a sealed cursor. */
const seal = async (
  operation: Operation,
  success: Success<unknown>,
  role: CallerRole,
  binding: unknown,
  edgeKey: EdgeKey,
): Promise<Success<unknown>> => {
  let body = success.body;
  if (operation.page) {
    const hasNext = success.next !== undefined && success.next !== null;
    const nextCursor = hasNext ? sealCursor(await edgeKey(), success.next, binding) : null;
    body = { ...(typeof body === 'object' ? body : {}), nextCursor };
  }
  const declared = operation.response.safeParse(body);
  if (declared.success) return { ...success, body: visibleTo(operation.operation, role, declared.data) };
  throw new UndeclaredResponse(faultsOf(declared.error.issues, 'body', body));
};

/**
 * A record that nobody can read any more is no fault. Whoever may not know that there was one is told what they are told of every
 * record of another division.
 */
const orErased = (error: unknown, principal: Principal | null): Refusal => {
  if (!(error instanceof RecordErased)) throw error;
  const { division } = error;
  const mayKnow = principal === null || (division !== null && isWithin(division, principal.division));
  return refuse(mayKnow ? 'erased' : 'not-found');
};

/**
 * Performs an operation for a request: who calls, may they, what do they ask, is it well formed; then the use case; then its
 * answer, checked. Every expected failure is a refusal; what is thrown is unexpected.
 */
export const perform = async (operation: Operation, request: ApiRequest, edge: Edge): Promise<Outcome<unknown>> => {
  const { edgeKey } = edge;
  const caller = await admit(operation.operation, request, edge);
  if (!caller.ok) return caller;
  const { principal, breakGlass } = caller;
  const params = readParams(operation, request);
  if (!params.ok) return params;
  const query = readQuery(operation, request);
  if (!query.ok) return query;
  const key = operation.idempotent ? readIdempotencyKey(request) : { ok: true as const, value: null };
  if (!key.ok) return key;
  const ifMatch = readPrecondition(operation, request);
  if (!ifMatch.ok) return ifMatch;
  const body = readBody(operation, request);
  if (!body.ok) return body;
  const binding = bindingOf(operation, query.value.query, principal);
  const after = await readPosition(operation.page, query.value.cursor, binding, edgeKey);
  if (!after.ok) return after;
  const asked = [operation.operation, canonicalJson(params.value), body.value.sent];
  const call = {
    ...request.scope,
    operation: operation.operation,
    principal,
    params: params.value,
    query: query.value.query,
    body: body.value.parsed,
    idempotencyKey: key.value,
    fingerprint: operation.idempotent ? fingerprintOf(await edgeKey(), asked) : null,
    ifMatch: ifMatch.value,
    after: after.value,
  };
  const outcome = await operation.handle(call).catch((error: unknown) => orErased(error, principal));
  if (!outcome.ok) return outcome;
  const sealed = await seal(operation, outcome, principal?.role ?? 'public', binding, edgeKey);
  const [record] = z.array(z.string()).parse(Object.values(request.pathParameters ?? {}));
  await breakGlass?.noteRead(operation.operation, record ?? null);
  return sealed;
};
