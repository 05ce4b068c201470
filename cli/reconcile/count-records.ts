import type { Findings } from './findings.ts';
import { type Ledger, number, type Row, text } from './ledger.ts';
import type { TakenOver } from './load.ts';
import { replay, takenOverStates } from './moves.ts';

const keyOf = (row: Row): string => `${text(row, 'kind')} ${text(row, 'id')}`;

/** Records and what the audit says of each, side by side: both are read in the order of their keys. */
const joined = function* (
  ledger: Ledger,
): Generator<{ key: string; record: Row | undefined; moves: readonly Row[]; copies: number }> {
  const records = ledger
    .rows('SELECT kind, id, version, state, division FROM record ORDER BY kind, id')
    [Symbol.iterator]();
  const moves = ledger
    .rows('SELECT kind, id, version, type, role, division FROM move ORDER BY kind, id, version')
    [Symbol.iterator]();
  let record = records.next();
  let move = moves.next();
  while (record.done !== true || move.done !== true) {
    const ofRecord = record.done === true ? undefined : keyOf(record.value);
    const ofMove = move.done === true ? undefined : keyOf(move.value);
    const key = ofMove === undefined || (ofRecord !== undefined && ofRecord <= ofMove) ? (ofRecord ?? '') : ofMove;
    const found = ofRecord === key && record.done !== true ? record.value : undefined;
    let copies = 0;
    while (record.done !== true && keyOf(record.value) === key) {
      copies += 1;
      record = records.next();
    }
    const ofKey: Row[] = [];
    while (move.done !== true && keyOf(move.value) === key) {
      ofKey.push(move.value);
      move = moves.next();
    }
    yield { key, record: found, moves: ofKey, copies };
  }
};

/** Versions from the first that has an entry on: 1, or 2 for what was there before the first command. */
const gapOf = (version: number, moves: readonly Row[], first: number): string | undefined => {
  for (const [index, move] of moves.entries()) {
    const expected = first + index;
    const found = number(move, 'version');
    if (found < expected) return `version ${found} was written twice`;
    if (found > expected) return `version ${expected} has no audit entry`;
  }
  const last = first + moves.length - 1;
  if (last < version) return `version ${last + 1} has no audit entry`;
  return undefined;
};

/** I5, I6, I9 and I10 of every record: kept, without a gap, in its division's audit, and moved as the tables allow. */
export const countRecords = (ledger: Ledger, findings: Findings, takenOver: TakenOver): void => {
  const without: Record<string, number> = {};
  const judge = (key: string, record: Row, moves: readonly Row[]): void => {
    const kind = text(record, 'kind');
    const version = number(record, 'version');
    const isTakenOver = takenOverStates(kind).length > 0 && !moves.some((move) => number(move, 'version') === 1);
    if (isTakenOver) without[kind] = (without[kind] ?? 0) + 1;
    findings.count('I6', 'versions', version);
    findings.count('I10', 'moves', moves.length);
    const newest = moves.at(-1);
    if (newest !== undefined && number(newest, 'version') > version)
      findings.violation('I5', key, `version ${number(newest, 'version')} was acknowledged and is not kept`);
    const gap = gapOf(version, moves, isTakenOver ? 2 : 1);
    if (gap !== undefined) findings.violation('I6', key, gap);
    const steps = moves.map((move) => ({ type: text(move, 'type'), role: text(move, 'role') }));
    const played = replay(kind, steps, isTakenOver);
    if ('broken' in played) findings.violation('I10', key, played.broken);
    else if (!played.states.includes(text(record, 'state')))
      findings.violation('I10', key, `is ${text(record, 'state')}; its moves lead to ${played.states.join(' or ')}`);
    const division = text(record, 'division');
    for (const move of moves) {
      const ofEntry = text(move, 'division');
      if (division !== '' && ofEntry !== division.slice(0, 6))
        findings.violation('I9', key, 'its audit entry is kept with another county');
    }
  };
  for (const { key, record, moves, copies } of joined(ledger)) {
    findings.count('I5', 'records that audit entries name');
    if (record === undefined) findings.violation('I5', key, 'an audit entry names it, and it is not there');
    else if (copies > 1) findings.violation('I6', key, 'is in the table more than once');
    else judge(key, record, moves);
  }
  agreeWithTakeover(findings, takenOver, without);
};

/** What was taken over is counted in the table itself: a first entry that is lost would be one too many. */
const agreeWithTakeover = (
  findings: Findings,
  { households, cases }: TakenOver,
  without: Readonly<Record<string, number>>,
): void => {
  const expected: Readonly<Record<string, number>> = {
    household: households,
    application: cases,
    review: cases,
    determination: cases,
  };
  for (const [kind, number] of Object.entries(expected)) {
    const found = without[kind] ?? 0;
    findings.count('I6', `${kind} records taken over`, found);
    if (found !== number)
      findings.violation('I6', kind, `${found} records have no first audit entry, and ${number} were taken over`);
  }
};
