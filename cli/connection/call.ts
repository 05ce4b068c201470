import type { z } from 'zod';
import { type OperationId, routes } from '../../contracts/api/routes.ts';
import type { Language } from '../../contracts/problems.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Connection } from './connect.ts';
import { type Refusal, refusalOf, refusedWith } from './problem.ts';

/** A request to one operation of the API, and the schema of what it answers. */
export interface Request<Schema extends z.ZodType> {
  readonly operation: OperationId;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Idempotency key; with it a request may be repeated without a second effect. */
  readonly key?: string;
  /** The version that was seen; with it a change that somebody else made first is not overwritten. */
  readonly ifMatch?: number;
  readonly language: Language;
  readonly schema: Schema;
}

export type Answer<Body> =
  | { readonly ok: true; readonly body: Body; readonly location: string | null }
  | ({ readonly ok: false } & Refusal);

/** How often a request is repeated that met a busy instance or a broken connection, and the pause unless the instance names one. */
const attempts = 4;
const pauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;

const addressOf = (url: string, { operation, params = {}, query = {} }: Request<z.ZodType>): string => {
  const path = routes[operation].path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${operation} needs ${name} in its path`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(query).toString();
  return `${url}${path}${search === '' ? '' : `?${search}`}`;
};

const send = async (connection: Connection, request: Request<z.ZodType>, renew: boolean): Promise<Response> => {
  const { body, key, ifMatch, language, operation } = request;
  const token = await connection.token(renew);
  return fetch(addressOf(connection.url, request), {
    method: routes[operation].method,
    headers: {
      'authorization': `Bearer ${token}`,
      'accept-language': language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

const unreachable = (url: string, error: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('无法连接实例', 'The instance does not answer'),
      cause: says(`${url} 没有应答。`, `Nothing answers at ${url}.`),
      cure: says(
        '请确认实例正在运行（本机：npm start），并核对 --url。',
        'See whether it is running (here: npm start) and check --url.',
      ),
    },
    { cause: error },
  );

/** Milliseconds until a repetition makes sense; undefined when it makes none. */
const pauseAfter = (response: Response): number | undefined => {
  if (response.status !== 503 && response.status !== 429) return undefined;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, longestPauseMilliseconds) : pauseMilliseconds;
};

/** Sends a request until it is answered: again after a short while where the instance is busy, with a new token where the old has ended. */
const answered = async (connection: Connection, request: Request<z.ZodType>, terminal: Terminal): Promise<Response> => {
  let renew = false;
  for (let attempt = 1; ; attempt += 1) {
    const mayRepeat = attempt < attempts && !terminal.interrupted.aborted;
    const response: Response | undefined = await send(connection, request, renew).catch((error: unknown) => {
      if (error instanceof CommandFailure) throw error;
      if (!mayRepeat) throw unreachable(connection.url, error);
      return undefined;
    });
    renew = response?.status === 401 && !renew;
    const pause = response === undefined ? pauseMilliseconds : pauseAfter(response);
    if (response !== undefined && !renew && (pause === undefined || !mayRepeat)) return response;
    if (!renew) await terminal.pause(pause ?? 0);
  }
};

const notUnderstood = (error: z.ZodError): CommandFailure =>
  new CommandFailure(
    {
      title: says('无法理解实例的应答', 'The answer of the instance is not understood'),
      cause: says('应答与本版本的接口约定不符。', 'It does not fit the contract of this version.'),
      cure: says('请使用与实例相同版本的命令行。', 'Use the command line of the same version as the instance.'),
      details: error.issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`),
    },
    { cause: error },
  );

/**
 * Calls an operation and takes whatever it answers. Throws a CommandFailure when nobody answers, or with something that does not
 * fit the schema.
 */
export const call = async <Schema extends z.ZodType>(
  connection: Connection,
  request: Request<Schema>,
  terminal: Terminal,
): Promise<Answer<z.output<Schema>>> => {
  const response = await answered(connection, request, terminal);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) return { ok: false, ...refusalOf(response.status, body) };
  const parsed = request.schema.safeParse(body);
  if (!parsed.success) throw notUnderstood(parsed.error);
  return { ok: true, body: parsed.data, location: response.headers.get('location') };
};

/** Calls an operation that has to succeed; throws the CommandFailure of a refusal. */
export const granted = async <Schema extends z.ZodType>(
  connection: Connection,
  request: Request<Schema>,
  terminal: Terminal,
): Promise<z.output<Schema>> => {
  const answer = await call(connection, request, terminal);
  if (!answer.ok) throw refusedWith(answer, connection.roles);
  return answer.body;
};
