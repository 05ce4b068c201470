import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { FeedForm } from '../../../adapters/feeds/layout.ts';
import { rejectFile } from '../../../adapters/feeds/reject-file.ts';
import { bytesOf as bytesIn, textOf } from '../../../adapters/feeds/text-encoding.ts';
import { reasonLine } from '../../../domain/feeds/reason-words.ts';
import { fileReasons, rowReasonCodes, rowReasons } from '../../../domain/feeds/reasons.ts';
import {
  bytesOf,
  csv,
  deathHeadings,
  deathRow,
  feedNamed,
  idOf,
  ndjson,
  rowsOf,
  survey,
  wordsOf,
} from './feed-files.ts';

const feed = feedNamed('deaths');

/** The reject file of a file, as bytes. */
const rejectsOf = async (
  text: string | Uint8Array,
  form: FeedForm = csv,
  language: 'zh' | 'en' = 'en',
): Promise<Uint8Array> => {
  const surveyed = await survey(text, { form });
  if (!surveyed.ok) throw new Error(surveyed.fault.reason);
  const rows = await rowsOf(text, { form });
  const rejected = rows.flatMap((row) => (row.outcome === 'rejected' ? [row.rejected] : []));
  const batches = (async function* () {
    yield rejected;
  })();
  const { layout } = surveyed.survey;
  return Buffer.concat(await Array.fromAsync(rejectFile(batches, { form, layout, feed, language })));
};

const bad = `${idOf(2)},"王,某",2026-02-31,2026-10-02,`;
const text = `${deathHeadings}\n${deathRow(1)}\n${bad}\n${deathRow(1)}\n`;

describe('a reject file', () => {
  it('has the rejected rows as they stood, with the reason in a column more', async () => {
    expect(textOf(await rejectsOf(text), 'utf-8')).toBe(
      [
        `${deathHeadings},拒绝原因`,
        `${bad},死亡日期: the calendar has no such day; correct the date [date-impossible]`,
        `${deathRow(1)},the same key as a row before it; keep one row for each record [duplicate]`,
        '',
      ].join('\r\n'),
    );
  });

  it('is GBK for a file in GBK and gzip for a file in gzip', async () => {
    const gbk = await rejectsOf(bytesIn(text, 'gbk'), csv, 'zh');
    expect(textOf(gbk, 'utf-8')).toBeNull();
    expect(textOf(gbk, 'gbk')).toContain(`${bad},死亡日期：日历上没有这一天；更正日期 [date-impossible]`);
    const packed = await rejectsOf(gzipSync(text), { ...csv, gzip: true });
    expect(gunzipSync(packed)).toEqual(Buffer.from(await rejectsOf(text)));
  });

  it('is NDJSON for NDJSON, also of lines that are no object', async () => {
    const object = `{"身份证号":"${idOf(1)}","姓名":"甲","死亡日期":"2026-10-02","登记日期":"2026-10-20"}`;
    const wrong = object.replace('2026-10-02', '2026-13-02');
    const lines = textOf(await rejectsOf(`${object}\n${wrong}\n[1]\n{}\n`, ndjson), 'utf-8')?.split('\n') ?? [];
    expect(lines[0]).toBe(
      `${wrong.slice(0, -1)},"拒绝原因":"死亡日期: the calendar has no such day; correct the date [date-impossible]"}`,
    );
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ 原文: '[1]', 拒绝原因: expect.stringContaining('[json-form]') });
    expect(JSON.parse(lines[2] ?? '')).toEqual({ 拒绝原因: expect.stringContaining('[required-missing]') });
  });

  it('can be sent again as it is once it is corrected, and rejected again with one reason', async () => {
    const rejected = textOf(await rejectsOf(text), 'utf-8') ?? '';
    expect(wordsOf(await rowsOf(rejected.replace('2026-02-31', '2026-02-28')))).toEqual(['valid', 'valid']);
    expect(textOf(await rejectsOf(rejected), 'utf-8')).toBe(`${rejected.split('\r\n').slice(0, 2).join('\r\n')}\r\n`);
    const object = `{"身份证号":"${idOf(1)}","姓名":"甲","死亡日期":"2026-13-02","登记日期":"2026-10-20"}\n`;
    const line = textOf(await rejectsOf(bytesOf(object), ndjson), 'utf-8') ?? '';
    expect(textOf(await rejectsOf(line, ndjson), 'utf-8')).toBe(line);
  });
});

/** What a reader of CSV makes of a file: rows of as many cells as headings, or it throws. */
const cellsOf = (bytes: Uint8Array): readonly Record<string, string>[] => parse(Buffer.from(bytes), { columns: true });

describe('a row that does not come out as cells', () => {
  const misfits = [
    `${idOf(2)},"王,2026-10-01,2026-10-20,C1`,
    `${idOf(3)},王"某",2026-10-01,2026-10-20,C2`,
    `${idOf(4)},王某,2026-10-01,2026-10-20`,
    `${idOf(5)},王某,2026-10-01,2026-10-20,C3,C4`,
  ];
  const wrong = `${idOf(6)},王某,2026-02-31,2026-10-20,C5`;
  const file = `${deathHeadings}\n${[...misfits, wrong].join('\n')}\n`;
  const reasons = ['quote-misplaced', 'quote-misplaced', 'columns-too-few', 'columns-too-many', 'date-impossible'];

  it('is one cell, so that every reason stands under its heading and no row swallows another', async () => {
    const rows = cellsOf(await rejectsOf(file));
    expect(rows.map((row) => /\[(.+)\]$/u.exec(row['拒绝原因'] ?? '')?.[1])).toEqual(reasons);
    expect(rows.slice(0, 4).map((row) => row['身份证号'])).toEqual(misfits);
    expect(rows[4]).toMatchObject({ 身份证号: idOf(6), 死亡证明编号: 'C5' });
  });

  it('is rejected again as it is, also where only a cell is missing that may be empty, and is then given back unchanged', async () => {
    const once = await rejectsOf(file);
    const words = wordsOf(await rowsOf(once));
    expect(words).toHaveLength(5);
    expect(words).not.toContain('valid');
    const twice = cellsOf(await rejectsOf(once));
    expect(twice.slice(0, 4).map((row) => row['身份证号'])).toEqual(misfits);
  });
});

describe('a line of NDJSON that is not all text', () => {
  const object = (name: string) =>
    `{"身份证号":"${idOf(1)}","姓名":"${name}","死亡日期":"2026-13-02","登记日期":"2026-10-20"}`;

  it('is kept as far as it can be read', async () => {
    const [begin = '', end = ''] = object('|').split('|');
    const line = Buffer.concat([bytesOf(`${object('甲')}\n${begin}`), Uint8Array.of(0xd5, 0xc5), bytesOf(`${end}\n`)]);
    const rejected = (textOf(await rejectsOf(line, ndjson), 'utf-8') ?? '').split('\n');
    expect(JSON.parse(rejected[1] ?? '')).toEqual({
      原文: expect.stringMatching(new RegExp(`^\\{"身份证号":"${idOf(1)}","姓名":"\uFFFD+","死亡日期"`, 'u')),
      拒绝原因: expect.stringContaining('[not-text]'),
    });
  });

  it('keeps a character of four bytes in GB 18030, in an object, in what is none, and when it is rejected again', async () => {
    // U+20087, which GBK does not have.
    const rare = Uint8Array.of(0x95, 0x32, 0x82, 0x36);
    const [begin = '', end = ''] = object('王|').split('|');
    const line = (from: string, to: string) => Buffer.concat([bytesIn(from, 'gbk'), rare, bytesIn(`${to}\n`, 'gbk')]);
    const name = `王${textOf(rare, 'gbk')}`;
    const once = await rejectsOf(Buffer.concat([line(begin, end), line('["王', '"]')]), ndjson, 'zh');
    const twice = await rejectsOf(once, ndjson, 'zh');
    for (const bytes of [once, twice]) {
      const lines = (textOf(bytes, 'gbk') ?? '').split('\n');
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ 姓名: name, 拒绝原因: expect.stringContaining('日历上没有') });
      expect(JSON.parse(lines[1] ?? '')).toMatchObject({ 原文: `["${name}"]` });
    }
    expect(once.subarray(0, line(begin, end).length - 2)).toEqual(line(begin, end).subarray(0, -2));
  });
});

describe('every reason', () => {
  it('has a cause and a cure in both languages, and is told with its code', () => {
    for (const { cause, cure } of [...Object.values(rowReasons), ...Object.values(fileReasons)]) {
      expect(Math.min(...[cause.zh, cause.en, cure.zh, cure.en].map(({ length }) => length))).toBeGreaterThan(3);
      // A reason is one cell of a reject file, which is cut off again when the file comes back.
      expect([cause.zh, cause.en, cure.zh, cure.en].join('')).not.toContain('"');
    }
    for (const reason of rowReasonCodes) {
      expect(reasonLine({ reason, column: 'died-on' }, feed, 'en')).toMatch(
        new RegExp(`^死亡日期: .+; .+ \\[${reason}\\]$`, 'u'),
      );
    }
  });
});
