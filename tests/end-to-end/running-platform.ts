import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { demoClients } from '../../synthetic/demo-clients.ts';

const root = resolve(import.meta.dirname, '../..');

/** Inside the known working-day calendar, on a Monday morning in China, after the dates of the examples. */
const begin = '2026-03-02T01:00:00.000Z';
const readyWithinMilliseconds = 40_000;
const quietWithinMilliseconds = 30_000;

export const clients = demoClients();

/** An application of examples/, parsed as far as tests change it. */
const Example = z.looseObject({
  registeredDivision: z.string(),
  residenceDivision: z.string(),
  members: z.array(z.looseObject({ ref: z.string(), residentId: z.string() })),
  papers: z.array(z.looseObject({ kind: z.string() })),
  property: z.looseObject({}),
});
export type Example = z.infer<typeof Example>;
export const example = (name: string): Example =>
  Example.parse(JSON.parse(readFileSync(join(root, 'examples/applications', `${name}.json`), 'utf8')));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON; null when it is none. */
  readonly body: unknown;
}

export interface Ask {
  /** A client of the development issuer; nobody for a request without a token. */
  readonly as?: string;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON; a string is sent as it stands. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every item of every table, by its table and key. */
export type Tables = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export interface RunningPlatform {
  readonly ask: (ask: Ask) => Promise<Answer>;
  /** Waits until nothing is under way but what waits for people. */
  readonly settle: () => Promise<void>;
  readonly advanceDays: (days: number) => Promise<void>;
  /** What is recorded in both tables, without what follows by itself: the count of requests, and the chain of the audit. */
  readonly tables: () => Promise<Tables>;
  /** What the control server answers at a path. */
  readonly control: (path: string) => Promise<unknown>;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** The platform's folder: what is left of it when its process is killed. */
export interface PlatformFolder {
  /** Its data folder, by which the command line finds it. */
  readonly data: string;
  readonly start: () => Promise<RunningPlatform>;
  /** Stops what still runs and removes the folder. */
  readonly remove: () => Promise<void>;
}

const Health = z.looseObject({ apiUrl: z.url(), issuerUrl: z.url(), dynamodbUrl: z.url() });
const Token = z.looseObject({ access_token: z.string() });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const untilReady = (child: ChildProcess): Promise<string> =>
  new Promise((ready, failed) => {
    let output = '';
    const late = setTimeout(() => failed(new Error(`not ready in time: ${output}`)), readyWithinMilliseconds);
    const listen = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const control = /Control\s+(http\S+)/u.exec(output)?.[1];
      if (control === undefined || !output.includes('Ready.')) return;
      clearTimeout(late);
      ready(control);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => {
      clearTimeout(late);
      failed(new Error(`the platform stopped while it was starting: ${output}`));
    });
  });

const scanAll = async (endpoint: string): Promise<Tables> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const found = new Map<string, Record<string, unknown>>();
    for (const table of TableNames)
      for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
        for (const item of page.Items ?? []) {
          const plain = unmarshall(item);
          found.set(`${table} ${plain['pk']} ${plain['sk']}`, plain);
        }
    return found;
  } finally {
    client.destroy();
  }
};

const recordsIn = (tables: Tables): Tables =>
  new Map([...tables].filter(([, { pk }]) => !/^(?:RATE|CHAIN|ENTERED)/u.test(String(pk))));

/** Asks the issuer once per client; `forget` when time has passed, for tokens end with the virtual hour. */
const tokensOf = (issuerUrl: string): { of: (client: string) => Promise<string>; forget: () => void } => {
  const tokens = new Map<string, Promise<string>>();
  const fetchToken = async (clientId: string): Promise<string> => {
    const client_secret = clients.find((client) => client.clientId === clientId)?.secret ?? '';
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret });
    return Token.parse(await (await fetch(`${issuerUrl}/token`, { method: 'POST', body })).json()).access_token;
  };
  return {
    of: (clientId) => {
      const token = tokens.get(clientId) ?? fetchToken(clientId);
      tokens.set(clientId, token);
      return token;
    },
    forget: () => tokens.clear(),
  };
};

const send = async (apiUrl: string, token: string | undefined, ask: Ask): Promise<Answer> => {
  const { method = 'GET', path, body, headers = {} } = ask;
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
};

const startIn = async (folder: string, more: readonly string[]): Promise<RunningPlatform> => {
  const given = ['--assembly', join(folder, 'assembly'), '--data', join(folder, 'data'), '--port', '0'];
  const child = spawn(
    process.execPath,
    ['local/main.ts', 'start', ...given, '--clients', join(folder, 'clients.json'), ...more],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  try {
    const controlUrl = await untilReady(child);
    const control = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const answer = await fetch(`${controlUrl}${path}`, init);
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    };
    const { apiUrl, issuerUrl, dynamodbUrl } = Health.parse(await control('/health'));
    const tokens = tokensOf(issuerUrl);
    return {
      ask: async (ask) => send(apiUrl, ask.as === undefined ? undefined : await tokens.of(ask.as), ask),
      settle: async () => void (await control(`/idle?timeout=${quietWithinMilliseconds}`)),
      advanceDays: async (days) => {
        await control('/clock/advance', { method: 'POST', body: JSON.stringify({ seconds: days * 86_400 }) });
        tokens.forget();
      },
      tables: async () => recordsIn(await scanAll(dynamodbUrl)),
      control: (path) => control(path),
      kill,
    };
  } catch (error) {
    await kill('SIGKILL');
    throw error;
  }
};

/** Synthesizes the platform into a folder of its own, from which it can be started again and again. */
export const synthesizedPlatform = (): PlatformFolder => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-end-to-end-'));
  const synthesis = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: join(folder, 'assembly') },
    encoding: 'utf8',
  });
  if (synthesis.status !== 0) throw new Error(`synthesis failed:\n${synthesis.stdout}${synthesis.stderr}`);
  writeFileSync(join(folder, 'clients.json'), JSON.stringify(clients));
  const started: RunningPlatform[] = [];
  return {
    data: join(folder, 'data'),
    start: async () => {
      // Time goes on from where it was, so only the first start says when it is.
      const running = await startIn(folder, started.length === 0 ? ['--clock', begin] : []);
      started.push(running);
      return running;
    },
    remove: async () => {
      await Promise.all(started.map(({ kill }) => kill('SIGTERM')));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
