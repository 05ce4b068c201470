import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type { Context } from 'aws-lambda';
import { routes } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Language } from '../../contracts/problems.ts';
import { createLog, type Log, type LogIds } from '../telemetry/log.ts';
import { type Counters, createMetrics } from '../telemetry/metrics.ts';
import { isTransient } from '../telemetry/transient.ts';
import { type Answer, refusalAnswer, successAnswer } from './answers.ts';
import { type ApiRequest, type RequestScope, readApiRequest } from './gateway-event.ts';
import type { Operation } from './operation.ts';
import { type Edge, perform } from './perform.ts';

export interface ApiHandlerOptions extends Edge {
  function: (typeof routes)[keyof typeof routes]['function'];
  /** Exactly the operations of the function in contracts/api/routes.ts. */
  operations: readonly Operation[];
  /** Language of an answer when the caller names none that is spoken here. */
  defaultLanguage: Language;
  log?: Log;
  metrics?: Counters;
}

/** Milliseconds kept back so that a caller gets a problem to read, not the gateway's bare 503, when time runs out. */
const reserveForAnswer = 250;

const assertComplete = ({ function: name, operations }: ApiHandlerOptions): void => {
  const expected = Object.entries(routes).flatMap(([operation, route]) => (route.function === name ? [operation] : []));
  const given = operations.map(({ operation }) => operation);
  if (expected.sort().join() !== [...given].sort().join()) {
    throw new Error(`The function ${name} must serve ${expected.join(', ')}; it serves ${given.join(', ')}`);
  }
};

interface Watch {
  log: Log;
  metrics: Counters;
}

/**
 * What an unexpected error looks like from outside: it may pass, or nobody knows; nothing else is told. It is logged here, once,
 * by name and place.
 */
const refusalFor = (error: unknown, { log, metrics }: Watch): Refusal => {
  const mayPass = isTransient(error);
  log.write(mayPass ? 'STORE_UNAVAILABLE' : 'UNEXPECTED_ERROR', {}, error);
  metrics.count(mayPass ? 'StoreUnavailable' : 'UnexpectedErrors');
  metrics.flush();
  return refuse(mayPass ? 'store-unavailable' : 'internal-error');
};

/** Performs the operation and says when it began and how it ended: status, problem, duration; never what was in it. */
const answerTo = async (operation: Operation, request: ApiRequest, edge: Edge, watch: Watch): Promise<Answer> => {
  const began = performance.now();
  watch.log.write('REQUEST_STARTED');
  const outcome = await perform(operation, request, edge).catch((error: unknown) => refusalFor(error, watch));
  const answer = outcome.ok
    ? successAnswer(outcome, operation.status, request.scope)
    : refusalAnswer(outcome, request.scope);
  const durationMs = Math.round(performance.now() - began);
  const problem = outcome.ok ? {} : { problem: outcome.problem };
  watch.log.write('REQUEST_COMPLETED', { status: answer.statusCode, durationMs, ...problem });
  return answer;
};

const orNotFound = (answer: Answer | null, scope: RequestScope): Answer =>
  answer ?? refusalAnswer(refuse('not-found'), scope);

const runOutOfTime = (): never => {
  const error = new Error('the function is about to be stopped');
  error.name = 'TimeoutError';
  throw error;
};

/**
 * Makes the Lambda handler of one function of the API: a router over its routes, and around it what every request has in common.
 * Throws at start when the operations are not exactly those of the function's routes.
 */
export const apiHandler = (options: ApiHandlerOptions): ((event: unknown, context: Context) => Promise<Answer>) => {
  assertComplete(options);
  const log = options.log ?? createLog();
  const metrics = options.metrics ?? createMetrics();
  const watchOver = (ids: LogIds): Watch => ({ log: log.with(ids), metrics });

  const router = httpRouter<ApiRequest, Answer>({
    routes: options.operations.map((operation) => ({
      method: routes[operation.operation].method,
      path: routes[operation.operation].path,
      handler: (request: ApiRequest) => {
        const { requestId, correlationId } = request.scope;
        const watch = watchOver({ requestId, correlationId, operation: operation.operation });
        return answerTo(operation, request, options, watch);
      },
    })),
    notFoundResponse: () => null,
  });

  return middy<ApiRequest, Answer>({ timeoutEarlyInMillis: reserveForAnswer, timeoutEarlyResponse: runOutOfTime })
    .before((request) => {
      request.event = readApiRequest(request.event, request.context.awsRequestId, options.defaultLanguage);
    })
    .onError((request) => {
      const { awsRequestId: requestId } = request.context;
      const bareScope = { requestId, correlationId: requestId, language: options.defaultLanguage };
      const { scope = bareScope }: Partial<ApiRequest> = request.event;
      const watch = watchOver({ requestId: scope.requestId, correlationId: scope.correlationId });
      request.response = refusalAnswer(refusalFor(request.error, watch), scope);
    })
    .handler(async (request, context) => {
      return orNotFound(await router(request, context), request.scope);
    });
};
