import type { Case, Moments } from './case.ts';
import type { Findings } from './findings.ts';
import { judgeWork } from './judge-work.ts';
import { groupsBy, type Ledger, type Row, text } from './ledger.ts';

const decidedStates = ['granted', 'refused'];
const ended: Readonly<Record<string, string>> = { granted: 'concluded', refused: 'concluded', withdrawn: 'cancelled' };

/** One recorded outcome: state of the application, state of the review and determination say the same. */
const judgeOutcome = ({ id, application, review, determinations }: Case, findings: Findings): void => {
  if (application === undefined || review === undefined) {
    findings.violation(
      'I1',
      id,
      application === undefined ? 'no application is under this review' : 'the review is not there',
    );
    return;
  }
  const [state, ofReview] = [text(application, 'state'), text(review, 'state')];
  findings.count('I1', `applications ${state}`);
  if (text(review, 'application') !== text(application, 'id'))
    findings.violation('I1', id, 'application and review do not name each other');
  const isOpen = !['concluded', 'cancelled'].includes(ofReview);
  if (ended[state] === undefined ? !isOpen : ended[state] !== ofReview)
    findings.violation('I1', id, `the application is ${state} and its review ${ofReview}`);
  const own = determinations.filter((each) => text(each, 'run') === '');
  if (own.length > 1) findings.violation('I2', id, `has ${own.length} determinations of its own`);
  const [one] = own;
  if (!decidedStates.includes(state)) {
    if (one !== undefined) findings.violation('I1', id, `is ${state} and has a determination`);
    return;
  }
  const named = [text(application, 'determination'), text(review, 'determination')];
  if (one === undefined || named.some((each) => each !== text(one, 'id')))
    findings.violation('I1', id, `is ${state} and its determination is not there`);
  else if (text(one, 'state') !== state)
    findings.violation('I1', id, `is ${state} by a determination that ${text(one, 'state')}`);
};

const servedBy = (division: string): string => (division.startsWith('140971') ? '140922' : division.slice(0, 6));

/** What a new policy or a change in the household led to: it lies where the household lives by now. */
const isChange = (row: Row): boolean => text(row, 'run') !== '' || text(row, 'sort') === 'policy-change-check';

/** Everything of a case lies in one division, and open work in the list of the county that serves it. */
const judgePlaces = ({ id, application, review, tasks, notices, determinations }: Case, findings: Findings): void => {
  const records = [application, review, ...tasks, ...notices, ...determinations].filter((row) => row !== undefined);
  findings.count('I9', 'records with a division', records.length);
  const divisions = new Set(records.filter((row) => !isChange(row)).map((row) => text(row, 'division')));
  if (divisions.size > 1) findings.violation('I9', id, 'records of one case are in several divisions');
  const households = new Set(records.map((row) => text(row, 'household')));
  if (households.size > 1) findings.violation('I9', id, 'records of one case are of several households');
  for (const row of [...tasks, ...notices]) {
    const list = text(row, 'kind') === 'task' ? 'TASKS' : 'NOTICES';
    const isOpen = ['open', 'escalated', 'published'].includes(text(row, 'state'));
    const expected = isOpen ? `${list}#${servedBy(text(row, 'division'))}` : '';
    if (text(row, 'wpk') !== expected)
      findings.violation(
        'I9',
        text(row, 'id'),
        isOpen ? "is not in its own county's list" : 'is done and still in a list',
      );
  }
};

/** I1, I3, I4 and I9 of every case, with all its records together. */
export const countCases = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT review, kind, id, state, division, household, application, determination, sort, at, due, escalated, wpk, wsk, run
       FROM record WHERE review IS NOT NULL
     UNION ALL SELECT review, 'recent', event, NULL, NULL, NULL, NULL, NULL, NULL, at, NULL, NULL, NULL, NULL, NULL
       FROM entry WHERE at >= ? AND review IS NOT NULL
     ORDER BY review`,
    moments.justNow,
  );
  // Where nobody has anything to do, all that could be late has been looked at.
  findings.count('I3', 'tasks open', 0);
  for (const [id, group] of groupsBy(rows, 'review')) {
    const of = (kind: string): readonly Row[] => group.filter((row) => text(row, 'kind') === kind);
    const each: Case = {
      id,
      application: of('application')[0],
      review: of('review')[0],
      tasks: of('task'),
      notices: of('notice'),
      determinations: of('determination'),
      isMoving: of('recent').length > 0,
    };
    findings.count('I1', 'reviews');
    judgeOutcome(each, findings);
    judgeWork(each, findings, moments);
    judgePlaces(each, findings);
  }
  findings.notChecked('I9', 'what a caller gets to see in an answer: checked by npm run attack');
};
