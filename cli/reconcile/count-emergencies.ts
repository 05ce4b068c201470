import type { Moments } from './case.ts';
import type { Findings } from './findings.ts';
import { judgeTask } from './judge-work.ts';
import { groupsBy, type Ledger, number, type Row, text } from './ledger.ts';

/** Which task somebody has while quick aid is in a state; in the other states nobody has one, but for the full review. */
const taskIn: Readonly<Record<string, string>> = {
  granted: 'emergency-payment',
  paid: 'emergency-papers',
  documented: 'emergency-closure',
};
const fullReview = 'emergency-full-review';
const isWaiting = (task: Row): boolean => ['open', 'escalated'].includes(text(task, 'state'));

interface Emergency {
  readonly id: string;
  readonly aid: Row;
  readonly tasks: readonly Row[];
  readonly entries: readonly Row[];
  readonly guards: number;
}

/** I1 and I4: an aid that is not at its end is on exactly one desk, and one whose hardship lasts has led to a full review. */
const judgeDesk = ({ id, aid, tasks }: Emergency, findings: Findings): void => {
  const state = text(aid, 'state');
  findings.count('I1', `quick aid ${state}`);
  const open = tasks.filter((task) => isWaiting(task) && text(task, 'sort') !== fullReview);
  const expected = taskIn[state];
  const found = open.map((task) => text(task, 'sort')).join(', ');
  if (found !== (expected ?? ''))
    findings.violation('I4', id, `is ${state} and its open tasks are: ${found === '' ? 'none' : found}`);
  const follows = tasks.filter((task) => text(task, 'sort') === fullReview).length;
  if (follows !== number(aid, 'lasts'))
    findings.violation('I1', id, `has ${follows} tasks for a full review, and its hardship asks for another number`);
};

/** I2: the money left its reserve once, came back once if it was never paid out, and the event is marked as aided. */
const judgeMoney = ({ id, aid, entries, guards }: Emergency, findings: Findings): void => {
  const isWithdrawn = text(aid, 'state') === 'withdrawn';
  findings.count('I2', 'quick aid', isWithdrawn ? 0 : 1);
  if (guards !== (isWithdrawn ? 0 : 1)) findings.violation('I2', id, `its event is marked as aided ${guards} times`);
  const kinds = entries.map((entry) => text(entry, 'sort')).toSorted();
  if (kinds.join(' ') !== (isWithdrawn ? 'grant return' : 'grant'))
    findings.violation('I2', id, `its entries in the reserve are: ${kinds.join(', ')}`);
  for (const entry of entries)
    if (number(entry, 'amount') !== number(aid, 'amount') || text(entry, 'division') !== text(aid, 'reserve'))
      findings.violation('I2', id, 'an entry of the reserve has another amount, or is of another reserve');
};

const countAid = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  const rows = ledger.rows(
    `SELECT emergency, kind, id, state, division, sort, due, escalated, wpk, wsk, amount, reserve, lasts
       FROM record WHERE emergency IS NOT NULL
     UNION ALL SELECT aid, 'guard', print, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM guard
     ORDER BY emergency`,
  );
  for (const [id, group] of groupsBy(rows, 'emergency')) {
    const of = (kind: string): readonly Row[] => group.filter((row) => text(row, 'kind') === kind);
    const [aid] = of('emergency-aid');
    if (aid === undefined) {
      findings.violation('I1', id, 'tasks, entries or a mark name quick aid that is not there');
      continue;
    }
    const tasks = of('task');
    const each = { id, aid, tasks, entries: of('reserve-entry'), guards: of('guard').length };
    judgeDesk(each, findings);
    judgeMoney(each, findings);
    for (const task of tasks) {
      judgeTask(task, findings, moments);
      if (text(task, 'division') !== text(aid, 'division'))
        findings.violation('I9', text(task, 'id'), 'is of another division than its quick aid');
    }
  }
};

/** I2: what a reserve holds is what was put in, less what was granted, and what came back; never less than nothing. */
const countReserves = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    `SELECT division, kind, version, sort, amount FROM record
       WHERE kind IN ('emergency-reserve', 'reserve-entry') ORDER BY division`,
  );
  for (const [division, group] of groupsBy(rows, 'division')) {
    const reserves = group.filter((row) => text(row, 'kind') === 'emergency-reserve');
    const entries = group.filter((row) => text(row, 'kind') === 'reserve-entry');
    const sum = entries.reduce(
      (total, entry) => total + (text(entry, 'sort') === 'grant' ? -1 : 1) * number(entry, 'amount'),
      0,
    );
    findings.count('I2', 'reserves for emergencies');
    const [reserve] = reserves;
    if (reserve === undefined) findings.violation('I2', division, 'has entries and no reserve');
    else if (number(reserve, 'amount') !== sum || sum < 0)
      findings.violation(
        'I2',
        division,
        `the reserve holds ${number(reserve, 'amount')} fen, its entries come to ${sum}`,
      );
    else if (number(reserve, 'version') !== entries.length)
      findings.violation('I2', division, 'the reserve has another number of entries than of versions');
  }
};

/** I1 to I4 and I9 of quick aid in emergencies, and of the money it is from. */
export const countEmergencies = (ledger: Ledger, findings: Findings, moments: Moments): void => {
  countAid(ledger, findings, moments);
  countReserves(ledger, findings);
};
