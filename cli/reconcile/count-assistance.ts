import type { Findings } from './findings.ts';
import { groupsBy, type Ledger, number, type Row, text } from './ledger.ts';

/** Months from one to another as they are written, `YYYY-MM`; none when either is missing. */
const monthsOf = (first: string, last: string): string[] => {
  const months: string[] = [];
  if (first === '' || last === '') return months;
  for (let [year = 0, month = 0] = first.split('-').map(Number); ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const written = `${year}-${String(month).padStart(2, '0')}`;
    if (written > last) return months;
    months.push(written);
  }
};

/** No place of an item's guard is held twice, and of an exclusion's two sides only one is held in a place. */
const judgePlaces = (ledger: Ledger, findings: Findings): void => {
  const rows = ledger.rows(
    `SELECT guard || ' ' || span || ' ' || slot AS place, side, count(*) AS number FROM place
       GROUP BY guard, span, slot, side ORDER BY guard, span, slot`,
  );
  for (const [, sides] of groupsBy(rows, 'place')) {
    findings.count('I2', 'places in guards of assistance');
    const guarded = (side: string): number => {
      const row = sides.find((each) => text(each, 'side') === side);
      return row === undefined ? 0 : number(row, 'number');
    };
    if (guarded('own') > 1) findings.violation('I2', 'a guard', 'one item is given twice for one subject and time');
    if (guarded('one') > 0 && guarded('other') > 0)
      findings.violation('I2', 'a guard', 'two items that exclude each other are both given');
  }
};

const judgeEntry = (id: string, entry: Row, held: readonly Row[], findings: Findings): void => {
  const isFlagged = number(entry, 'flagged') === 1;
  findings.count('I2', isFlagged ? 'entries of assistance flagged as suspected duplicates' : 'entries of assistance');
  if (held.length !== number(entry, 'places'))
    findings.violation('I2', id, `says it holds ${text(entry, 'places')} places in guards, and holds ${held.length}`);
  if (isFlagged || text(entry, 'state') === 'recovered') return;
  const own = new Set(
    held.flatMap((row) => (text(row, 'side') === 'own' ? [`${text(row, 'span')}-${text(row, 'slot')}`] : [])),
  );
  for (const month of monthsOf(text(entry, 'first'), text(entry, 'last')))
    if (!own.has(month)) findings.violation('I2', id, `stands for ${month} without a guard`);
  if (text(entry, 'state') !== 'ended' && own.size === 0) findings.violation('I2', id, 'stands without a guard');
};

/**
 * I2 of the assistance chain: every standing entry holds its guards, no item is given twice for one subject and time, and of two items
 * that exclude each other one is. Items lie in envelopes; what they keep apart is in the keys of the guards.
 */
export const countAssistance = (ledger: Ledger, findings: Findings): void => {
  judgePlaces(ledger, findings);
  const rows = ledger.rows(
    `SELECT entry, state, places, flagged, first, last, NULL AS span, NULL AS side, NULL AS slot FROM assistance
     UNION ALL SELECT entry, NULL, NULL, NULL, NULL, NULL, span, side, slot FROM place ORDER BY entry`,
  );
  for (const [id, group] of groupsBy(rows, 'entry')) {
    const entry = group.find((row) => text(row, 'state') !== '');
    const held = group.filter((row) => text(row, 'side') !== '');
    if (entry === undefined) findings.violation('I2', id, 'holds guards, and is not there');
    else judgeEntry(id, entry, held, findings);
  }
  findings.notChecked(
    'I2',
    'what an entry of assistance is for lies in its envelope: that its guards are those of its item is held by tests over every pair',
  );
};
