import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

export type Who = { readonly role: string; readonly division: string; readonly subject: string };

export type Call = {
  readonly as?: Who;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly etag: string | null;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One request to the deployed API; a POST carries a fresh idempotency key unless it brings its own. */
export const call = async (world: World, { as, method = 'GET', path, body, headers = {} }: Call): Promise<Answer> => {
  const token = as === undefined ? undefined : await world.tokenFor(as.role, as.division, as.subject);
  const response = await fetch(`${world.apiUrl}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: parse(text), etag: response.headers.get('etag') };
};

/** The workflow writes a record, too, and may be faster than whoever has just read it; then the record is read again. */
const mostReadings = 5;

/** Reads what is to be changed, and sends the change with the version it was based on. */
export const change = async (world: World, as: Who, record: string, action: string, body: unknown): Promise<Answer> => {
  for (let reading = 1; ; reading += 1) {
    const { etag } = await call(world, { as, path: record });
    const headers = etag === null ? {} : { 'if-match': etag };
    const answer = await call(world, { as, method: 'POST', path: `${record}/${action}`, headers, body });
    if (answer.status !== 412 || reading === mostReadings) return answer;
  }
};
