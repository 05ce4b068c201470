import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Admission } from './authorizer.ts';
import type { Match } from './router.ts';

export type EventParts = {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly match: Match;
  readonly admission: Extract<Admission, { admitted: true }> | undefined;
  readonly requestId: string;
  readonly now: number;
  readonly account: string;
};

/** Content types whose bodies reach a function as text; everything else comes as base64. */
const textual = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/iu;

const headersOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'cookie' ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );

const queryOf = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Time as in an access log, such as 24/Nov/2026:08:00:00 +0000. */
const logTime = (instant: number): string => {
  const iso = new Date(instant).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

/** The event of API Gateway's payload format 2.0, as JSON text. */
export const eventOf = ({
  request,
  path,
  query,
  body,
  match,
  admission,
  requestId,
  now,
  account,
}: EventParts): string => {
  const isText = textual.test(request.headers['content-type'] ?? '');
  const cookies = request.headers.cookie?.split(/;\s*/u);
  const { apiId, key } = match.route;
  const hasParameters = Object.keys(match.parameters).length > 0;
  return JSON.stringify({
    version: '2.0',
    routeKey: key,
    rawPath: path,
    rawQueryString: query,
    cookies,
    headers: headersOf(request.headers),
    queryStringParameters: queryOf(query),
    requestContext: {
      accountId: account,
      apiId,
      authorizer: admission === undefined ? undefined : { jwt: { claims: admission.claims, scopes: admission.scopes } },
      domainName: request.headers.host ?? '',
      domainPrefix: (request.headers.host ?? '').split('.')[0],
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: key,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    pathParameters: hasParameters ? match.parameters : undefined,
    body: body.length === 0 ? undefined : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: body.length > 0 && !isText,
  });
};

export type GatewayAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
};

const Structured = z.looseObject({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * What a function's result means as an HTTP answer: with a statusCode it is one already, without one it is the JSON body of a
 * 200. Undefined for a result with a statusCode that is not well formed; API Gateway answers such a one with 500.
 */
export const answerOf = (payload: string): GatewayAnswer | undefined => {
  const result: unknown = JSON.parse(payload);
  if (typeof result !== 'object' || result === null || !('statusCode' in result))
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: Buffer.from(typeof result === 'string' ? result : payload),
    };
  const parsed = Structured.safeParse(result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const lowerCased = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(lowerCased) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};
