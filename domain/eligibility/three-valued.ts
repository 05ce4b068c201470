/** What is known of a condition: it holds, it does not, or nobody can say yet. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/** Whether all hold: one failure decides whatever is unknown beside it. A test that does not apply says nothing. */
export const allPass = (found: readonly { readonly result: Verdict | 'not-applicable' }[]): Verdict => {
  let verdict: Verdict = 'pass';
  for (const { result } of found) {
    if (result === 'fail') return 'fail';
    if (result === 'unknown') verdict = 'unknown';
  }
  return verdict;
};
