import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { UnitStatistics } from '../dynamodb/unit-counter.ts';
import { answerJson, type Listening, listen, type Place, readBody } from '../http.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { Schedules } from '../schedules/schedules.ts';
import type { StreamPoller } from '../streams/poller.ts';
import { historyOf } from '../workflows/history.ts';
import { type Execution, executionStatuses, type Journal } from '../workflows/journal.ts';
import type { Runner } from '../workflows/runner.ts';

export type ControlParts = {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly schedules: Schedules;
  readonly runner: Runner;
  readonly journal: Journal;
  readonly pool: LambdaPool;
  readonly pollers: Readonly<Record<string, StreamPoller>>;
  readonly units: (() => UnitStatistics) | undefined;
  readonly deadLetters: () => Readonly<Record<string, number>>;
  readonly addresses: () => Readonly<Record<string, string>>;
  /** Writes all tables to a response, item by item. */
  readonly exportTables: (response: ServerResponse) => Promise<void>;
};

const bodyLimit = 64 * 1024;
const defaultIdleMs = 10_000;
const longestIdleMs = 600_000;

const Advance = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({ seconds: z.number().nonnegative() }),
]);

type Answer = { readonly status: number; readonly body: unknown };
const ok = (body: unknown): Answer => ({ status: 200, body });
const problem = (status: number, message: string): Answer => ({ status, body: { message } });

/** Serves the controls of a running platform: clock, idleness, counts, executions. For tests, demonstrations and benchmarks. */
export const startControl = (parts: ControlParts, { port, flag }: Place): Promise<Listening> => {
  const { clock, activity, schedules, runner, journal, pool, pollers, units, deadLetters, addresses } = parts;

  const clockNow = (): object => ({
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: Math.round((clock.now() - Date.now()) / 1000),
    schedules: schedules.next(),
  });

  const summary = (execution: Execution): object => ({
    name: execution.name,
    executionArn: execution.arn,
    machine: execution.machine.split(':').at(-1),
    status: execution.status,
    startedAt: new Date(execution.startedAt).toISOString(),
    stoppedAt: execution.stoppedAt === null ? null : new Date(execution.stoppedAt).toISOString(),
    waitingIn: execution.status === 'RUNNING' ? journal.openStates(execution.arn) : [],
    transitions: execution.transitions,
    error: execution.error,
    cause: execution.cause,
  });

  const advance = async (request: IncomingMessage): Promise<Answer> => {
    const parsed = Advance.safeParse(JSON.parse((await readBody(request, bodyLimit)).toString('utf8') || 'null'));
    if (!parsed.success) return problem(400, 'Send {"to": "<ISO instant>"} or {"seconds": <number>}.');
    const target = 'to' in parsed.data ? Date.parse(parsed.data.to) : clock.now() + parsed.data.seconds * 1000;
    if (target < clock.now())
      return problem(409, `The clock stands at ${new Date(clock.now()).toISOString()} and cannot be set back.`);
    clock.advanceTo(target);
    runner.wake();
    await schedules.fireDue();
    return ok(clockNow());
  };

  const idle = async (query: URLSearchParams): Promise<Answer> => {
    const timeout = z.coerce
      .number()
      .min(0)
      .max(longestIdleMs)
      .catch(defaultIdleMs)
      .parse(query.get('timeout') ?? defaultIdleMs);
    return (await activity.whenIdle(timeout)) ? ok({ idle: true }) : problem(503, `Still busy after ${timeout} ms.`);
  };

  const statistics = (): Answer =>
    ok({
      units: units?.() ?? null,
      functions: pool.statistics(),
      streams: Object.fromEntries(Object.entries(pollers).map(([id, poller]) => [id, poller.statistics()])),
      executions: journal.totals(),
      transitions: journal.transitions(),
      deadLetters: deadLetters(),
      memory: process.memoryUsage(),
    });

  const listExecutions = (query: URLSearchParams): Answer => {
    const status = z
      .enum(executionStatuses)
      .optional()
      .catch(undefined)
      .parse(query.get('status') ?? undefined);
    const limit = z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .catch(100)
      .parse(query.get('limit') ?? 100);
    const offset = z.coerce
      .number()
      .int()
      .min(0)
      .catch(0)
      .parse(query.get('offset') ?? 0);
    return ok({ executions: journal.list({ status, limit, offset }).map(summary) });
  };

  const ofExecution = (request: IncomingMessage, path: string): Answer => {
    const [, name = '', history] = /^\/executions\/([^/]+)(\/history)?$/u.exec(path) ?? [];
    const execution = request.method === 'GET' && name !== '' ? journal.byName(decodeURIComponent(name)) : undefined;
    if (execution === undefined) return problem(404, 'Not found.');
    if (history === undefined) return ok({ ...summary(execution), input: execution.input, output: execution.output });
    return ok({ ...summary(execution), events: historyOf(journal.events(execution.arn)) });
  };

  const routes: Readonly<
    Record<string, (request: IncomingMessage, query: URLSearchParams) => Answer | Promise<Answer>>
  > = {
    'GET /health': () => ok({ status: 'ok', ...addresses() }),
    'GET /clock': () => ok(clockNow()),
    'POST /clock/advance': advance,
    'GET /idle': (_request, query) => idle(query),
    'GET /stats': statistics,
    'GET /executions': (_request, query) => listExecutions(query),
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const route = routes[`${request.method} ${path}`];
    return route === undefined ? ofExecution(request, path) : route(request, new URLSearchParams(query));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET' && request.url === '/export') {
      // What was begun has no other end than the last line: without it, whoever reads knows that it was broken off.
      return parts.exportTables(response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    }
    const { status, body } = await answer(request).catch((error: unknown) =>
      error instanceof SyntaxError
        ? problem(400, 'The body is not JSON.')
        : problem(500, error instanceof Error ? error.message : String(error)),
    );
    answerJson(response, status, body);
  };

  return listen((request, response) => void serve(request, response), port, 'the control server', flag);
};
