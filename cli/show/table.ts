import Table from 'cli-table3';
import { widthOf, wrapped } from './width.ts';

/** One column: its heading, whether it holds numbers, and the width beyond which it is wrapped. */
export interface Column {
  readonly heading: string;
  readonly isNumber?: boolean;
  readonly atMost?: number;
}

/** Columns two blanks apart and a line below the headings: it can be read, copied and cut with the tools of a shell. */
const chars = {
  'top': '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  'bottom': '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  'left': '',
  'left-mid': '',
  'mid': '',
  'mid-mid': '',
  'right': '',
  'right-mid': '',
  'middle': '  ',
};

const widest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.flatMap((text) => text.split('\n')).map(widthOf));

/** A table as text, numbers to the right, aligned also where Chinese stands beside Latin letters. */
export const tableOf = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const cells = rows.map((row) =>
    columns.map(({ atMost }, index) => {
      const cell = row[index] ?? '';
      return atMost === undefined ? cell : wrapped(cell, atMost);
    }),
  );
  const rules = columns.map(({ heading }, index) =>
    '-'.repeat(widest([heading, ...cells.map((row) => row[index] ?? '')])),
  );
  const table = new Table({
    chars,
    style: { 'head': [], 'border': [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ isNumber }) => (isNumber === true ? 'right' : 'left')),
  });
  table.push(
    columns.map(({ heading }) => heading),
    rules,
    ...cells,
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};
