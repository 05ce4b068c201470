import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { problems, problemType } from '../../../contracts/problems.ts';

/** One request the instance has received. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly language: 'zh' | 'en';
  readonly client: string;
  readonly key: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
}
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export type Behaviour = (request: Received) => Reply;

export interface FakeInstance {
  readonly url: string;
  readonly tokenUrl: string;
  /** A data folder such as a running platform leaves. */
  readonly data: string;
  readonly received: Received[];
  /** Makes every token given so far one that has ended. */
  readonly endTokens: () => void;
  readonly stop: () => Promise<void>;
}

/** A problem as the API words it. */
export const problem = (
  code: keyof typeof problems,
  { language }: Pick<Received, 'language'>,
  more: Record<string, unknown> = {},
): Reply => {
  const { status, title, cause, cure } = problems[code];
  return {
    status,
    body: {
      type: problemType(code),
      title: title[language],
      status,
      detail: cause[language],
      cure: cure[language],
      instance: 'urn:hearth:request:test',
      ...more,
    },
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const clients = ['provincial', 'administrator', 'auditor'].map((role) => ({
  clientId: role,
  secret: `secret of ${role}`,
  claims: { role, division: '14' },
}));

/** An issuer and an API on one port that behaves as it is told, and a data folder by which it can be found. */
export const startFakeInstance = async (behaviour: Behaviour): Promise<FakeInstance> => {
  const received: Received[] = [];
  let generation = 0;

  const giveToken = (request: IncomingMessage): Reply => {
    const [, basic = ''] = /^Basic (.*)$/u.exec(request.headers.authorization ?? '') ?? [];
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent);
    const known = clients.some(({ clientId, secret: expected }) => clientId === id && secret === expected);
    return known
      ? { status: 200, body: { access_token: `${id}#${generation}`, token_type: 'Bearer' } }
      : { status: 401, body: { error: 'invalid_client' } };
  };

  const replyTo = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '', 'http://fake');
    const text = await textOf(request);
    if (url.pathname === '/token') return giveToken(request);
    const [client = '', issued] = (request.headers.authorization ?? '').replace(/^Bearer /u, '').split('#');
    // As the API gateway answers: without a body of ours.
    if (issued !== String(generation)) return { status: 401, body: { message: 'Unauthorized' } };
    const asked: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      language: request.headers['accept-language'] === 'zh' ? 'zh' : 'en',
      client,
      key: request.headers['idempotency-key'] as string | undefined,
      ifMatch: request.headers['if-match'],
      body: text === '' ? undefined : JSON.parse(text),
    };
    received.push(asked);
    return behaviour(asked);
  };

  const server = createServer((request, response) => {
    void replyTo(request).then(
      ({ status, body, headers = {} }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const data = mkdtempSync(join(tmpdir(), 'hearth-cli-'));
  const tokenUrl = `${url}/token`;
  writeFileSync(join(data, 'platform.json'), JSON.stringify({ pid: process.pid, apiUrl: url, tokenUrl, clients }));
  return {
    ...{ url, tokenUrl, data, received },
    endTokens: () => {
      generation += 1;
    },
    stop: async () => {
      rmSync(data, { recursive: true });
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
