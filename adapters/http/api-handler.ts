import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type { Context } from 'aws-lambda';
import { routes } from '../../contracts/api/routes.ts';
import { type Outcome, type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Language } from '../../contracts/problems.ts';
import { withCorrelation } from '../telemetry/correlation.ts';
import { createLog, type Log, type LogIds } from '../telemetry/log.ts';
import { type Counters, createMetrics } from '../telemetry/metrics.ts';
import { isTransient } from '../telemetry/transient.ts';
import { type Answer, refusalAnswer, successAnswer } from './answers.ts';
import { type ApiRequest, readApiRequest } from './gateway-event.ts';
import type { Operation } from './operation.ts';
import { type Edge, perform } from './perform.ts';
import type { RateDecision } from './rate-limit.ts';
import { oversizedPart } from './request-limits.ts';

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

/** The function is about to be stopped: named like what else may pass. */
class OutOfTime extends Error {
  override readonly name = 'TimeoutError';
}

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
  const message = mayPass ? 'STORE_UNAVAILABLE' : 'UNEXPECTED_ERROR';
  log.write(error instanceof OutOfTime ? 'REQUEST_TIMED_OUT' : message, {}, error);
  metrics.count(mayPass ? 'StoreUnavailable' : 'UnexpectedErrors');
  metrics.flush();
  return refuse(mayPass ? 'store-unavailable' : 'internal-error');
};

/** What became of the limit is seen by whoever watches: a caller that is refused, and a counter that cannot be reached. */
const reportLimit = ({ refusal, rateClass, agency, failure }: RateDecision, { log, metrics }: Watch): void => {
  if (refusal !== null && rateClass !== null) {
    log.write('REQUEST_LIMITED', { rateClass, ...(agency === null ? {} : { agency }) });
    metrics.count(agency === null ? 'RequestsLimited' : 'AgencyRequestsLimited');
    metrics.flush();
  }
  if (failure !== null) {
    log.write('RATE_COUNTER_UNREACHABLE', {}, failure);
    metrics.count('RateCounterUnreachable');
    metrics.flush();
  }
};

const outcomeOf = async (operation: Operation | null, request: ApiRequest, edge: Edge): Promise<Outcome<unknown>> =>
  operation === null ? refuse('not-found') : perform(operation, request, edge);

/**
 * Performs the operation, unless a limit forbids even that, and says when it began and how it ended: status, problem, duration; never
 * what was in it. The operation is null at a path that is no operation's.
 */
const answerTo = async (
  operation: Operation | null,
  request: ApiRequest,
  edge: Edge,
  watch: Watch,
): Promise<Answer> => {
  const began = performance.now();
  watch.log.write('REQUEST_STARTED');
  const limit = await edge.limiter(operation?.operation ?? null, request, edge.claimNames);
  reportLimit(limit, watch);
  const outcome =
    limit.refusal ??
    oversizedPart(request) ??
    (await outcomeOf(operation, request, edge).catch((error: unknown) => refusalFor(error, watch)));
  const answer = outcome.ok
    ? successAnswer(outcome, operation?.status ?? 200, request.scope)
    : refusalAnswer(outcome, request.scope);
  const durationMs = Math.round(performance.now() - began);
  const problem = outcome.ok ? {} : { problem: outcome.problem };
  watch.log.write('REQUEST_COMPLETED', { status: answer.statusCode, durationMs, ...problem });
  return { ...answer, headers: { ...answer.headers, ...limit.headers } };
};

const runOutOfTime = (): never => {
  throw new OutOfTime('the function is about to be stopped');
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

  const nowhere = (request: ApiRequest): Promise<Answer> => {
    const { requestId, correlationId } = request.scope;
    return answerTo(null, request, options, watchOver({ requestId, correlationId }));
  };

  const orNowhere = (answer: Answer | null, request: ApiRequest): Answer | Promise<Answer> =>
    answer ?? nowhere(request);

  const router = httpRouter<ApiRequest, Answer>({
    routes: options.operations.map((operation) => ({
      method: routes[operation.operation].method,
      path: routes[operation.operation].path,
      handler: (request: ApiRequest) => {
        const { requestId, correlationId } = request.scope;
        const watch = watchOver({ requestId, correlationId, operation: operation.operation });
        return withCorrelation(correlationId, () => answerTo(operation, request, options, watch));
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
      return orNowhere(await router(request, context), request);
    });
};
