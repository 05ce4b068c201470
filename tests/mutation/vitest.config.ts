import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const seconds = 1_000;

/** A mutant dies at the first test that fails, so the files are asked from the quickest to the slowest. */
const order = ['sentences', 'trace', 'rules', 'cases'];
const place = ({ moduleId }: TestSpecification): number =>
  order.findIndex((name) => moduleId.endsWith(`/tests/mutation/${name}.test.ts`));
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

/** The tests by which the mutants of domain/eligibility are killed: quick ones, each of one household that it names. */
export default defineConfig({
  test: {
    name: 'mutation',
    include: ['tests/mutation/*.test.ts'],
    expect: { requireAssertions: true },
    // Else a failure in the first file would not spare the loading of the others.
    isolate: true,
    fileParallelism: false,
    sequence: { sequencer: QuickestFirst },
    testTimeout: 30 * seconds,
    hookTimeout: 30 * seconds,
  },
});
