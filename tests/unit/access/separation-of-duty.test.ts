import { describe, expect, test } from 'vitest';
import { conflictOfDuty, duties, incompatibleDuties } from '../../../domain/access/separation-of-duty.ts';

const someone = 'li-investigator';
const everyPair = duties.flatMap((done) => duties.map((next) => ({ done, next })));
const isListed = ({ done, next }: (typeof everyPair)[number]): boolean =>
  incompatibleDuties.some((pair) => pair.done === done && pair.next === next);

describe('two duties on one case', () => {
  test.each(everyPair.filter(isListed))('$done, then $next: not by the same subject', ({ done, next }) => {
    const conflict = conflictOfDuty(next, someone, [
      { duty: done, subject: 'another' },
      { duty: done, subject: someone },
    ]);
    expect(conflict).toMatchObject({ done, next });
  });

  test.each(everyPair.filter(isListed))('$done, then $next: by two subjects', ({ done, next }) => {
    expect(conflictOfDuty(next, someone, [{ duty: done, subject: 'another' }])).toBeUndefined();
  });

  test.each(everyPair.filter((pair) => !isListed(pair)))('$done, then $next: nothing stands against it', (pair) => {
    expect(conflictOfDuty(pair.next, someone, [{ duty: pair.done, subject: someone }])).toBeUndefined();
  });

  test('are these', () => {
    expect(incompatibleDuties.map(({ done, next, problem }) => [done, next, problem])).toEqual([
      ['assess', 'confirm', 'four-eyes'],
      ['hand-in', 'confirm', 'four-eyes'],
      ['draft-policy', 'activate-policy', 'policy-four-eyes'],
      ['report-outcome', 'verify-outcome', 'referral-four-eyes'],
      ['hand-in', 'examine-grievance', 'grievance-four-eyes'],
      ['assess', 'examine-grievance', 'grievance-four-eyes'],
      ['confirm', 'examine-grievance', 'grievance-four-eyes'],
      ['perform-task', 'examine-grievance', 'grievance-four-eyes'],
      ['prepare-payments', 'release-payments', 'payment-four-eyes'],
    ]);
  });
});
