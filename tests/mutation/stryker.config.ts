import type { Stryker } from '@stryker-mutator/core';

type Options = ConstructorParameters<typeof Stryker>[0];

/** What `npm run test:mutation` changes one at a time, and what a run of the tests must then notice. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['domain/eligibility/**/*.ts'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // Mutants of what is computed when a module is loaded (words, kinds of tests, slots) are counted, though each needs a fresh start.
  ignoreStatic: false,
  concurrency: 2,
  // Generous: on a machine with other work a slow run must not pass for a killed mutant.
  timeoutMS: 20_000,
  timeoutFactor: 5,
  thresholds: { high: 95, low: 92, break: 90 },
  inPlace: false,
  ignorePatterns: ['.ci', '.hearth', 'cdk.out', 'coverage', 'dist', 'infra', 'local', 'reports', 'state-machines'],
  // TypeScript 7 has no programming interface with which Stryker could rewrite a tsconfig; vitest needs none.
  tsconfigFile: 'none',
  tempDirName: '.hearth/mutation',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: '.hearth/mutation.json' },
  allowEmpty: false,
} satisfies Options;
