import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { z } from 'zod';
import { buildFunctions } from './build.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';

const root = resolve(import.meta.dirname, '..');
/** Of this process alone: two syntheses at once must not write into each other's bundles. The assembly gets copies. */
const functionsFolder = join(root, 'dist', `functions-${process.pid}`);

const projectFile = z.looseObject({ context: z.record(z.string(), z.unknown()) });

/** The CDK toolkit hands the context over; run directly (`node infra/app.ts`), the app reads the same file itself. */
const context = (): Record<string, unknown> =>
  process.env['CDK_CONTEXT_JSON'] === undefined
    ? projectFile.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))).context
    : {};

try {
  const app = new App({
    analyticsReporting: false,
    context: context(),
    outdir: process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out'),
  });
  const configuration = readConfiguration(app.node.tryGetContext('hearth'));
  // esbuild works in a process of its own: meanwhile this one loads the construct libraries.
  const [{ definePlatform }] = await Promise.all([
    import('./platform.ts'),
    buildFunctions({ functionsRoot: join(root, 'functions'), outputFolder: functionsFolder }),
  ]);
  definePlatform(app, { configuration, functionsFolder });
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(functionsFolder, { recursive: true, force: true });
}
