import type { Moments } from './case.ts';
import { servedBy } from './count-referrals.ts';
import type { Findings } from './findings.ts';
import { endOf, judgeTask } from './judge-work.ts';
import { groupsBy, type Ledger, number, type Row, text } from './ledger.ts';

const open = ['received', 'followed-up'];
const ends = ['application-taken', 'known-already', 'not-found', 'not-in-need', 'not-wanted'];
const isWaiting = (task: Row): boolean => ['open', 'escalated'].includes(text(task, 'state'));

/** I1 and I4: whom somebody is to go to is on exactly one desk; whatever has ended has an outcome, and is on none. */
const judgeDesk = (id: string, report: Row, tasks: readonly Row[], findings: Findings): void => {
  const state = text(report, 'state');
  findings.count('I1', `reports ${state}`);
  const waiting = tasks.filter(isWaiting).length;
  if (waiting !== (open.includes(state) ? 1 : 0))
    findings.violation('I4', id, `is ${state} and has ${waiting} open outreach tasks`);
  if (tasks.length !== (state === 'joined' ? 0 : 1))
    findings.violation('I1', id, `is ${state} and has ${tasks.length} outreach tasks`);
  if (ends.includes(state) && text(report, 'ended') === '') findings.violation('I1', id, 'has an outcome and no end');
  if ((state === 'application-taken') !== (text(report, 'application') !== ''))
    findings.violation('I1', id, `is ${state} and that does not agree with its application`);
};

/** I2: somebody who is known by an ID is gone to once: while the report is open there is one mark of it, and afterwards none. */
const judgeOnce = (id: string, report: Row, marks: number, findings: Findings): void => {
  const expected = open.includes(text(report, 'state')) && number(report, 'identified') === 1 ? 1 : 0;
  findings.count('I2', 'outreach to people known by an ID', expected);
  if (marks !== expected) findings.violation('I2', id, `its outreach is marked ${marks} times, and not ${expected}`);
};

const listOf = (report: Row): string => {
  const county = servedBy(text(report, 'division'));
  if (open.includes(text(report, 'state'))) return `REPORTS#${county}`;
  return text(report, 'state') === 'joined' || text(report, 'erased') !== '' ? '' : `REPORTS-ENDED#${county}`;
};

/** I3 and I9: it stands in the list where it belongs, and what was told is kept no longer than it may be. */
const judgeList = (id: string, report: Row, findings: Findings, { swept }: Moments): void => {
  const list = listOf(report);
  if (text(report, 'wpk') !== list) findings.violation('I9', id, 'is not in the list where it belongs');
  if (list.startsWith('REPORTS-ENDED') && endOf(text(report, 'due')) < swept)
    findings.violation('I3', id, 'what was told in it is kept for too long');
};

/** I1 to I4 and I9 of reports of people in hardship. */
export const countReports = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT report, kind, id, state, division, due, escalated, wpk, wsk, application, ended, erased, identified, joined
       FROM record WHERE report IS NOT NULL
     UNION ALL SELECT report, 'reported', print, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM outreach
     ORDER BY report`,
  );
  for (const [id, group] of groupsBy(rows, 'report')) {
    const of = (kind: string): readonly Row[] => group.filter((row) => text(row, 'kind') === kind);
    const [tasks, [report]] = [of('task'), of('report')];
    if (report === undefined) {
      findings.violation('I1', id, 'tasks or marks name a report that is not there');
      continue;
    }
    judgeDesk(id, report, tasks, findings);
    judgeOnce(id, report, of('reported').length, findings);
    judgeList(id, report, findings, moments);
    for (const task of tasks) {
      judgeTask(task, findings, moments);
      if (text(task, 'division') !== text(report, 'division'))
        findings.violation('I9', text(task, 'id'), 'is of another division than its report');
    }
  }
  countJoined(ledger, findings);
};

/** I1: a report that was joined to another stands and falls with one that is there, and is joined to none itself. */
const countJoined = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    `SELECT each.id AS id FROM record each LEFT JOIN record first ON first.kind = 'report' AND first.id = each.joined
      WHERE each.kind = 'report' AND each.state = 'joined' AND (first.id IS NULL OR first.state = 'joined') ORDER BY each.id`,
  );
  for (const row of rows) findings.violation('I1', text(row, 'id'), 'was joined to a report that is not there');
};
