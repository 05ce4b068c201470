import type { Moments } from './case.ts';
import { servedBy } from './count-referrals.ts';
import type { Findings } from './findings.ts';
import { judgeTask } from './judge-work.ts';
import { groupsBy, type Ledger, number, type Row, text } from './ledger.ts';

const isWaiting = (task: Row): boolean => ['open', 'escalated'].includes(text(task, 'state'));

/** I1, I3 and I4: an alert has one task, which somebody has to do as long as the alert is open and which was done when it ended. */
const judgeAlert = (id: string, alert: Row, tasks: readonly Row[], findings: Findings): void => {
  const state = text(alert, 'state');
  findings.count('I3', `alerts ${state}`);
  if (tasks.length !== 1) findings.violation('I4', id, `has ${tasks.length} tasks`);
  const waiting = tasks.filter(isWaiting).length;
  if (state === 'open' && waiting === 0) {
    findings.violation('I3', id, 'is open, and nobody has it');
    findings.violation('I1', id, 'is open, and nobody has it');
  }
  if (state !== 'open' && waiting > 0) findings.violation('I3', id, 'has ended, and somebody still works on it');
  if (
    text(alert, 'wpk') !== `ALERTS#${servedBy(text(alert, 'division'))}` ||
    !text(alert, 'wsk').startsWith(`${state}#`)
  )
    findings.violation('I9', id, "is not in its own county's list, or not under its state");
};

/** I6: what was counted as disposed of in a county and a month is what was disposed of. */
const judgeCounts = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    'SELECT county, month, SUM(stands) AS stands, SUM(counted) AS counted FROM disposing GROUP BY county, month ORDER BY county, month',
  );
  for (const row of rows) {
    const [stands, counted] = [number(row, 'stands'), number(row, 'counted')];
    findings.count('I6', 'alerts counted when they ended', counted);
    if (stands !== counted)
      findings.violation(
        'I6',
        `${text(row, 'county')} ${text(row, 'month')}`,
        `${stands} alerts ended, ${counted} counted`,
      );
  }
};

/** I1, I3, I4, I6 and I9 of alerts. */
export const countAlerts = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT alert, kind, id, state, division, sort, due, escalated, wpk, wsk
       FROM record WHERE alert IS NOT NULL ORDER BY alert`,
  );
  for (const [id, group] of groupsBy(rows, 'alert')) {
    const tasks = group.filter((row) => text(row, 'kind') === 'task');
    const alert = group.find((row) => text(row, 'kind') === 'alert');
    if (alert === undefined) {
      findings.violation('I1', id, 'a task names an alert that is not there');
      continue;
    }
    judgeAlert(id, alert, tasks, findings);
    for (const task of tasks) {
      judgeTask(task, findings, moments);
      if (text(task, 'division') !== text(alert, 'division'))
        findings.violation('I9', text(task, 'id'), 'is of another division than its alert');
    }
  }
  judgeCounts(ledger, findings);
};
