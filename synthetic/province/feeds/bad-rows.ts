import { type LocalDate, plusDays } from '../../../domain/dates.ts';
import type { FeedColumn, FeedDefinition } from '../../../domain/feeds/feed-definition.ts';
import { mistyped } from '../mistyped.ts';
import { type SpoiltReason, spoiltReasons } from './names.ts';

type Cells = Readonly<Record<string, string>>;

/** A cell that is in order, by the type of its column. */
const plainCell = ({ type, codes = {} }: FeedColumn, on: LocalDate, residentId: string): string => {
  switch (type) {
    case 'resident-id':
      return residentId;
    case 'name':
      return '某某';
    case 'date':
      return on;
    case 'amount-yuan':
      return '1.00';
    case 'count':
      return '0';
    case 'code':
      return Object.keys(codes)[0] ?? '';
    case 'text':
      return 'T1';
    case 'division':
      return '';
  }
};

const ofType = (definition: FeedDefinition, type: FeedColumn['type']): string | undefined =>
  definition.columns.find((column) => column.type === type && column.required)?.code;

/** A row with one thing wrong; the next reason where its dataset has no column for this one. */
const withFault = (definition: FeedDefinition, cells: Cells, reason: SpoiltReason): Cells => {
  const id = cells['resident-id'] ?? '';
  const code = ofType(definition, 'code');
  const date = definition.asOf;
  switch (reason) {
    case 'id-scientific':
      return { ...cells, 'resident-id': '1.4E+17' };
    case 'id-15-digits':
      return { ...cells, 'resident-id': id.slice(0, 6) + id.slice(8, 17) };
    case 'id-check-digit':
      return { ...cells, 'resident-id': mistyped(id, 1) };
    case 'date-impossible':
      return { ...cells, [date]: '2026-02-31' };
    case 'formula':
      return { ...cells, name: '=1+1' };
    case 'code-unknown':
      return code === undefined ? { ...cells, name: '=1+1' } : { ...cells, [code]: '不详' };
    case 'required-missing':
      return { ...cells, name: '' };
  }
};
const toldAs = (definition: FeedDefinition, reason: SpoiltReason): SpoiltReason =>
  reason === 'code-unknown' && ofType(definition, 'code') === undefined ? 'formula' : reason;

/** Puts spoilt rows among good ones, and writes all of them as a department would. */
export const spoilt = (
  definition: FeedDefinition,
  good: readonly Cells[],
  given: {
    readonly format: 'csv' | 'ndjson';
    readonly every: number;
    readonly on: LocalDate;
    readonly strangersId: (number: number) => string;
  },
): { lines: readonly string[]; spoiltRows: readonly { row: number; reason: SpoiltReason }[] } => {
  const { format, every, on, strangersId } = given;
  const columns = definition.columns;
  const written = (cells: Cells): string =>
    format === 'csv'
      ? columns.map(({ code }) => cells[code] ?? '').join(',')
      : JSON.stringify(Object.fromEntries(columns.map(({ code, heading }) => [heading, cells[code] ?? ''])));
  const count = Math.ceil((good.length + 1) / every);
  const spoiltRows: { row: number; reason: SpoiltReason }[] = [];
  const lines = good.map(written);
  for (let number = 0; number < count; number += 1) {
    const drawn = spoiltReasons[(number + definition.code.length) % spoiltReasons.length] ?? 'formula';
    const asOf = plusDays(on, -1);
    const residentId = strangersId(number);
    const cells = Object.fromEntries(columns.map((column) => [column.code, plainCell(column, asOf, residentId)]));
    // Behind the good ones, so that these keep their places.
    const row = lines.push(written(withFault(definition, cells, drawn)));
    spoiltRows.push({ row, reason: toldAs(definition, drawn) });
  }
  return { lines: format === 'csv' ? [columns.map(({ heading }) => heading).join(','), ...lines] : lines, spoiltRows };
};
