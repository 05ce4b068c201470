import type { Moments } from './case.ts';
import { servedBy } from './count-referrals.ts';
import type { Findings } from './findings.ts';
import { judgeTask } from './judge-work.ts';
import { groupsBy, type Ledger, type Row, text } from './ledger.ts';

/** The tasks that the daily scan opens; nobody waits for one with a token. */
export const missedNeedSorts =
  "'entitled-not-delivered', 'referral-unanswered', 'left-still-in-hardship', 'undecided-in-hardship', 'possible-double-registration', 'periodic-review'";

const isWaiting = (task: Row): boolean => ['open', 'escalated'].includes(text(task, 'state'));

/** I4: a month of a household is asked about once, ever; a referral by one person at a time, and so are a household, a review and two records of one person. */
const judgeOnce = (about: string, tasks: readonly Row[], findings: Findings): void => {
  const isOneAtATime = [
    'referral-unanswered',
    'undecided-in-hardship',
    'possible-double-registration',
    'periodic-review',
  ].includes(text(tasks[0] ?? {}, 'sort'));
  const counted = isOneAtATime ? tasks.filter(isWaiting) : tasks;
  if (counted.length > 1) findings.violation('I4', about, `the daily scan has opened ${counted.length} tasks for it`);
};

/** I1, I3, I4 and I9 of what the daily scan has found. */
export const countMissedNeeds = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT about, id, state, division, sort, due, escalated, wpk, wsk FROM record
       WHERE kind = 'task' AND sort IN (${missedNeedSorts}) ORDER BY about`,
  );
  for (const [about, tasks] of groupsBy(rows, 'about')) {
    findings.count('I4', 'lines of the daily scan');
    judgeOnce(about, tasks, findings);
    for (const task of tasks) {
      judgeTask(task, findings, moments);
      if (text(task, 'wpk') !== (isWaiting(task) ? `TASKS#${servedBy(text(task, 'division'))}` : ''))
        findings.violation('I9', text(task, 'id'), "is not in its own county's list, or is done and still in it");
    }
  }
};
