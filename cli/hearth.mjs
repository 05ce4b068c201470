#!/usr/bin/env node
/**
 * Starts the command line with the Node that the packages bring. Under `npx` that is the one found first in the path already;
 * started by hand with an older one, which cannot run TypeScript, it hands over.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';

const firstThatRunsTypeScript = 24;
const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

const handOver = () => {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const child = spawn(node, [join(root, 'cli', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both: the child decides what it means, and this process only waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', () => {
    process.stderr.write(
      `Hearth needs Node ${firstThatRunsTypeScript}, which its packages bring. Run \`npm ci\` in ${root} first.\n`,
    );
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
};

if (Number(process.versions.node.split('.')[0]) >= firstThatRunsTypeScript) await import('./main.ts');
else handOver();
