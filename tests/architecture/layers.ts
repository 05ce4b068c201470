/**
 * Who may import whom: section 2 of the design as data. A layer is a top-level folder; what it does not name, it may not import.
 * `imports` are folders, or single files where the arrow is that narrow. `packages` lists the packages allowed when they are few;
 * without it any declared dependency will do.
 */
export interface Layer {
  imports: readonly string[];
  packages?: readonly string[];
  /** Knows neither the clock, nor chance, nor the environment, nor Node: `now` and `newId` are passed in. */
  pure?: true;
  /** Is given its settings: each function reads its environment once, in its wiring. */
  configured?: true;
}

export const layers: Readonly<Record<string, Layer>> = {
  domain: { imports: ['domain'], packages: ['zod', '@marcbachmann/cel-js'], pure: true, configured: true },
  policies: {
    imports: ['policies', 'domain'],
    packages: ['zod', '@marcbachmann/cel-js'],
    pure: true,
    configured: true,
  },
  contracts: { imports: ['contracts', 'domain'], pure: true, configured: true },
  adapters: { imports: ['adapters', 'domain', 'contracts'], configured: true },
  functions: { imports: ['functions', 'domain', 'contracts', 'policies'], configured: true },
  infra: {
    imports: [
      'infra',
      'contracts/environment.ts',
      'contracts/api/routes.ts',
      'contracts/metrics.ts',
      'domain/access/rate-limits.ts',
    ],
  },
  local: { imports: ['local', 'contracts'] },
  console: { imports: ['console', 'contracts'] },
  // A department's file is judged on one's own machine by the code that judges it after the upload.
  // Nor is a province made up on the way to the tables of an instance: the command line writes it into files.
  cli: { imports: ['cli', 'contracts', 'domain', 'policies', 'adapters/feeds', 'synthetic/province'] },
  // What is made up lies in the files of an export, which the command line reads and writes.
  synthetic: {
    imports: [
      ...['synthetic', 'local', 'domain', 'policies', 'contracts', 'adapters'],
      ...['cli/export', 'cli/failure.ts'],
    ],
  },
  examples: { imports: ['examples', 'contracts'] },
  demo: { imports: ['demo', 'examples', 'synthetic', 'local', 'contracts', 'domain', 'policies'] },
  bench: {
    imports: [
      ...['bench', 'demo', 'examples', 'synthetic', 'local', 'adapters', 'contracts', 'domain', 'policies'],
      ...['functions', 'cli/export/write-export.ts'],
    ],
  },
  tests: { imports: [''] },
};

/** Wiring is the one place that joins the use cases to AWS, and the one that reads the environment. Nobody imports it. */
const wiring: Layer = { imports: ['functions', 'domain', 'contracts', 'policies', 'adapters'] };

/** Writes a snapshot into the policies from its public source; run by hand when that changes. Nobody imports it. */
const generator: Layer = { imports: ['policies', 'domain'] };

/** Reads the YAML files of a pack. A function loads the JSON made from them instead, so it needs neither files nor YAML. */
const reading: Layer = { imports: ['policies', 'domain'], packages: ['zod', 'yaml'] };

export const isHandler = (path: string): boolean => /^functions\/[^/]+\/handler\.ts$/u.test(path);
/**
 * The rest of the wiring: the operations of an API function, declared over the HTTP edge; what every handler is given; and the API
 * document made from the operations.
 */
const isOtherWiring = (path: string): boolean =>
  /^functions\/(?:[^/]+\/operations|runtime-dependencies|(?:write-)?api-document)\.ts$/u.test(path);
const isGenerator = (path: string): boolean => /^policies\/[^/]+\/generate\.ts$/u.test(path);
export const isReading = (path: string): boolean => path.startsWith('policies/reading/');
/** Who may read a pack from its YAML files. */
export const mayReadFiles = (path: string): boolean =>
  isReading(path) || isGenerator(path) || ['cli', 'tests', 'bench'].includes(folderOf(path));

/** What is started and never imported, so that nothing depends on what it alone may see. */
export const isEntry = (path: string): boolean => isHandler(path) || isGenerator(path);

/** The top-level folder, or nothing for a file beside them. */
export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

export const layerOf = (path: string): Layer | undefined => {
  if (isHandler(path) || isOtherWiring(path)) return wiring;
  if (isReading(path)) return reading;
  return isGenerator(path) ? generator : layers[folderOf(path)];
};

/** Names that say nothing about what is inside. */
export const emptyNames = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'manager',
  'managers',
  'service',
  'services',
  'misc',
];

export const lineBudget = (path: string): number => (isHandler(path) ? 60 : 350);
