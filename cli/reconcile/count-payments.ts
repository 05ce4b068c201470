import type { Findings } from './findings.ts';
import { groupsBy, type Ledger, number, type Row, text } from './ledger.ts';

/** What a line may become by one correction after the other, from where it was settled: written down from the design. */
const after: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  held: { 'released-later': 'released', 'cancelled': 'cancelled' },
  released: { cancelled: 'cancelled', recovered: 'recovered' },
};

const judgeCounts = (id: string, run: Row, lines: readonly Row[], findings: Findings): void => {
  const inState = (...states: readonly string[]): number =>
    lines.filter((line) => states.includes(text(line, 'state'))).length;
  const told = (...columns: readonly string[]): number => columns.reduce((sum, column) => sum + number(run, column), 0);
  findings.count('I2', `payments of a county ${text(run, 'state')}`);
  findings.count('I2', 'lines of payments', lines.length);
  if (lines.length !== number(run, 'listed'))
    findings.violation('I2', id, `says it lists ${text(run, 'listed')} lines, and has ${lines.length}`);
  // A release settles a line before it counts it, and begins to count anew: only at its end do both agree.
  if (text(run, 'state') === 'releasing') return;
  if (told('ready', 'held', 'released', 'erased') !== number(run, 'listed'))
    findings.violation('I2', id, 'what is ready, held, released and erased is not what is listed');
  if (inState('ready', 'held') !== told('ready', 'held', 'erased') && number(run, 'erased') === 0)
    findings.violation('I2', id, 'counts another number of lines as ready and held than there are');
  if (inState('released') !== number(run, 'released') && number(run, 'erased') === 0)
    findings.violation('I2', id, `counts ${text(run, 'released')} lines as released, and has ${inState('released')}`);
  if (text(run, 'state') === 'released' && inState('ready') > number(run, 'erased'))
    findings.violation('I1', id, 'is released, and lines of it are neither released nor held');
};

/** I2: each correction follows from where the line stood, with the next number. */
const judgeCorrections = (id: string, line: Row | undefined, corrections: readonly Row[], findings: Findings): void => {
  let standing = line === undefined ? '' : text(line, 'state');
  findings.count('I2', 'corrections of payments', corrections.length);
  for (const [index, correction] of corrections.entries()) {
    const next = after[standing]?.[text(correction, 'sort')];
    if (next === undefined || number(correction, 'listed') !== index + 1) {
      findings.violation('I2', id, `is ${standing === '' ? 'not there' : standing}, and was corrected all the same`);
      return;
    }
    standing = next;
  }
};

/** I2: what was released is in the assistance chain, by the very command that released it, once. */
const judgeChain = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    `SELECT event, sum(kind = 'payment-line') AS lines, sum(kind = 'assistance-entry') AS entries FROM move
       WHERE type = 'PaymentLineReleased' GROUP BY event HAVING lines <> 1 OR entries <> 1 ORDER BY event`,
  );
  for (const row of rows)
    findings.violation('I2', text(row, 'event'), 'released a payment without entering it in the assistance chain');
};

/**
 * I1 and I2 of payments: every line that was listed is ready, released or held, none was lost, and what was corrected later follows
 * from where the line stood. Amounts lie in envelopes; that they add up is held by tests.
 */
export const countPayments = (ledger: Ledger, findings: Findings): void => {
  for (const [id, group] of groupsBy(ledger.rows('SELECT * FROM payment ORDER BY run'), 'run')) {
    const run = group.find((row) => text(row, 'what') === 'run');
    const lines = group.filter((row) => text(row, 'what') === 'line');
    if (run === undefined) findings.violation('I2', id, 'has lines, and is not there');
    else judgeCounts(id, run, lines, findings);
  }
  const corrected = ledger.rows(
    `SELECT * FROM payment WHERE what <> 'run' AND line IN (SELECT line FROM payment WHERE what = 'correction')
       ORDER BY line, listed`,
  );
  for (const [id, group] of groupsBy(corrected, 'line')) {
    const line = group.find((row) => text(row, 'what') === 'line');
    const corrections = group.filter((row) => text(row, 'what') === 'correction');
    judgeCorrections(id, line, corrections, findings);
  }
  judgeChain(ledger, findings);
  findings.notChecked('I2', 'amounts of payments lie in envelopes: that fen add up is held by tests over whole lists');
};
