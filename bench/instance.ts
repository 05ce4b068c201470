import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { demoClients } from '../synthetic/demo-clients.ts';

/** A throw-away instance in a process of its own, so that the load is made beside it and not inside it. */
export interface Instance {
  readonly apiUrl: string;
  readonly controlUrl: string;
  readonly token: (clientId: string) => Promise<string>;
  readonly settle: () => Promise<void>;
  readonly advanceDays: (days: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const root = new URL('..', import.meta.url).pathname;
/** Inside the known working-day calendar, on a Monday morning in China. */
const begin = '2026-03-02T01:00:00.000Z';
const readyWithinMilliseconds = 60_000;
const settledWithinMilliseconds = 120_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const synthesize = (folder: string): void => {
  const run = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: folder },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`synthesis failed:\n${run.stdout}${run.stderr}`);
};

const untilReady = async (controlUrl: string, child: ChildProcess): Promise<void> => {
  const end = Date.now() + readyWithinMilliseconds;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error('the instance stopped while it was starting');
    const ready = await fetch(`${controlUrl}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the instance was not ready within ${readyWithinMilliseconds / 1_000} s`);
};

const TokenAnswer = z.object({ access_token: z.string() });

/** Synthesizes, starts, and answers when it is ready. `more` are options of `local/main.ts`. */
export const startInstance = async (more: readonly string[] = []): Promise<Instance> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  synthesize(join(folder, 'assembly'));
  const clients = demoClients();
  writeFileSync(join(folder, 'clients.json'), JSON.stringify(clients));
  const [port, controlPort, issuerPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const child = spawn(
    process.execPath,
    [
      ...['local/main.ts', 'start', '--assembly', join(folder, 'assembly'), '--data', join(folder, 'data')],
      ...['--clients', join(folder, 'clients.json'), '--clock', begin],
      ...['--port', String(port), '--control-port', String(controlPort), '--issuer-port', String(issuerPort)],
      ...more,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(controlUrl, child);
  } catch (error) {
    await stop();
    throw error;
  }
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${controlUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    controlUrl,
    token: async (clientId) => {
      const answer = await fetch(`http://127.0.0.1:${issuerPort}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clients.find((client) => client.clientId === clientId)?.secret ?? '',
        }),
      });
      return TokenAnswer.parse(await answer.json()).access_token;
    },
    settle: async () => {
      const answer = await fetch(`${controlUrl}/idle?timeout=${settledWithinMilliseconds}`);
      if (!answer.ok) throw new Error(`the instance did not come to rest: ${await answer.text()}`);
    },
    advanceDays: (days) => post('/clock/advance', { seconds: days * 86_400 }),
    stop,
  };
};
