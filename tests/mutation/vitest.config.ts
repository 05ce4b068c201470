import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const seconds = 1_000;

/** The files in the order in which they are asked: a mutant dies at the first failure, so those go first that load no pack, then the sharpest. */
const first = ['words', 'findings', 'evidence', 'counterfactual', 'reasons', 'trace'].map((name) => `${name}.test.ts`);
const last = ['cases.test.ts'];
const place = ({ moduleId }: TestSpecification): number => {
  const name = moduleId.slice(moduleId.lastIndexOf('/') + 1);
  if (last.includes(name)) return first.length + 1;
  return first.includes(name) ? first.indexOf(name) : first.length;
};
class SharpestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => place(one) - place(other) || one.moduleId.localeCompare(other.moduleId));
  }
}

/**
 * The tests by which the mutants of domain/eligibility are killed: quick ones, each of one household it names. Those that try
 * households by chance are left out, for they are slow and would make the score a matter of luck; with them it is higher, never lower.
 */
export default defineConfig({
  test: {
    name: 'mutation',
    include: ['tests/unit/domain/eligibility/**/*.test.ts', 'tests/mutation/**/*.test.ts'],
    exclude: ['tests/unit/domain/eligibility/properties.test.ts'],
    expect: { requireAssertions: true },
    // One start for all files: most of a mutant's time is the loading of the pack.
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: SharpestFirst },
    testTimeout: 30 * seconds,
    hookTimeout: 30 * seconds,
  },
});
