import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployPlatform } from './deployment.ts';
import { installEmulator } from './emulator/install.ts';
import { type Emulator, startEmulator } from './emulator/server.ts';
import { emulatorGaps } from './emulator-gaps.ts';
import { startIssuer } from './issuer.ts';
import { scenarios } from './scenarios.ts';
import { type DeployedWorld, openWorld } from './world.ts';

/**
 * `npm run test:deployed`: installs the AWS emulator, deploys the unchanged CDK app to it, drives the acceptance scenarios over
 * its HTTP endpoint, and says where the emulator falls short. Exit code 0 only if every scenario passed.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const timed = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
  const started = performance.now();
  const result = await work();
  say(`  ${what} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
};

const runScenarios = async (world: DeployedWorld, emulator: Emulator): Promise<number> => {
  let failures = 0;
  for (const { name, run } of scenarios) {
    try {
      await timed(`passed: ${name}`, () => run(world));
    } catch (error) {
      failures += 1;
      say(`  FAILED: ${name}\n${error instanceof Error ? error.stack : String(error)}`);
      const errors = await emulator.functionErrors();
      say(`  Errors of the functions so far:\n${errors.slice(-5).join('\n') || '  none'}`);
    }
  }
  return failures;
};

const testDeployment = async (folder: string): Promise<number> => {
  say('Hearth on an emulated AWS');
  const python = await timed('the emulator is installed', installEmulator);
  const emulator = await timed('the emulator runs, with IAM enforced', () => startEmulator(python, folder));
  const issuer = await startIssuer(emulator.clock.now);
  try {
    const url = await timed('cdk bootstrap and cdk deploy --all', () =>
      deployPlatform({ emulator, issuerUrl: issuer.url, folder }),
    );
    const world = await openWorld(emulator, issuer, url);
    const failures = await runScenarios(world, emulator);
    await world.close();
    return failures;
  } finally {
    await issuer.close();
    await emulator.stop();
  }
};

// Interrupted, it still stops what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const folder = await mkdtemp(join(tmpdir(), 'hearth-deployed-'));
try {
  const failures = await testDeployment(folder);
  say(`\nWhere the emulator differs from AWS (${emulatorGaps.length}):`);
  for (const { gap, affects, instead } of emulatorGaps)
    say(`  - ${gap}.\n    Affects: ${affects}.\n    Instead: ${instead}.`);
  say(
    failures === 0
      ? `\nAll ${scenarios.length} scenarios passed.`
      : `\n${failures} of ${scenarios.length} scenarios failed.`,
  );
  process.exitCode = failures === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
