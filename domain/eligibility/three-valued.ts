/** What is known of a condition: it holds, it does not, or nobody can say yet. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/**
 * The verdict of several tests that must all hold, one more of them taken in: one failure decides whatever is unknown beside it. A
 * test that does not apply says nothing.
 */
export const and = (verdict: Verdict, result: Verdict | 'not-applicable'): Verdict => {
  if (verdict === 'fail' || result === 'fail') return 'fail';
  return result === 'unknown' ? 'unknown' : verdict;
};
