import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

const root = resolve(import.meta.dirname, '../..');
const readyWithinMs = 120_000;

/** A platform that was started for a drill, in a process of its own. */
export interface DrillInstance {
  readonly controlUrl: string;
  readonly stop: () => Promise<void>;
}

const failed = (zh: string, en: string): CommandFailure =>
  new CommandFailure({
    title: says('无法启动演练实例', 'The instance of the drill cannot be started'),
    cause: says(zh, en),
    cure: says('请先用 npm start 试一次，再重复演练。', 'Try npm start once, and repeat the drill.'),
  });

const ended = (command: readonly string[], environment: NodeJS.ProcessEnv): Promise<number | null> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [...command], { cwd: root, env: environment, stdio: 'ignore' });
    child.once('error', fail);
    child.once('exit', done);
  });

/** The template the keys' own instance runs on, or a new synthesis of the same sources. */
const assemblyFor = async (keysOf: string, folder: string): Promise<string> => {
  const made = existsSync(keysOf)
    ? readdirSync(keysOf).find((entry) => /^assembly-[0-9a-f]{16}$/u.test(entry))
    : undefined;
  if (made !== undefined) return join(keysOf, made);
  const assembly = join(folder, 'assembly');
  if (existsSync(join(assembly, 'manifest.json'))) return assembly;
  const code = await ended(['infra/app.ts'], { ...process.env, CDK_OUTDIR: assembly });
  if (code !== 0) throw failed('合成云模板失败。', 'The app could not be synthesized.');
  return assembly;
};

/** Files in which an instance keeps what opens its records. On AWS they are in Secrets Manager and KMS, and outlive the tables. */
const isKeyFile = (name: string): boolean => /^(?:secrets|kms|keys)[\w.-]*\.json$/u.test(name);

const copyKeys = (from: string, to: string): void => {
  const files = existsSync(from) ? readdirSync(from).filter(isKeyFile) : [];
  if (files.length === 0)
    throw new CommandFailure({
      title: says('找不到密钥', 'The keys were not found'),
      cause: says(
        `${from} 中没有密钥文件，信封无法打开。`,
        `${from} holds no keys, so that no envelope could be opened.`,
      ),
      cure: says(
        '请用 --keys-of 指明原实例的数据目录。',
        'Name the data folder of the exported instance with --keys-of.',
      ),
    });
  for (const file of files) if (!existsSync(join(to, file))) copyFileSync(join(from, file), join(to, file));
};

const client = (clientId: string, role: string) => ({
  clientId,
  secret: randomUUID(),
  claims: { role, division: '14' },
});

/**
 * Starts a platform on a data folder that is new, or was begun by an earlier drill, under the keys of another; its clock goes on from the
 * moment of the export.
 */
export const startDrillInstance = async (
  { folder, keysOf, clock, isNew }: { folder: string; keysOf: string; clock: string; isNew: boolean },
  progress: (text: string) => void,
): Promise<DrillInstance> => {
  copyKeys(keysOf, folder);
  progress('synthesizing');
  const assembly = await assemblyFor(keysOf, folder);
  const clients = join(folder, 'clients.json');
  writeFileSync(clients, JSON.stringify([client('drill-auditor', 'auditor')]), { mode: 0o600 });
  const options = ['--assembly', assembly, '--data', folder, '--port', '0', '--clients', clients];
  const child = spawn(process.execPath, ['local/main.ts', 'start', ...options, ...(isNew ? ['--clock', clock] : [])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  try {
    const controlUrl = await new Promise<string>((ready, fail) => {
      let said = '';
      const late = setTimeout(() => fail(failed('启动超时。', 'It was not ready in time.')), readyWithinMs);
      const listen = (chunk: Buffer): void => {
        said += chunk.toString('utf8');
        const control = /Control\s+(http\S+)/u.exec(said)?.[1];
        if (control === undefined || !said.includes('Ready.')) return;
        clearTimeout(late);
        ready(control);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('exit', () => {
        clearTimeout(late);
        fail(failed(said.trim(), said.trim()));
      });
    });
    return { controlUrl, stop };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
};
