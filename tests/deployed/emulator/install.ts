import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requirements = join(import.meta.dirname, 'requirements.txt');
const cache = resolve(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'hearth-emulator');

/**
 * Installs the emulator into a virtual environment of its own, kept in the cache while its requirements stay the same.
 * @returns the path of the environment's Python.
 * @throws Error saying what the machine lacks.
 */
export const installEmulator = async (): Promise<string> => {
  const python = join(cache, 'bin', 'python');
  const installed = join(cache, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === wanted) return python;
  await rm(cache, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', cache]);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      requirements,
    ]);
  } catch (error) {
    await rm(cache, { recursive: true, force: true });
    throw new Error(
      'The emulator could not be installed: Python 3.10 or newer with its venv module (Debian: python3-venv) and a package index are needed',
      { cause: error },
    );
  }
  await writeFile(installed, wanted);
  return python;
};
