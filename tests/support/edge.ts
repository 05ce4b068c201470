import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { apiHandler } from '../../adapters/http/api-handler.ts';
import type { Operation } from '../../adapters/http/operation.ts';
import type { RateLimiter } from '../../adapters/http/rate-limit.ts';
import { routes } from '../../contracts/api/routes.ts';
import { refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { ProblemBody } from '../../contracts/problems.ts';

/** What a call is made of; a body makes it a POST, and some are without one. */
export interface EdgeCall {
  as?: Principal | null;
  path: string;
  query?: string;
  body?: unknown;
  key?: string;
  language?: 'zh' | 'en';
  method?: 'GET' | 'POST';
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
  body: unknown;
}

const edgeKey = async (): Promise<Uint8Array> => new Uint8Array(32).fill(7);
/** Lets everybody in, uncounted. */
const limiter: RateLimiter = async () => ({
  refusal: null,
  headers: {},
  rateClass: null,
  agency: null,
  failure: null,
});
let keys = 0;

/** Calls an API function as a caller does, through the HTTP edge, and collects what it logs. */
export const edgeOf = (operations: readonly Operation[]) => {
  const logged: string[] = [];
  const remember = (...words: unknown[]): void => {
    logged.push(JSON.stringify(words, (_, value: unknown) => (value instanceof Error ? `${value}` : value)));
  };
  const log = { write: remember, with: () => log };
  const first = operations[0];
  if (first === undefined) throw new Error('no operations');
  const handler = apiHandler({
    function: routes[first.operation].function,
    operations,
    defaultLanguage: 'zh',
    edgeKey,
    claimNames: { role: 'role', division: 'division', agency: 'agency' },
    openBreakGlass: async () => refuse('break-glass-unknown'),
    limiter,
    log,
    metrics: { count: () => undefined, flush: () => undefined },
  });
  const call = async (asked: EdgeCall): Promise<Answered> => {
    keys += 1;
    const { as = null, path, query = '', body, key, language = 'en' } = asked;
    const { method = body === undefined ? 'GET' : 'POST' } = asked;
    const hasKey = body !== undefined || key !== undefined;
    const claims = as && {
      sub: as.subject,
      role: as.role,
      division: as.division,
      ...(as.agency && { agency: as.agency }),
    };
    const event = {
      version: '2.0',
      routeKey: `${method} ${path}`,
      rawPath: path,
      rawQueryString: query,
      headers: {
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(hasKey ? { 'idempotency-key': key ?? `key-of-the-edge-${keys}` } : {}),
      },
      requestContext: {
        requestId: 'JKJaXmPLvHcESHA=',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
        ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
    };
    const answer = await handler(event, { awsRequestId: '00000000-0000-4000-8000-000000000001' } as Context);
    const text = answer.body ?? 'null';
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      text,
      body: JSON.parse(text) as unknown,
    };
  };
  return { call, logged };
};
export type Edge = ReturnType<typeof edgeOf>;

/** The body of an answer as its schema reads it. */
export const viewIn = <View extends z.ZodType>(view: View, { body }: Answered): z.output<View> => view.parse(body);

/** The codes of the faults of a problem, with their places. */
export const faultsIn = (answer: Answered): string[] =>
  (viewIn(ProblemBody, answer).errors ?? []).map(({ field, code }) => `${field} ${code}`);
/** The code of a problem. */
export const problemIn = (answer: Answered): string =>
  viewIn(ProblemBody, answer).type.replace('urn:hearth:problem:', '');
