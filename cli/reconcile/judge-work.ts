import type { Case, Moments } from './case.ts';
import type { Findings } from './findings.ts';
import { type Row, text } from './ledger.ts';

const chinaOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** A day in China ends eight hours before it ends in UTC. */
export const endOf = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + dayMs - chinaOffsetMs).toISOString();

const isWaiting = (row: Row): boolean => ['open', 'escalated', 'published'].includes(text(row, 'state'));
const isCheck = (task: Row): boolean => text(task, 'sort') === 'policy-change-check';

/** A task on a desk: inside its time, or escalated since its time was over; and in the list under the right moment. */
export const judgeTask = (task: Row, findings: Findings, { swept }: Moments): void => {
  const [id, state, escalated, due] = [
    text(task, 'id'),
    text(task, 'state'),
    text(task, 'escalated'),
    text(task, 'due'),
  ];
  findings.count('I3', `tasks ${state}`);
  if (state === 'open' && endOf(due) < swept) {
    findings.violation('I1', id, 'is late and nobody was told');
    findings.violation('I3', id, 'is late and not escalated');
  }
  if (state === 'open' && escalated !== '') findings.violation('I3', id, 'is open and was escalated');
  if (state !== 'escalated') return;
  if (escalated === '' || escalated < endOf(due)) findings.violation('I3', id, 'is escalated without having been late');
  if (!text(task, 'wsk').startsWith('!'))
    findings.violation('I3', id, 'is escalated and does not stand first in its list');
};

const judgeNotice = (notice: Row, findings: Findings, { swept }: Moments): void => {
  findings.count('I3', `notices ${text(notice, 'state')}`);
  if (text(notice, 'state') === 'published' && endOf(text(notice, 'due')) < swept)
    findings.violation('I1', text(notice, 'id'), 'has stood its days and was not ended');
};

/** Papers stay asked for while the panel looks at a case: the one pair of tasks that may be open together. */
const isPapersBesidePanel = (work: readonly Row[]): boolean =>
  work.length === 2 &&
  new Set(work.map((row) => text(row, 'sort'))).isSubsetOf(new Set(['supply-papers', 'case-panel'])) &&
  text(work[0] ?? {}, 'sort') !== text(work[1] ?? {}, 'sort');

/** I1, I3 and I4: where a case is just now, and whether that is where it should be. */
export const judgeWork = (of: Case, findings: Findings, moments: Moments): void => {
  const { id, review, tasks, notices, isMoving } = of;
  for (const task of tasks) judgeTask(task, findings, moments);
  for (const notice of notices) judgeNotice(notice, findings, moments);
  const work = [...tasks.filter((task) => !isCheck(task)), ...notices].filter(isWaiting);
  const isOpen = review !== undefined && !['concluded', 'cancelled'].includes(text(review, 'state'));
  if (isOpen) {
    findings.count('I4', work.length === 0 ? 'reviews at the workflow just now' : 'reviews on a desk or in public');
    if (work.length === 0 && !isMoving) {
      findings.violation('I4', id, 'is under way, and nobody has it');
      findings.violation('I1', id, 'is under way, and nobody has it');
    }
    if (work.length > 1 && !isPapersBesidePanel(work))
      findings.violation('I4', id, `is on ${work.length} desks at once`);
  } else if (work.length > 0 && !isMoving) findings.violation('I4', id, 'has ended, and somebody still works on it');
  judgeChecks(of, findings);
};

/** A decision that waits for the county has one task, and the task a decision that waits. */
const judgeChecks = ({ tasks, determinations }: Case, findings: Findings): void => {
  const open = tasks.filter((task) => isCheck(task) && isWaiting(task));
  const waiting = determinations.filter((each) => text(each, 'sort') === 'awaiting-check');
  findings.count('I4', 'decisions that wait for the county', waiting.length);
  for (const each of waiting) {
    const number = open.filter((task) => text(task, 'determination') === text(each, 'id')).length;
    if (number !== 1) findings.violation('I4', text(each, 'id'), `waits for the county with ${number} open tasks`);
  }
  // A household that has changed and could not be decided anew leaves a task without a decision.
  for (const task of open.filter((each) => text(each, 'determination') !== ''))
    if (!waiting.some((each) => text(each, 'id') === text(task, 'determination')))
      findings.violation('I4', text(task, 'id'), 'asks for a look at a decision that does not wait for one');
};
