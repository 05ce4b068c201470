import type { Moments } from './case.ts';
import type { Findings } from './findings.ts';
import { judgeTask } from './judge-work.ts';
import { groupsBy, type Ledger, type Row, text } from './ledger.ts';

const remedy = 'grievance-remedy';
const isWaiting = (task: Row): boolean => ['open', 'escalated'].includes(text(task, 'state'));

/** Which task somebody has while a grievance is in a state; one that has ended is on nobody's desk, but to be put right. */
const taskIn = (grievance: Row): string => {
  if (text(grievance, 'state') === 'received') return 'grievance-acceptance';
  if (text(grievance, 'state') !== 'accepted') return '';
  return text(grievance, 'sort') === 'complaint' ? 'grievance-complaint' : 'grievance-review';
};

/** I1 and I4: a grievance that has not ended is on exactly one desk, and one that was upheld has led to its remedy. */
const judgeDesk = (id: string, grievance: Row, tasks: readonly Row[], findings: Findings): void => {
  const state = text(grievance, 'state');
  findings.count('I1', `grievances ${state}`);
  const open = tasks.filter((task) => isWaiting(task) && text(task, 'sort') !== remedy);
  const found = open.map((task) => text(task, 'sort')).join(', ');
  if (found !== taskIn(grievance))
    findings.violation('I4', id, `is ${state} and its open tasks are: ${found === '' ? 'none' : found}`);
  const follows = tasks.filter((task) => text(task, 'sort') === remedy).length;
  if (follows !== (state === 'upheld' ? 1 : 0))
    findings.violation('I1', id, `is ${state} and has ${follows} tasks to put it right`);
};

/** I1, I3, I4 and I9 of complaints and administrative reviews. */
export const countGrievances = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT grievance, kind, id, state, division, sort, due, escalated, wpk, wsk
       FROM record WHERE grievance IS NOT NULL ORDER BY grievance`,
  );
  for (const [id, group] of groupsBy(rows, 'grievance')) {
    const tasks = group.filter((row) => text(row, 'kind') === 'task');
    const grievance = group.find((row) => text(row, 'kind') === 'grievance');
    if (grievance === undefined) {
      findings.violation('I1', id, 'tasks name a grievance that is not there');
      continue;
    }
    judgeDesk(id, grievance, tasks, findings);
    if (text(grievance, 'wpk') !== `GRIEVANCES#${text(grievance, 'division')}`)
      findings.violation('I9', id, "is not in its own county's list");
    for (const task of tasks) {
      judgeTask(task, findings, moments);
      if (text(task, 'division') !== text(grievance, 'division'))
        findings.violation('I9', text(task, 'id'), 'is of another county than its grievance');
    }
  }
};
