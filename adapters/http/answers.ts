import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Refusal, Success } from '../../contracts/outcome.ts';
import { type ProblemBody, problems, problemType } from '../../contracts/problems.ts';
import { sayFault } from './field-errors.ts';
import type { RequestScope } from './gateway-event.ts';

export type Answer = APIGatewayProxyStructuredResultV2 & { statusCode: number };

/** Seconds a client should wait when the refusal itself names none. */
const usualRetryAfter = { 'idempotency-in-progress': 1, 'store-unavailable': 5 } as const;

/** Every answer may hold what concerns one household only, so nothing between here and the caller may keep it. */
const headersOf = (scope: RequestScope, contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'content-language': scope.language,
  'vary': 'accept-language',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-request-id': scope.requestId,
  'x-correlation-id': scope.correlationId,
});

/** A strong entity tag of a version. */
const etagOf = (version: number): string => `"${version}"`;

/** The one place where a refusal becomes HTTP: status, texts in the caller's language, headers. */
export const refusalAnswer = (refusal: Refusal, scope: RequestScope): Answer => {
  const { status, title, cause, cure } = problems[refusal.problem];
  const body: ProblemBody = {
    type: problemType(refusal.problem),
    title: title[scope.language],
    status,
    detail: cause[scope.language],
    cure: cure[scope.language],
    instance: `urn:hearth:request:${scope.requestId}`,
    ...(refusal.errors?.length && { errors: refusal.errors.map((error) => sayFault(error, scope.language)) }),
    ...(refusal.links && { links: { ...refusal.links } }),
    ...(refusal.state !== undefined && { state: refusal.state }),
    ...(refusal.inTheWay && { inTheWay: refusal.inTheWay }),
  };
  const headers = headersOf(scope, 'application/problem+json');
  const retryAfter =
    refusal.retryAfterSeconds ?? new Map<string, number>(Object.entries(usualRetryAfter)).get(refusal.problem);
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  if (refusal.version !== undefined) headers['etag'] = etagOf(refusal.version);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return { statusCode: status, headers, body: JSON.stringify(body) };
};

/** The answer to a success whose body has passed its response schema. */
export const successAnswer = (success: Success<unknown>, usualStatus: number, scope: RequestScope): Answer => {
  const headers = headersOf(scope, 'application/json');
  if (success.version !== undefined) headers['etag'] = etagOf(success.version);
  if (success.location !== undefined) headers['location'] = success.location;
  if (success.replayed) headers['idempotency-replayed'] = 'true';
  return { statusCode: success.status ?? usualStatus, headers, body: JSON.stringify(success.body) };
};
