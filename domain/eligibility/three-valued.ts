import type { TestLine } from './evaluation.ts';

/** What is known of a condition: it holds, it does not, or nobody can say yet. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/** Whether all hold: one failure decides whatever is unknown beside it. A test that does not apply says nothing. */
export const allOf = (results: readonly TestLine['result'][]): Verdict => {
  if (results.includes('fail')) return 'fail';
  return results.includes('unknown') ? 'unknown' : 'pass';
};

/** Whether every line of a tier holds. */
export const allPass = (lines: readonly TestLine[]): Verdict => allOf(lines.map(({ result }) => result));
