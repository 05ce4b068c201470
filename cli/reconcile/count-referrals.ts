import type { Moments } from './case.ts';
import type { Findings } from './findings.ts';
import { type Ledger, number, type Row, text } from './ledger.ts';

const over = ['closed', 'withdrawn'];

/** The county whose list a township's work is in; two districts have townships with codes of another stem. */
export const servedBy = (division: string): string => (division.startsWith('140971') ? '140922' : division.slice(0, 6));

/** Where the list of its county and department begins every place. */
const stretchOf = (row: Row): string => `${servedBy(text(row, 'division'))}#${text(row, 'sort')}#`;

/** In its own department's list of its own county, and in none once it is over. */
const judgePlace = (row: Row, isOver: boolean, findings: Findings): void => {
  const expected = isOver ? '' : `REFERRALS#${servedBy(text(row, 'division')).slice(0, 4)}`;
  if (text(row, 'wpk') !== expected || !text(row, 'wsk').startsWith(isOver ? '' : stretchOf(row)))
    findings.violation(
      'I9',
      text(row, 'id'),
      isOver ? 'is over and still in a list' : "is not in its department's list",
    );
};

/** Nothing is left to be done, and so no deadline is. */
const judgeEnd = (row: Row, findings: Findings): void => {
  findings.count('I3', `referrals ${text(row, 'state')}`);
  if (text(row, 'due') !== '' || text(row, 'escalated') !== '')
    findings.violation('I3', text(row, 'id'), `is ${text(row, 'state')} and still has a deadline`);
};

const judgeEscalated = (row: Row, findings: Findings): void => {
  findings.count('I3', 'referrals escalated');
  if (text(row, 'escalated') < text(row, 'due'))
    findings.violation('I3', text(row, 'id'), 'is escalated without having been late');
  if (!text(row, 'wsk').startsWith(`${stretchOf(row)}!`))
    findings.violation('I3', text(row, 'id'), 'is escalated and does not stand first in its list');
};

const judgeTime = (row: Row, findings: Findings, { swept }: Moments): void => {
  findings.count('I3', 'referrals within their time');
  if (text(row, 'due') >= swept) return;
  findings.violation('I1', text(row, 'id'), 'is late and nobody was told');
  findings.violation('I3', text(row, 'id'), 'is late and not escalated');
};

/** I1: what is told as closed is what was closed, county by county, month by month and department by department. */
const judgeClosed = (ledger: Ledger, findings: Findings): void => {
  for (const row of ledger.rows(
    `SELECT county, month, department, SUM(stands) AS stands, SUM(counted) AS counted
       FROM closing GROUP BY county, month, department ORDER BY county, month, department`,
  )) {
    findings.count('I1', 'months of closed referrals');
    const [stands, counted] = [number(row, 'stands'), number(row, 'counted')];
    if (stands !== counted)
      findings.violation(
        'I1',
        `${text(row, 'county')} ${text(row, 'month')} ${text(row, 'department')}`,
        `${stands} referrals are closed and ${counted} were counted`,
      );
  }
};

/** I1, I3 and I9 of referrals: each is closed, withdrawn, within its deadline, or escalated since that was over. */
export const countReferrals = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  for (const row of ledger.rows(
    "SELECT id, state, division, sort, due, escalated, wpk, wsk FROM record WHERE kind = 'referral' ORDER BY id",
  )) {
    const isOver = over.includes(text(row, 'state'));
    judgePlace(row, isOver, findings);
    if (isOver) judgeEnd(row, findings);
    else if (text(row, 'due') === '')
      findings.violation('I3', text(row, 'id'), `is ${text(row, 'state')} and has no deadline`);
    else if (text(row, 'escalated') === '') judgeTime(row, findings, moments);
    else judgeEscalated(row, findings);
  }
  judgeClosed(ledger, findings);
};
