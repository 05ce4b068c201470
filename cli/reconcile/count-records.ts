import type { Findings } from './findings.ts';
import { type Ledger, number, type Row, text } from './ledger.ts';
import type { TakenOver } from './load.ts';
import { replay, takenOverStates } from './moves.ts';

const keyOf = (row: Row): string => `${text(row, 'kind')} ${text(row, 'id')}`;

/** Rows in the order of their keys, to be taken key by key. */
const byKey = (rows: Iterable<Row>) => {
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  return {
    key: (): string | undefined => (next.done === true ? undefined : keyOf(next.value)),
    take: (key: string): readonly Row[] => {
      const taken: Row[] = [];
      while (next.done !== true && keyOf(next.value) === key) {
        taken.push(next.value);
        next = iterator.next();
      }
      return taken;
    },
  };
};

/** Records and what the audit says of each, side by side. */
const joined = function* (ledger: Ledger): Generator<{ key: string; records: readonly Row[]; moves: readonly Row[] }> {
  const records = byKey(ledger.rows('SELECT kind, id, version, state, division FROM record ORDER BY kind, id'));
  const moves = byKey(
    ledger.rows('SELECT kind, id, version, type, role, division FROM move ORDER BY kind, id, version'),
  );
  for (;;) {
    const [ofRecord, ofMove] = [records.key(), moves.key()];
    const key = earlierOf(ofRecord, ofMove);
    if (key === undefined) return;
    yield { key, records: records.take(key), moves: moves.take(key) };
  }
};

/** By kind and then by id, as the database sorts them: a kind that begins like another comes first. */
const earlierOf = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return one <= other ? one : other;
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

/** The step that names no version is the last one. */
const withLast = (moves: readonly Row[], version: number): readonly Row[] => {
  const [first, ...others] = moves;
  return first !== undefined && number(first, 'version') === -1 ? [...others, { ...first, version }] : moves;
};

/** I10: what its moves lead to, and where it is. */
const judgeMoves = (
  key: string,
  record: Row,
  moves: readonly Row[],
  isTakenOver: boolean,
  findings: Findings,
): void => {
  findings.count('I10', 'moves', moves.length);
  const steps = moves.map((move) => ({ type: text(move, 'type'), role: text(move, 'role') }));
  const played = replay(text(record, 'kind'), steps, isTakenOver);
  if ('broken' in played) findings.violation('I10', key, played.broken);
  else if (!played.states.includes(text(record, 'state')))
    findings.violation('I10', key, `is ${text(record, 'state')}; its moves lead to ${played.states.join(' or ')}`);
};

/** I5 and I6: everything that was acknowledged is there, and each version once. */
const judgeVersions = (
  key: string,
  record: Row,
  moves: readonly Row[],
  isTakenOver: boolean,
  findings: Findings,
): void => {
  const version = number(record, 'version');
  findings.count('I6', 'versions', version);
  const newest = moves.at(-1);
  if (newest !== undefined && number(newest, 'version') > version)
    findings.violation('I5', key, `version ${number(newest, 'version')} was acknowledged and is not kept`);
  const gap = gapOf(version, moves, isTakenOver ? 2 : 1);
  if (gap !== undefined) findings.violation('I6', key, gap);
};

/** Of Wutai Mountain the county around it takes care: its reserve pays for what happens there. */
const countyIn = (division: string): string => (division.startsWith('140971') ? '140922' : division.slice(0, 6));

/**
 * Where a household moves, its plan goes with it, and what was referred where it lived is withdrawn from where it lives: such an entry
 * may be kept with another county than the record.
 */
const movedWith = (record: Row, move: Row): boolean => {
  if (text(move, 'type') !== 'ReferralsPlanned') return false;
  if (text(record, 'kind') === 'plan') return number(move, 'version') < number(record, 'version');
  return number(move, 'version') > 1;
};

/** An open alert goes with its household and takes its task along: what came before the last time is kept with the county they came from. */
const sinceMoved = (moves: readonly Row[]): readonly Row[] =>
  moves.slice(
    Math.max(
      moves.findLastIndex((move) => text(move, 'type') === 'AlertMoved'),
      0,
    ),
  );

const judgeEntries = (key: string, record: Row, moves: readonly Row[], findings: Findings): void => {
  const division = text(record, 'division');
  if (division === '') return;
  for (const move of sinceMoved(moves).filter((each) => !movedWith(record, each)))
    if (countyIn(text(move, 'division')) !== countyIn(division))
      findings.violation('I9', key, 'its audit entry is kept with another county');
};

/** I5, I6, I9 and I10 of every record: kept, without a gap, in its division's audit, and moved as the tables allow. */
export const countRecords = (ledger: Ledger, findings: Findings, takenOver: TakenOver): void => {
  const without: Record<string, number> = {};
  for (const { key, records, moves: told } of joined(ledger)) {
    findings.count('I5', 'records that audit entries name');
    const [record, ...copies] = records;
    if (record === undefined) {
      findings.violation('I5', key, 'an audit entry names it, and it is not there');
      continue;
    }
    if (copies.length > 0) findings.violation('I6', key, 'is in the table more than once');
    const kind = text(record, 'kind');
    const moves = withLast(told, number(record, 'version'));
    const isTakenOver = takenOverStates(kind).length > 0 && !moves.some((move) => number(move, 'version') === 1);
    if (isTakenOver) without[kind] = (without[kind] ?? 0) + 1;
    judgeVersions(key, record, moves, isTakenOver, findings);
    judgeMoves(key, record, moves, isTakenOver, findings);
    judgeEntries(key, record, moves, findings);
  }
  agreeWithTakeover(findings, takenOver, without);
};

/** What was taken over is counted in the table itself: a first entry that is lost would be one too many. */
const agreeWithTakeover = (
  findings: Findings,
  { households, cases, entries }: TakenOver,
  without: Readonly<Record<string, number>>,
): void => {
  const expected: Readonly<Record<string, number>> = {
    household: households,
    application: cases,
    review: cases,
    determination: cases,
    'assistance-entry': entries,
  };
  for (const [kind, number] of Object.entries(expected)) {
    const found = without[kind] ?? 0;
    findings.count('I6', `${kind} records taken over`, found);
    if (found !== number)
      findings.violation('I6', kind, `${found} records have no first audit entry, and ${number} were taken over`);
  }
};
