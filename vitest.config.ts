import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const seconds = 1_000;

/** Without a network, an engine or a clock: many at once. */
const quick = (name: string, timeout = 15 * seconds): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
    sequence: { groupOrder: 0 },
  },
});

/** With real processes and tables: after the quick ones, so that nothing else competes for the two cores. */
const real = (name: string, groupOrder: number, timeout: number, filesAtOnce = 1): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    fileParallelism: filesAtOnce > 1,
    maxWorkers: filesAtOnce,
    testTimeout: timeout,
    hookTimeout: timeout,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 20 * seconds,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      quick('unit'),
      quick('policies'),
      quick('state-machines', 60 * seconds),
      quick('architecture'),
      quick('infra', 90 * seconds),
      // Each file has tables of its own, and while one waits for its engine another goes on.
      real('integration', 1, 120 * seconds, 2),
      real('end-to-end', 2, 240 * seconds),
      real('deployed', 3, 900 * seconds),
      real('attack', 4, 240 * seconds),
    ],
  },
});
