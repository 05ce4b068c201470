/** Runs the tests of the store on each table engine: the two must agree. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { engineKinds } from '../../local/dynamodb/engine.ts';

const root = resolve(import.meta.dirname, '../..');

const runOn = (engine: string): Promise<boolean> => {
  console.log(`\nThe store on ${engine}`);
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'integration', 'tests/integration/store'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HEARTH_ENGINE: engine },
  });
  return new Promise((done) => child.once('exit', (code) => done(code === 0)));
};

let agree = true;
for (const engine of engineKinds) agree = (await runOn(engine)) && agree;
console.log(agree ? '\nBoth engines agree.' : '\nThe engines do not agree, or one of them could not be started.');
process.exitCode = agree ? 0 : 1;
