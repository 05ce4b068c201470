import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
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

/** The files of a function, by their paths: its own, whatever it loads at its start or later, and their source maps. */
const filesOf = (entry: string, outputs: Metafile['outputs']): readonly string[] => {
  const importsOf = new Map(Object.entries(outputs).map(([path, { imports }]) => [resolve(path), imports]));
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, external } of importsOf.get(file) ?? []) if (external !== true) add(resolve(path));
  };
  add(entry);
  return [...files].flatMap((file) => [file, `${file}.map`]);
};

/**
 * Bundles every function for Node 24 in one run of esbuild, everything included (the SDK too: what was tested is what runs). What
 * functions have in common is made once, eight times as fast as once for each of them, and every function that loads it gets a copy.
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
  const built = resolve(outputFolder);
  const { metafile, outputFiles } = await build({
    entryPoints: handlers.map(({ name, path }) => ({ in: path, out: name })),
    outdir: built,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared/[name]-[hash]',
    splitting: true,
    metafile: true,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: requireBanner },
    logLevel: 'warning',
  });
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  await rm(built, { recursive: true, force: true });
  for (const { name } of handlers) {
    const entry = join(built, `${name}.mjs`);
    for (const file of filesOf(entry, metafile.outputs)) {
      const target = join(built, name, file === entry ? 'index.mjs' : relative(built, file));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents.get(file) ?? '');
    }
  }
};

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  await buildFunctions({ functionsRoot: join(root, 'functions'), outputFolder: join(root, 'dist', 'functions') });
}
