import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { StartFailure } from '../local/start-failure.ts';

const root = resolve(import.meta.dirname, '..');

/** Everything the templates and the bundles are made from. The lock file stands for the packages. */
const inputs = [
  'adapters',
  'contracts',
  'domain',
  'functions',
  'infra',
  'policies',
  'state-machines',
  'cdk.json',
  'package.json',
  'package-lock.json',
] as const;

/** How the names of assemblies in a data folder begin, finished or not. */
export const assemblyPrefix = 'assembly-';
const unfinished = '.part';

const filesOf = (path: string): readonly string[] => {
  if (/\.\w+$/u.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
};

/** Hash of every input, by path and content: equal hashes give equal templates and bundles. */
const hashOfInputs = (): string => {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
};

/** Runs the CDK app as `cdk synth` does, in a process of its own, which takes the memory it needs with it when it ends. */
const synthesize = async (folder: string, stopped: AbortSignal): Promise<void> => {
  const { CDK_CONTEXT_JSON: _context, ...environment } = process.env;
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: root,
    // What CDK looks for in finished templates changes nothing in them, takes as long as making them, and is done by `npm run synth`.
    env: { ...environment, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stopped,
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void output.push(chunk));
  const status = await new Promise<string | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done(code === 0 ? null : String(code ?? signal)));
  });
  if (status === null) return;
  const said = Buffer.concat(output).toString('utf8').trim();
  throw new StartFailure(
    `The CDK app could not be synthesized (${status}).${said === '' ? '' : `\n${said}\n`}`,
    'Mend what it says, and start again.',
  );
};

/** A cloud assembly for the sources as they are now. */
export interface Assembly {
  readonly folder: string;
  /** True when an earlier synthesis of the same sources was taken. */
  readonly reused: boolean;
  /** Removes the assemblies of earlier sources. Only for who holds the data folder: another platform may be running on them. */
  readonly removeOthers: () => void;
}

/**
 * The synthesized CDK app in a data folder: the one that is there, or a new one if any source has changed since. It gets its
 * name when it is complete, so that a synthesis which was cut off is never taken for one. Throws a StartFailure with what the
 * app said when it cannot be synthesized. `stopped` breaks a synthesis off.
 */
export const assemblyIn = async (dataFolder: string, stopped: AbortSignal): Promise<Assembly> => {
  const name = `${assemblyPrefix}${hashOfInputs()}`;
  const folder = resolve(dataFolder, name);
  const reused = existsSync(folder);
  if (!reused) {
    const part = `${folder}${unfinished}`;
    rmSync(part, { recursive: true, force: true });
    await synthesize(part, stopped);
    renameSync(part, folder);
  }
  const removeOthers = (): void => {
    const others = readdirSync(dataFolder).filter((entry) => entry.startsWith(assemblyPrefix) && entry !== name);
    for (const other of others) rmSync(join(dataFolder, other), { recursive: true, force: true });
  };
  return { folder, reused, removeOthers };
};
