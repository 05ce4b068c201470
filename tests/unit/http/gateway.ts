import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { z } from 'zod';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { defineOperation, type Operation } from '../../../adapters/http/operation.ts';
import type { Edge } from '../../../adapters/http/perform.ts';
import type { RateLimiter } from '../../../adapters/http/rate-limit.ts';
import { type FieldFaultCode, fault } from '../../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../../contracts/outcome.ts';
import { ProblemBody } from '../../../contracts/problems.ts';
import { NoticeId, TaskId } from '../../../domain/ids.ts';
import { Fen } from '../../../domain/money.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';

/** A small API on the real routes of the functions `tasks` and `notices`, and the events a gateway would make for it. */

export const taskId = `tsk_${'a'.repeat(32)}`;
export const countyWorker = { sub: 'county-worker-149901', role: 'county-worker', division: '149901' };

const Completion = z.strictObject({
  outcome: z.enum(['done', 'returned']),
  division: DivisionCode.optional(),
  people: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(20),
        residentId: z.string().regex(/^\d{17}[\dX]$/u, fault('resident-id.length')),
      }),
    )
    .max(3)
    .default([]),
  savings: Fen.optional(),
  note: z.string().max(20).optional(),
});

type Handled = (call: {
  body?: unknown;
  after?: unknown;
  ifMatch?: number | null;
  fingerprint?: string | null;
  language: string;
}) => Promise<Outcome<{ taskId: string }>>;

/** The operations of the function `tasks`; `handle` stands for the use case of completing a task. */
export const taskOperations = (handle: Handled = async () => succeed({ taskId })): Operation[] => [
  defineOperation({
    operation: 'listTasks',
    summary: 'List open tasks',
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(2), county: DivisionCode.optional() }),
    page: z.strictObject({ due: z.string() }),
    response: z.strictObject({ tasks: z.array(z.string()), nextCursor: z.string().nullable() }),
    status: 200,
    handle: async ({ after }) =>
      succeed(
        { tasks: after === null ? ['one', 'two'] : [`after ${after.due}`] },
        { next: after === null ? { due: 'two' } : null },
      ),
  }),
  defineOperation({
    operation: 'readTask',
    summary: 'Read a task',
    params: z.object({ taskId: TaskId }),
    response: z.object({ taskId: TaskId }),
    status: 200,
    handle: async ({ params, principal }) =>
      principal.division === '149901' && params.taskId === taskId
        ? succeed({ taskId }, { version: 3 })
        : refuse('not-found'),
  }),
  defineOperation({
    operation: 'completeTask',
    summary: 'Finish a task',
    params: z.object({ taskId: TaskId }),
    body: Completion,
    response: z.strictObject({ taskId: TaskId }),
    status: 200,
    idempotent: true,
    precondition: 'required',
    problems: ['task-already-completed', 'four-eyes'],
    example: { body: { outcome: 'done' }, response: { taskId } },
    handle,
  }),
  defineOperation({
    operation: 'extendTask',
    summary: 'Extend a deadline',
    params: z.object({ taskId: TaskId }),
    response: z.object({ taskId: TaskId }),
    status: 200,
    precondition: 'optional',
    handle: async ({ ifMatch }) => succeed({ taskId, given: ifMatch }, { status: 202, location: `/tasks/${taskId}` }),
  }),
];

/** The operations of the public function `notices`. */
export const noticeOperations = (): Operation[] => [
  defineOperation({
    operation: 'listNotices',
    summary: 'List public notices',
    response: z.object({ notices: z.array(z.string()) }),
    status: 200,
    handle: async ({ principal }) => succeed({ notices: [String(principal)] }),
  }),
  defineOperation({
    operation: 'readNotice',
    summary: 'Read a public notice',
    params: z.object({ noticeId: NoticeId }),
    response: z.object({ noticeId: NoticeId }),
    status: 200,
    handle: async () => refuse('not-found'),
  }),
  defineOperation({
    operation: 'objectToNotice',
    summary: 'Object to a notice',
    params: z.object({ noticeId: NoticeId }),
    body: z.strictObject({ grounds: z.string() }),
    response: z.object({ accepted: z.boolean() }),
    status: 202,
    idempotent: true,
    handle: async () => succeed({ accepted: true }),
  }),
];

export interface Ask {
  method?: string;
  path?: string;
  query?: string;
  headers?: Record<string, string>;
  claims?: Record<string, unknown> | null;
  body?: string;
  base64?: boolean;
}

/** A payload v2 event as the gateway of an HTTP API makes it, of a county worker unless told otherwise. */
export const eventOf = ({
  method = 'GET',
  path = '/tasks',
  query = '',
  headers = {},
  claims = countyWorker,
  body,
  base64,
}: Ask) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: query,
  headers: { 'accept-language': 'en', ...headers },
  requestContext: {
    requestId: 'JKJaXmPLvHcESHA=',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
  },
  ...(body !== undefined && { body }),
  isBase64Encoded: base64 ?? false,
});

export const completion = (body: unknown, more: Ask = {}): Ask => ({
  method: 'POST',
  path: `/tasks/${taskId}/completion`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...more,
  headers: {
    'content-type': 'application/json',
    'idempotency-key': 'key-00000001',
    'if-match': '"3"',
    ...more.headers,
  },
});

export const edgeKey = async (): Promise<Uint8Array> => new Uint8Array(32).fill(7);

/** Lets everybody in, uncounted. */
const limiter: RateLimiter = async () => ({
  refusal: null,
  headers: {},
  rateClass: null,
  agency: null,
  failure: null,
});

/** The edge of a deployment whose issuer uses the plain names of claims, and that knows no break-glass grant. */
export const edge = {
  edgeKey,
  claimNames: { role: 'role', division: 'division', agency: 'agency' },
  openBreakGlass: async () => refuse('break-glass-unknown'),
  limiter,
} as const;

const context = { awsRequestId: '00000000-0000-4000-8000-000000000001' } as Context;

export interface Told {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  text: string;
}

const told = (answer: APIGatewayProxyStructuredResultV2): Told => ({
  status: answer.statusCode ?? 0,
  headers: answer.headers as Record<string, string>,
  body: JSON.parse(answer.body ?? 'null'),
  text: answer.body ?? '',
});

const silent = { write: () => undefined, with: () => silent };

/** Asks the function `tasks` or `notices` and gives back what it told; `counted` gets the metrics. */
export const ask = async (
  request: Ask | { event: unknown },
  operations = taskOperations(),
  log?: Parameters<typeof apiHandler>[0]['log'],
  more: Partial<Edge> = {},
  counted: string[] = [],
): Promise<Told> => {
  const name = operations.some(({ operation }) => operation === 'listNotices') ? 'notices' : 'tasks';
  const handler = apiHandler({
    function: name,
    operations,
    defaultLanguage: 'zh',
    ...edge,
    ...more,
    log: log ?? silent,
    metrics: { count: (metric) => void counted.push(metric), flush: () => undefined },
  });
  return told(await handler('event' in request ? request.event : eventOf(request), context));
};

/** A problem in the answer, checked against its schema. */
export const problemOf = (answer: Told): ProblemBody & { code: string; faults: string[] } => {
  const body = ProblemBody.parse(answer.body);
  return {
    ...body,
    code: body.type.replace('urn:hearth:problem:', ''),
    faults: (body.errors ?? []).map(({ in: place, field, code }) => `${place} ${field} ${code}`),
  };
};

export const faultIn = (field: string, code: FieldFaultCode): string => `body ${field} ${code}`;
