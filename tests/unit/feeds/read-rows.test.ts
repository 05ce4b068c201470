import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { bytesOf as bytesIn } from '../../../adapters/feeds/text-encoding.ts';
import { csv, deathHeadings, deathRow, feedNamed, idOf, ndjson, rowsOf, survey, wordsOf } from './feed-files.ts';

const one = async (cells: string, dataset?: string, headings = deathHeadings): Promise<string> =>
  wordsOf(await rowsOf(`${headings}\n${cells}\n`, dataset === undefined ? {} : { dataset }))[0] ?? 'no row';

describe('a row in order', () => {
  it('says what may change, with unit and day', async () => {
    const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额,是否重特大疾病';
    const text = `${headings}\n${idOf(1)},王某,JS1,2026-10-02,"1,234.50",45678.9,是\n`;
    expect(await rowsOf(text, { dataset: 'hospital-bills' })).toEqual([
      {
        outcome: 'valid',
        row: {
          rowNumber: 1,
          residentId: idOf(1),
          asOf: '2026-10-02',
          residence: null,
          death: null,
          facts: [
            { kind: 'expenditure.medical', value: 4_567_890, unit: 'fen-per-12-months', asOf: '2026-10-02' },
            { kind: 'illness.major', value: true, unit: 'yes-no', asOf: '2026-10-02' },
            { kind: 'hospital.stay-self-paid', value: 123_450, unit: 'fen', asOf: '2026-10-02' },
          ],
        },
      },
    ]);
  });

  test.each([
    ['140105', '140105'],
    ['140105001', '140105001'],
    ['140105001003', '140105001'],
    ['140105000000', '140105'],
    [' １４０１０５ ', '140105'],
    ['110105', '110105'],
    ['', null],
  ])('says where the person lives: %s', async (written, residence) => {
    const headings = '身份证号,姓名,监测类别,认定日期,居住地区划代码';
    const rows = await rowsOf(`${headings}\n${idOf(1)},甲,边缘易致贫户,2026-10-02,${written}\n`, {
      dataset: 'poverty-return-list',
    });
    expect(rows).toMatchObject([{ outcome: 'valid', row: { residence } }]);
  });

  it('says where the person lives as a number of JSON too', async () => {
    const row = {
      '身份证号': idOf(1),
      '姓名': '甲',
      '监测类别': '边缘易致贫户',
      '认定日期': '2026-10-02',
      '居住地区划代码': 140_105_001,
    };
    const rows = await rowsOf(`${JSON.stringify(row)}\n`, { dataset: 'poverty-return-list', form: ndjson });
    expect(rows).toMatchObject([{ outcome: 'valid', row: { residence: '140105001' } }]);
  });

  it('says that the person has died, and when', async () => {
    const [row] = await rowsOf(`${deathHeadings}\n${deathRow(3)}\n`);
    expect(row).toMatchObject({ row: { residentId: idOf(3), facts: [], death: { diedOn: '2026-10-04' } } });
  });

  it('says a death of the household registration only where it ended by one', async () => {
    const headings = '身份证号,姓名,户籍状态,死亡日期,变动日期';
    const text = `${headings}\n${idOf(1)},甲,死亡注销,2026-10-01,2026-10-02\n${idOf(2)},乙,迁出,,2026-10-02\n${idOf(3)},丙,死亡注销,,2026-10-02\n`;
    const rows = await rowsOf(text, { dataset: 'household-registration' });
    expect(rows[0]).toMatchObject({ row: { death: { diedOn: '2026-10-01' } } });
    expect(rows[1]).toMatchObject({ row: { death: null, facts: [] } });
    expect(wordsOf(rows)[2]).toBe('required-missing died-on');
  });

  it('reads a disability by number or word', async () => {
    const headings = '身份证号,姓名,残疾类别,残疾等级,发证日期';
    const text = `${headings}\n${idOf(1)},甲,4,1,2020-01-02\n${idOf(2)},乙,精神残疾,二级,2020年1月2日\n`;
    const rows = await rowsOf(text, { dataset: 'disability-certificates' });
    expect(rows).toMatchObject([
      { row: { facts: [{ value: { category: 'physical', level: 1 } }] } },
      { row: { facts: [{ value: { category: 'psychiatric', level: 2 }, asOf: '2020-01-02' }] } },
    ]);
  });

  it('may have its columns in another order, and leave out what is not required', async () => {
    const text = `死亡日期,登记日期,姓名,身份证号\n2026-10-01,2026-10-02,甲,${idOf(9)}\n`;
    expect(await rowsOf(text)).toMatchObject([
      { row: { residentId: idOf(9), death: { diedOn: '2026-10-01', name: '甲' } } },
    ]);
  });

  it('may have full-width digits, blanks around its cells and a small x', async () => {
    const id = Array.from({ length: 900 }, (_, number) => idOf(number)).find((text) => text.endsWith('X')) ?? '';
    const wide = id.replaceAll(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const text = `${deathHeadings}\n ${wide.toLowerCase()}\t,甲,２０２６－１０－０１,2026/10/2,\n`;
    expect(await rowsOf(text)).toMatchObject([{ row: { residentId: id, death: { diedOn: '2026-10-01' } } }]);
  });
});

describe('a row is rejected with its reason', () => {
  const id = idOf(7);
  test.each([
    ['1.4990119900101E+17,甲,2026-10-01,2026-10-02,', 'id-scientific resident-id'],
    ['149901900101001,甲,2026-10-01,2026-10-02,', 'id-15-digits resident-id'],
    [`${id.slice(0, 17)}${id.endsWith('0') ? '1' : '0'},甲,2026-10-01,2026-10-02,`, 'id-check-digit resident-id'],
    [`${id}0,甲,2026-10-01,2026-10-02,`, 'id-length resident-id'],
    ['14990119900231001X,甲,2026-10-01,2026-10-02,', 'id-birth-date resident-id'],
    [',甲,2026-10-01,2026-10-02,', 'required-missing resident-id'],
    [`="${id}",甲,2026-10-01,2026-10-02,`, 'quote-misplaced'],
    [`"=""${id}""",甲,2026-10-01,2026-10-02,`, 'formula resident-id'],
    [`${id},=cmd|' /C calc'!A0,2026-10-01,2026-10-02,`, 'formula name'],
    [`${id},-2+3,2026-10-01,2026-10-02,`, 'formula name'],
    [`${id},甲,2026-02-31,2026-10-02,`, 'date-impossible died-on'],
    [`${id},甲,四月一日,2026-10-02,`, 'date-form died-on'],
    [`${id},甲,1901-01-01,2026-10-02,`, 'date-before-birth died-on'],
    [`${id},甲,2026-10-01,2026-10-02`, 'columns-too-few'],
    [`${id},甲,2026-10-01,2026-10-02,,`, 'columns-too-many'],
    [`${id},"甲"乙,2026-10-01,2026-10-02,`, 'quote-misplaced'],
    [`${id},"甲,2026-10-01,2026-10-02,`, 'quote-misplaced'],
    [`${id},${'很'.repeat(101)},2026-10-01,2026-10-02,`, 'text-too-long name'],
    [`${id},甲\u0007,2026-10-01,2026-10-02,`, 'not-text name'],
    [`${id},${'很'.repeat(30_000)},2026-10-01,2026-10-02,`, 'row-too-long'],
  ])('%.60s: %s', async (cells, expected) => {
    expect(await one(cells)).toBe(expected);
  });

  const bills = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
  test.each([
    ['1.005', 'amount-too-fine self-paid'],
    ['1.500', 'valid'],
    ['"1,23"', 'amount-form self-paid'],
    ['1.2E+5', 'amount-form self-paid'],
    ['-5.00', 'amount-negative self-paid'],
    ['10000000000.01', 'amount-too-high self-paid'],
    ['10000000000', 'valid'],
    ['一百', 'amount-form self-paid'],
    ['=1+1', 'formula self-paid'],
  ])('amount %s: %s', async (amount, expected) => {
    expect(await one(`${id},甲,JS,2026-10-01,${amount},0`, 'hospital-bills', bills)).toBe(expected);
  });

  test.each([
    ['1.5', 'count-form household-vehicles'],
    ['2.0', 'valid'],
    ['1001', 'count-too-high household-vehicles'],
    ['-1', 'count-form household-vehicles'],
  ])('count %s: %s', async (count, expected) => {
    expect(await one(`${id},甲,${count},2026-10-01`, 'vehicles', '身份证号,姓名,本户机动车数量,统计日期')).toBe(
      expected,
    );
  });

  test.each([
    ['14', 'division-form residence'],
    ['1401', 'division-form residence'],
    ['140100', 'division-form residence'],
    ['140000', 'division-form residence'],
    ['990105', 'valid'],
    ['000105', 'division-form residence'],
    ['14010500', 'division-form residence'],
    ['1401050011', 'division-form residence'],
    ['1.40105E+8', 'division-form residence'],
    ['小店区', 'division-form residence'],
    ['=140105', 'formula residence'],
  ])('division %s: %s', async (division, expected) => {
    const headings = '身份证号,姓名,监测类别,认定日期,居住地区划代码';
    expect(await one(`${id},甲,边缘易致贫户,2026-10-01,${division}`, 'poverty-return-list', headings)).toBe(expected);
  });

  it('as its day is still to come', async () => {
    const rows = await rowsOf(`${deathHeadings}\n${deathRow(1)}\n${id},甲,2026-10-01,2026-11-27,\n`);
    expect(wordsOf(rows)).toEqual(['valid', 'date-future registered-on']);
  });

  it('as one of its code words is none', async () => {
    const headings = '身份证号,姓名,登记类别,登记日期,登记字号';
    expect(await one(`${id},甲,订婚,2026-10-01,A1`, 'marriages', headings)).toBe('code-unknown status');
  });

  it('as a duplicate where a valid row before it has the key, and not where that row is rejected itself', async () => {
    const rows = [
      deathRow(1),
      deathRow(2),
      deathRow(1),
      `${idOf(3)},甲,2026-02-31,2026-10-02,`,
      deathRow(3),
      deathRow(3),
    ];
    expect(wordsOf(await rowsOf(`${deathHeadings}\n${rows.join('\n')}`))).toEqual([
      ...['valid', 'valid', 'duplicate', 'date-impossible died-on', 'valid', 'duplicate'],
    ]);
  });

  it('with its own bytes, and a stray quote costs one line', async () => {
    const bad = `${idOf(2)},"甲,2026-10-01,2026-10-02,`;
    const rows = await rowsOf(`${deathHeadings}\r\n${deathRow(1)}\r\n${bad}\r\n${deathRow(3)}\r\n`);
    expect(wordsOf(rows)).toEqual(['valid', 'quote-misplaced', 'valid']);
    const written = rows[1]?.outcome === 'rejected' ? rows[1].rejected.written : new Uint8Array();
    expect(new TextDecoder().decode(written)).toBe(bad);
  });
});

describe('a file is refused as a whole', () => {
  const refused = async (text: string | Uint8Array, given = {}) => {
    const surveyed = await survey(text, given);
    return surveyed.ok ? 'read' : surveyed.fault.reason;
  };
  it('of no byte, or of a byte order mark alone', async () => {
    expect(await refused('')).toBe('file-empty');
    expect(await refused('\uFEFF')).toBe('file-empty');
    expect(await refused('\n\r\n\n')).toBe('file-empty');
  });
  it('of another dataset, naming the headings', async () => {
    const surveyed = await survey(`身份证号,姓名,车牌\n${idOf(1)},甲,晋A\n`);
    expect(surveyed).toEqual({
      ok: false,
      fault: {
        reason: 'wrong-dataset',
        detail: { zh: '缺少：死亡日期、登记日期; 多出：车牌', en: 'missing: 死亡日期、登记日期; unknown: 车牌' },
        missing: ['死亡日期', '登记日期'],
      },
    });
    expect(await refused('{"车牌":"晋A"}\n', { form: ndjson })).toBe('wrong-dataset');
  });
  it('of another dataset in NDJSON, though it has the ID and the name that every dataset has', async () => {
    const [id, name, died] = ['"身份证号":"1"', '"姓名":"甲"', '"死亡日期":"2026-10-02"'];
    const first = (...fields: readonly string[]) => refused(`{${fields.join(',')}}\n`, { form: ndjson });
    expect(await first(id, name)).toBe('wrong-dataset');
    expect(await first(id, name, '"登记时间":"2026-10-02"', died)).toBe('wrong-dataset');
    // One that only lacks something, or has a field too many, is a bad row of the dataset.
    expect(await first(id, died)).toBe('read');
    expect(await first(id, name, died, '"登记日期":"2026-10-02"', '"车牌":"晋A"')).toBe('read');
    expect(await first(id, died, '"拒绝原因":"列数少于表头"')).toBe('read');
  });
  it('without headings, and then nothing of its first row is told', async () => {
    const row = `${idOf(1)},王甲,2026-10-02,2026-10-20,王甲`;
    for (const [text, form] of [
      [`${row}\n`, csv],
      [`{"${row.replaceAll(',', '":1,"')}":1}\n`, ndjson],
    ] as const) {
      const surveyed = await survey(text, { form });
      expect(surveyed).toMatchObject({
        fault: { reason: 'wrong-dataset', missing: ['身份证号', '姓名', '死亡日期', '登记日期'] },
      });
      expect(JSON.stringify(surveyed)).not.toMatch(/王甲|\d{17}/u);
    }
  });
  it('neither UTF-8 nor GBK', async () => {
    expect(await refused(Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x0a))).toBe('encoding-unknown');
  });
  it('with a gzip that is cut off, damaged or none', async () => {
    const whole = gzipSync(`${deathHeadings}\n${Array.from({ length: 500 }, (_, at) => deathRow(at)).join('\n')}\n`);
    const form = { format: 'csv', gzip: true } as const;
    expect(await refused(whole, { form })).toBe('read');
    expect(await refused(whole.subarray(0, whole.length - 9), { form })).toBe('gzip-broken');
    expect(await refused(new TextEncoder().encode(deathHeadings), { form })).toBe('gzip-broken');
  });
  it('of next year', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => `${idOf(at)},甲,2027-01-01,2027-01-02,`);
    expect(await refused(`${deathHeadings}\n${rows.join('\n')}\n`)).toBe('of-days-to-come');
    expect(await refused(`${deathHeadings}\n${rows.join('\n')}\n${deathRow(9)}\n`)).toBe('read');
  });
});

describe('a file in another form has the same rows', () => {
  const lines = [deathRow(1), deathRow(2), `${idOf(3)},王·某,2026-13-01,2026-10-02,`, deathRow(1)];
  const text = `${deathHeadings}\n${lines.join('\n')}\n`;
  const withoutBytes = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
    rows.map((row) => (row.outcome === 'valid' ? row : { ...row.rejected, written: null }));

  it('with a byte order mark, with CRLF, in GBK, in gzip', async () => {
    const expected = withoutBytes(await rowsOf(text));
    expect(withoutBytes(await rowsOf(`\uFEFF${text}`))).toEqual(expected);
    expect(withoutBytes(await rowsOf(text.replaceAll('\n', '\r\n')))).toEqual(expected);
    expect(withoutBytes(await rowsOf(bytesIn(text, 'gbk')))).toEqual(expected);
    expect(withoutBytes(await rowsOf(gzipSync(text), { form: { ...csv, gzip: true } }))).toEqual(expected);
  });

  it('as NDJSON, in UTF-8 and in GBK, with escapes, numbers and fields in any order', async () => {
    const objects = [
      `{"身份证号":"${idOf(1)}","姓名":"王某","死亡日期":"2026-10-02","登记日期":"2026-10-20","死亡证明编号":null}`,
      `{ "姓名" : "\\u738b某" , "登记日期":"2026\\/10\\/20","死亡日期":20261003,"身份证号":"${idOf(2)}", "死亡证明编号":"A\\"1" }`,
    ];
    const expected = withoutBytes(await rowsOf(`${deathHeadings}\n${deathRow(1)}\n${deathRow(2)}\n`));
    const lines2 = `${objects.join('\n')}\n`;
    expect(withoutBytes(await rowsOf(lines2, { form: ndjson }))).toEqual(expected);
    expect(withoutBytes(await rowsOf(bytesIn(lines2, 'gbk'), { form: ndjson }))).toEqual(expected);
  });

  test.each([
    ['[1]', 'json-form'],
    ['{"姓名":', 'json-form'],
    ['{"姓名":["甲"]}', 'json-form'],
    ['{"姓名":"甲"} x', 'json-form'],
    ['{"姓名":"甲","姓名":"乙"}', 'field-repeated'],
    ['{"姓名":"甲","车牌":"晋A"}', 'field-unknown'],
    ['{"姓名":"甲"}', 'required-missing resident-id'],
    ['{"身份证号":1.49901199001010010e17,"姓名":"甲"}', 'id-scientific resident-id'],
  ])('but for lines such as %s: %s', async (line, expected) => {
    const first = `{"身份证号":"${idOf(1)}","姓名":"王某","死亡日期":"2026-10-02","登记日期":"2026-10-20"}`;
    expect(wordsOf(await rowsOf(`${first}\n${line}\n`, { form: ndjson }))[1]).toBe(expected);
  });
});

test('a key is the same however its cells are written', async () => {
  const wide = idOf(5).replaceAll(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const text = `${deathHeadings}\n${deathRow(5)}\n${wide},王某,2026-10-01,2026-10-02,\n`;
  expect(wordsOf(await rowsOf(text))).toEqual(['valid', 'duplicate']);
  expect(feedNamed('deaths').key).toEqual(['resident-id']);
});
