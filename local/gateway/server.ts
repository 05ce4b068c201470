import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { answerJson, BodyTooLarge, type Listening, listen, readBody } from '../http.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { InvocationResult } from '../lambda/protocol.ts';
import type { RouteModel } from '../template/platform-model.ts';
import type { Authorizer } from './authorizer.ts';
import { answerOf, eventOf, type GatewayAnswer } from './payload.ts';
import { createRouter, type Match } from './router.ts';

export type GatewayParts = {
  readonly pool: LambdaPool;
  readonly clock: Clock;
  readonly authorize: Authorizer;
  readonly account: string;
  readonly port: number;
  readonly note: (message: string) => void;
};

/** Quota of HTTP APIs, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html. */
const bodyLimit = 10 * 1024 * 1024;

const late = Symbol('integration timeout');

const within = async (result: Promise<InvocationResult>, ms: number): Promise<InvocationResult | typeof late> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([result, limit]);
  } finally {
    clearTimeout(timer);
  }
};

const sendAnswer = (response: ServerResponse, answer: GatewayAnswer, trace: Readonly<Record<string, string>>): void => {
  const withoutBody = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {}),
    ...(withoutBody ? {} : { 'content-length': answer.body.length }),
    ...trace,
  });
  response.end(withoutBody ? undefined : answer.body);
};

const sendResult = (response: ServerResponse, result: InvocationResult | typeof late, requestId: string): void => {
  const trace = { 'apigw-requestid': requestId };
  const answer = result !== late && result.ok ? answerOf(result.payload) : undefined;
  if (answer !== undefined) sendAnswer(response, answer, trace);
  else if (result === late) answerJson(response, 503, { message: 'Service Unavailable' }, trace);
  else answerJson(response, 500, { message: 'Internal Server Error' }, trace);
};

/** Serves the template's HTTP API: routes, JWT authorizers, functions in payload format 2.0, and API Gateway's own refusals. */
export const startGateway = (routes: readonly RouteModel[], parts: GatewayParts): Promise<Listening> => {
  const { pool, clock, authorize, account, port, note } = parts;
  const find = createRouter(routes);

  const admit = async (match: Match, request: IncomingMessage, response: ServerResponse) => {
    const { authorizer } = match.route;
    if (authorizer === undefined) return { proceed: true, admission: undefined } as const;
    const admission = await authorize(authorizer, request.headers.authorization);
    if (admission.admitted) return { proceed: true, admission } as const;
    request.resume();
    if (admission.status === 401)
      answerJson(response, 401, { message: 'Unauthorized' }, { 'www-authenticate': 'Bearer' });
    else answerJson(response, 403, { message: 'Forbidden' });
    return { proceed: false } as const;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', ...rest] = (request.url ?? '/').split('?');
    const match = find(request.method ?? 'GET', path);
    if (match === undefined) {
      request.resume();
      return answerJson(response, 404, { message: 'Not Found' });
    }
    const admitted = await admit(match, request, response);
    if (!admitted.proceed) return;
    const body = await readBody(request, bodyLimit);
    const requestId = randomUUID();
    const event = eventOf({
      request,
      path,
      query: rest.join('?'),
      body,
      match,
      admission: admitted.admission,
      requestId,
      now: clock.now(),
      account,
    });
    sendResult(response, await within(pool.answer(match.route.functionName, event), match.route.timeoutMs), requestId);
  };

  const fail = (response: ServerResponse, error: unknown): void => {
    if (response.headersSent) response.destroy();
    else if (error instanceof BodyTooLarge) answerJson(response, 413, { message: 'Request Entity Too Large' });
    else {
      note(`gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      answerJson(response, 500, { message: 'Internal Server Error' });
    }
  };

  return listen(
    (request, response) => void serve(request, response).catch((error: unknown) => fail(response, error)),
    port,
    'the HTTP API',
    '--port',
  );
};
