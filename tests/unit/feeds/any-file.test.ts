import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cells } from '../../../adapters/feeds/cells.ts';
import { readCsvRow } from '../../../adapters/feeds/csv-rows.ts';
import { parseResidentId } from '../../../domain/people/resident-id.ts';
import { bytesOf, deathHeadings, deathRow, idOf, rowsOf, rowsOfPiece, survey, today, wordsOf } from './feed-files.ts';

describe('a file that is split', () => {
  const cell = fc.constantFrom(
    '甲',
    '"a\nb"',
    '"a,b"',
    '"a""b"',
    '"x\r\ny"',
    '"open',
    'st"ray',
    '"q"q',
    '',
    '=x',
    '"\n\n"',
  );
  const row = fc
    .tuple(fc.nat(30), cell, cell)
    .map(([number, name, certificate]) => [idOf(number), name, '2026-10-01', '2026-10-02', certificate].join(','));
  const file = fc.tuple(fc.array(row, { minLength: 1, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean());

  test('has the same rows, wherever it is split and however its bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 70 }),
        async (parts, pieceBytes, chunk) => {
          const [rows, ending, isEnded] = parts;
          const text = [deathHeadings, ...rows].join(ending) + (isEnded ? ending : '');
          const whole = await rowsOf(text);
          expect(await rowsOf(text, { pieceBytes, chunk })).toEqual(whole);
          const surveyed = await survey(text, { pieceBytes });
          if (!surveyed.ok) throw new Error(surveyed.fault.reason);
          const { rows: count, valid, rejected } = surveyed.survey;
          expect(count).toBe(whole.length);
          expect(valid).toBe(whole.filter(({ outcome }) => outcome === 'valid').length);
          expect(Object.values(rejected).reduce((sum, more) => sum + more, valid)).toBe(count);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of several windows has every row once', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) =>
      at % 3_000 === 7 ? `${idOf(at)},"甲\n乙",2026-10-01,2026-10-02,"a ""b"""` : deathRow(at),
    );
    const text = bytesOf(`${deathHeadings}\n${rows.join('\n')}\n`);
    const surveyed = await survey(text, { pieceBytes: 300_000 });
    if (!surveyed.ok) throw new Error(surveyed.fault.reason);
    expect(surveyed.survey.pieces.length).toBeGreaterThan(3);
    const last = surveyed.survey.pieces.at(-1);
    expect((last?.firstRow ?? 0) + (last?.rows ?? 0)).toBe(30_001);
    const numbers: number[] = [];
    for (const piece of surveyed.survey.pieces) {
      for (const outcome of await rowsOfPiece(text, piece)) {
        numbers.push(outcome.outcome === 'valid' ? outcome.row.rowNumber : outcome.rejected.rowNumber);
      }
    }
    expect(numbers).toEqual(rows.map((_, at) => at + 1));
  });
});

describe('the scanner', () => {
  const cellsOf = (text: string): string[][] => {
    const cells = new Cells(262_144);
    const bytes = bytesOf(text);
    cells.bytes.set(bytes);
    const rows: string[][] = [];
    for (let at = 0; at < bytes.length; ) {
      at = readCsvRow(cells, at, bytes.length, true);
      const decoder = new TextDecoder();
      rows.push(
        Array.from({ length: cells.count }, (_, place) =>
          decoder.decode(cells.bytes.slice(cells.from[place], cells.to[place])),
        ),
      );
      expect(cells.fault).toBeNull();
    }
    return rows;
  };
  test('reads every well-formed file as csv-parse does', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', '甲', ' ', '1', '·'), maxLength: 6 });
    const any = fc.string({ unit: fc.constantFrom('a', '甲', ',', '"', '\n', '\r\n'), maxLength: 6 });
    const written = fc.oneof(
      plain,
      any.map((text) => `"${text.replaceAll('"', '""')}"`),
    );
    const rows = fc.array(fc.array(written, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, ending) => {
        const text = table.map((row) => row.join(',')).join(ending) + ending;
        const expected: unknown = parse(text, { relax_column_count: true, record_delimiter: ending });
        expect(cellsOf(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

const digitsAndX = '0123456789X'.split('');

describe('a resident ID', () => {
  test('is judged as the domain judges it', async () => {
    const digits = fc.string({ unit: fc.constantFrom(...digitsAndX.slice(0, 10)), minLength: 3, maxLength: 3 });
    const birth = fc.constantFrom(
      '19900101',
      '19000229',
      '20261126',
      '20261127',
      '19051126',
      '19051127',
      '20240229',
      '19911301',
    );
    const made = fc
      .tuple(fc.constantFrom('149901', '009901', '999901'), birth, digits, fc.constantFrom(...digitsAndX))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 40 }), async (ids) => {
        const text = `身份证号,姓名,登记类别,登记日期,登记字号\n${ids.map((id, at) => `${id},甲,结婚,2026-11-26,${at}`).join('\n')}\n`;
        const expected = ids.map((id) => {
          const parsed = parseResidentId(id, today);
          return parsed.ok ? 'valid' : `id-${parsed.fault} resident-id`;
        });
        expect(wordsOf(await rowsOf(text, { dataset: 'marriages' }))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
