import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { functionNames, identityFunctions } from '../contracts/environment.ts';

/** Every function of the platform, in the order of contracts/environment.ts. */
export const allFunctions: readonly string[] = [...Object.values(functionNames).flat(), ...identityFunctions];

/** CommonJS dependencies inside an ESM bundle call `require` for Node's own modules; without this they fail when first used. */
const requireBanner =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

export type BuildOptions = {
  /** Folder with one folder per function, each with a handler.ts. */
  readonly functionsRoot: string;
  /** Where to write; emptied first. One folder per function, with index.mjs and its source map. */
  readonly outputFolder: string;
};

/**
 * Bundles every function for Node 24 in one run of esbuild, everything included (the SDK too: what was tested is what runs).
 * @throws Error that lists every function without a handler.ts; esbuild's own error when the code cannot be bundled.
 */
export const buildFunctions = async ({ functionsRoot, outputFolder }: BuildOptions): Promise<void> => {
  const handlers = allFunctions.map((name) => ({ name, path: resolve(functionsRoot, name, 'handler.ts') }));
  const missing = handlers.filter(({ path }) => !existsSync(path));
  if (missing.length > 0) {
    throw new Error(
      `contracts/environment.ts names functions that have no handler: ${missing.map(({ name }) => join(functionsRoot, name, 'handler.ts')).join(', ')}`,
    );
  }
  await rm(outputFolder, { recursive: true, force: true });
  await build({
    entryPoints: handlers.map(({ name, path }) => ({ in: path, out: join(name, 'index') })),
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: requireBanner },
    logLevel: 'warning',
  });
};

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  await buildFunctions({ functionsRoot: join(root, 'functions'), outputFolder: join(root, 'dist', 'functions') });
}
