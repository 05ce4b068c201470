import type { IncomingMessage } from 'node:http';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { apiHandler } from '../../adapters/http/api-handler.ts';
import type { Operation } from '../../adapters/http/operation.ts';
import type { Log } from '../../adapters/telemetry/log.ts';
import { type OperationId, routes } from '../../contracts/api/routes.ts';
import { answerOf, eventOf } from '../../local/gateway/payload.ts';
import { createRouter } from '../../local/gateway/router.ts';
import type { RouteModel } from '../../local/template/platform-model.ts';

export type FunctionName = (typeof routes)[OperationId]['function'];
export const functionNames: readonly FunctionName[] = [
  ...new Set(Object.values(routes).map(({ function: name }) => name)),
];

/** Claims as a token of the issuer carries them and the gateway hands them on. */
export type Claims = Readonly<Record<string, string>>;

/** A request as it comes over the wire; path and query are still percent-encoded. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  /** Names in lower case, as the gateway hands them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Null: no token. */
  readonly claims?: Claims | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
  /** What answered: an operation of the product, or the gateway before it. */
  readonly by: OperationId | 'gateway';
}

/** A line of the log, as the functions wrote it: code, ids, and whatever error came with it. */
export interface Logged {
  readonly code: string;
  readonly ids: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

const rememberingLog = (lines: Logged[], fixed: object = {}): Log => ({
  write: (code, ids, error) => {
    if (code !== 'REQUEST_STARTED' && code !== 'REQUEST_COMPLETED') {
      lines.push({ code, ids: { ...fixed, ...ids }, error });
    }
  },
  with: (ids) => rememberingLog(lines, { ...fixed, ...ids }),
});

const silentMetrics = { count: () => undefined, flush: () => undefined };

/**
 * The operations of every API function, made by the product's own declarations. They are found by the list of routes, so that a
 * function that is added is attacked without anybody thinking of it.
 */
export const loadOperations = async <Dependencies>(
  dependencies: Dependencies,
): Promise<ReadonlyMap<FunctionName, readonly Operation[]>> => {
  const found = new Map<FunctionName, readonly Operation[]>();
  for (const name of functionNames) {
    const module = z
      .record(z.string(), z.unknown())
      .parse({ ...(await import(`../../functions/${name}/operations.ts`)) });
    const [make] = Object.entries(module).flatMap(([exported, value]) =>
      exported.endsWith('Operations') && typeof value === 'function' ? [value as (given: unknown) => unknown] : [],
    );
    if (make === undefined) throw new Error(`functions/${name}/operations.ts exports no operations`);
    found.set(name, make(dependencies) as readonly Operation[]);
  }
  return found;
};

/** Quotas of HTTP APIs, which stand before every function. */
const gatewayBodyLimit = 10 * 1024 * 1024;

const routeKeys = new Map<string, OperationId>(
  Object.entries(routes).map(([id, { method, path }]) => [`${method} ${path}`, id as OperationId]),
);

const gatewayAnswer = (status: number, message: string): Answer => {
  const text = JSON.stringify({ message });
  return { status, headers: { 'content-type': 'application/json' }, text, json: JSON.parse(text), by: 'gateway' };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export interface Api {
  readonly ask: (sent: Sent) => Promise<Answer>;
  readonly operations: ReadonlyMap<OperationId, Operation>;
  /** What was logged beside the beginning and end of requests. */
  readonly logged: Logged[];
}

/** What the HTTP edge of every function is set up with. */
export type EdgeParts = Pick<Parameters<typeof apiHandler>[0], 'edgeKey' | 'claimNames' | 'openBreakGlass' | 'limiter'>;

export interface ApiParts {
  readonly operations: ReadonlyMap<FunctionName, readonly Operation[]>;
  readonly edge: EdgeParts;
}

/**
 * The API in this process: the gateway's router and payloads, the real handlers, no network. The token is not checked here, the
 * claims are taken as the authorizer would hand them on; tokens are attacked apart, against the authorizer itself.
 */
export const apiInProcess = ({ operations, edge }: ApiParts): Api => {
  const logged: Logged[] = [];
  const log = rememberingLog(logged);
  const handlers = new Map(
    [...operations].map(([name, ofFunction]) => [
      name,
      apiHandler({
        function: name,
        operations: ofFunction,
        defaultLanguage: 'zh',
        ...edge,
        log,
        metrics: silentMetrics,
      }),
    ]),
  );
  const find = createRouter([...routeKeys.keys()].map((key) => ({ key, apiId: 'attack' }) as RouteModel));
  let requests = 0;
  const ask = async (sent: Sent): Promise<Answer> => {
    requests += 1;
    const match = find(sent.method, sent.path);
    const operation = match && routeKeys.get(match.route.key);
    if (match === undefined || operation === undefined) return gatewayAnswer(404, 'Not Found');
    const { access, function: name } = routes[operation];
    const claims = sent.claims ?? null;
    if (access === 'token' && claims === null) return gatewayAnswer(401, 'Unauthorized');
    const body = Buffer.from(sent.body ?? '');
    if (body.length > gatewayBodyLimit) return gatewayAnswer(413, 'Request Entity Too Large');
    const requestId = `attack-${String(requests).padStart(12, '0')}`;
    const event = eventOf({
      request: {
        method: sent.method,
        headers: sent.headers ?? {},
        httpVersion: '1.1',
        socket: { remoteAddress: '192.0.2.1' },
      } as unknown as IncomingMessage,
      path: sent.path,
      query: sent.query ?? '',
      body,
      match,
      admission: access === 'token' && claims !== null ? { admitted: true, claims, scopes: null } : undefined,
      requestId,
      now: Date.now(),
      account: '123456789012',
    });
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`no handler for ${name}`);
    const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => 30_000 } as unknown as Context;
    const answer = answerOf(JSON.stringify(await handler(JSON.parse(event), context)));
    if (answer === undefined) return gatewayAnswer(500, 'Internal Server Error');
    const text = answer.body.toString('utf8');
    return { status: answer.status, headers: answer.headers, text, json: parsed(text), by: operation };
  };
  return { ask, operations: new Map([...operations.values()].flat().map((each) => [each.operation, each])), logged };
};
