import type { Removable } from '../support/source-copies.ts';

/** One thing that keeps records right, how to take it out of the source, and the tests that must turn red without it. */
export interface Guard extends Removable {
  readonly tests: readonly string[];
}

/** A guard that keeps each division to itself. */
export const scope = (
  what: string,
  file: string,
  written: string,
  without: string,
  tests: readonly string[],
): Guard => ({
  name: `division scope: ${what}`,
  file,
  written,
  without,
  tests,
});

export const useCase = (name: string): string => `tests/integration/use-cases/${name}.test.ts`;
export const unit = (name: string): string => `tests/unit/${name}.test.ts`;
