import { z } from 'zod';
import { type OperationId, routes } from '../../contracts/api/routes.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { World } from './world.ts';

/** A request of somebody outside, and who it is; the public has no token. */
export interface Request {
  readonly operation: OperationId;
  readonly as?: Principal;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly ifMatch?: number;
}

/** Status 0: the gateway had nothing to pass on, and answered for itself. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const Structured = z.looseObject({ statusCode: z.number(), body: z.string().optional() });
const JsonObject = z.record(z.string(), z.unknown());
/** So often somebody tries again who gets no answer or one that says to try again. */
const patience = 8;
const secondMs = 1_000;

const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => params[name] ?? '');

const claimsOf = ({ subject, role, division, agency }: Principal) => ({
  ...{ sub: subject, role, division },
  ...(agency === null ? {} : { agency }),
});

/** The event that the gateway makes of a request. */
const eventOf = (
  { operation, as, params = {}, query = '', body, key, ifMatch }: Request,
  requestId: string,
): string => {
  const { method, path } = routes[operation];
  const rawPath = filled(path, params);
  return JSON.stringify({
    version: '2.0',
    rawPath,
    rawQueryString: query,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
    pathParameters: params,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      requestId,
      http: { method, path: rawPath },
      ...(as === undefined ? {} : { authorizer: { jwt: { claims: claimsOf(as) } } }),
    },
  });
};

/** Sends a request once. */
export const ask = async (world: World, request: Request): Promise<Answer> => {
  const result = await world.invoke(routes[request.operation].function, eventOf(request, 'request-of-a-fault-run'));
  if (!result.ok) return { status: 0, body: {} };
  const { statusCode, body } = Structured.parse(JSON.parse(result.payload));
  return { status: statusCode, body: body === undefined ? {} : JsonObject.parse(JSON.parse(body)) };
};

/** Sends a request until it is answered, as a client does that has been told nothing; the same request, with the same key. */
export const insist = async (world: World, request: Request): Promise<Answer> => {
  for (let attempt = 1; attempt <= patience; attempt += 1) {
    const answer = await ask(world, request);
    if (answer.status !== 0 && answer.status < 500 && answer.status !== 429) return answer;
    world.pass(secondMs);
  }
  throw new Error(`${request.operation} was not answered in ${patience} attempts`);
};

const isGranted = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Insists, and takes nothing but a success. */
export const obtain = async (world: World, request: Request): Promise<Answer> => {
  const answer = await insist(world, request);
  if (!isGranted(answer)) throw new Error(`${request.operation} was refused: ${JSON.stringify(answer)}`);
  return answer;
};

/**
 * Does something to a record that others write too: when somebody was faster it is looked at again, and done again unless what was
 * wanted is so already. `next` makes the request anew from what is there, or answers undefined when there is nothing left to do.
 */
export const bringAbout = async (world: World, next: () => Promise<Request | undefined>): Promise<void> => {
  for (let attempt = 1; attempt <= patience; attempt += 1) {
    const request = await next();
    if (request === undefined) return;
    const answer = await insist(world, request);
    if (isGranted(answer)) return;
    if (answer.status !== 409 && answer.status !== 412)
      throw new Error(`${request.operation} was refused: ${JSON.stringify(answer)}`);
  }
  throw new Error('others were faster every time');
};
