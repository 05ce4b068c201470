import type { Context } from 'aws-lambda';
import { apiHandler } from '../../adapters/http/api-handler.ts';
import type { Operation } from '../../adapters/http/operation.ts';
import { routes } from '../../contracts/api/routes.ts';
import type { Principal } from '../../contracts/principal.ts';
import { edgeKey, eventOf } from '../unit/http/gateway.ts';

/** What a call is made of; a body makes it a POST. */
export interface EdgeCall {
  as?: Principal | null;
  path: string;
  query?: string;
  body?: unknown;
  key?: string;
  language?: 'zh' | 'en';
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests look at
  body: any;
}

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
    log: log as never,
    metrics: { count: () => undefined, flush: () => undefined },
  });
  const call = async ({ as = null, path, query = '', body, key, language = 'en' }: EdgeCall): Promise<Answered> => {
    keys += 1;
    const event = eventOf({
      method: body === undefined ? 'GET' : 'POST',
      path,
      query,
      headers: {
        'accept-language': language,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': key ?? `key-of-the-edge-${keys}` }),
      },
      claims: as && { sub: as.subject, role: as.role, division: as.division, ...(as.agency && { agency: as.agency }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await handler(event, { awsRequestId: '00000000-0000-4000-8000-000000000001' } as Context);
    const text = answer.body ?? 'null';
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      text,
      body: JSON.parse(text),
    };
  };
  return { call, logged };
};
export type Edge = ReturnType<typeof edgeOf>;

/** The codes of the faults of a problem, with their places. */
export const faultsIn = ({ body }: Answered): string[] =>
  (body.errors ?? []).map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
/** The code of a problem. */
export const problemIn = ({ body }: Answered): string => String(body.type).replace('urn:hearth:problem:', '');
