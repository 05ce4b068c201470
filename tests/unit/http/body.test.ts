import { describe, expect, it } from 'vitest';
import { succeed } from '../../../contracts/outcome.ts';
import { ask, completion, eventOf, faultIn, problemOf, taskOperations } from './gateway.ts';

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

describe('the body of a request', () => {
  it('is accepted when the gateway hands it over as base64', async () => {
    const answer = await ask(completion(utf8('{"outcome":"done"}'), { base64: true }));
    expect(answer.status).toBe(200);
  });

  it.each([
    ['application/json; charset=utf-8', 200],
    ['Application/JSON;charset="UTF-8"', 200],
    ['application/json; charset=gb18030', 415],
    ['text/plain', 415],
    ['application/jsonp', 415],
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('with content type %j is answered with %i', async (contentType, status) => {
    const answer = await ask(completion('{"outcome":"done"}', { headers: { 'content-type': contentType } }));
    expect(answer.status).toBe(status);
  });

  it('is refused when it is compressed', async () => {
    const answer = await ask(completion('{"outcome":"done"}', { headers: { 'content-encoding': 'gzip' } }));
    expect(problemOf(answer).code).toBe('unsupported-media-type');
  });

  it.each([
    ['plain', false],
    ['base64', true],
  ])('of 65,536 bytes is read and one byte more is refused (%s)', async (_, base64) => {
    const padded = (bytes: number) => `{"outcome":"done"${' '.repeat(bytes - 18)}}`;
    const send = (text: string) => ask(completion(base64 ? utf8(text) : text, { base64 }));
    expect((await send(padded(65_536))).status).toBe(200);
    expect(problemOf(await send(padded(65_537)))).toMatchObject({ code: 'body-too-large', status: 413 });
  });

  it('of 10 MB is refused before it is read', async () => {
    const answer = await ask(completion('['.repeat(10_000_000)));
    expect(problemOf(answer)).toMatchObject({ code: 'body-too-large', status: 413 });
  });

  it('in GBK is refused for its encoding', async () => {
    const gbk = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xd5, 0xc5, 0x22, 0x7d]).toString('base64');
    expect(problemOf(await ask(completion(gbk, { base64: true })))).toMatchObject({
      code: 'malformed-json',
      faults: [faultIn('', 'json.encoding')],
    });
  });

  it('with a byte order mark is refused, plain and as base64', async () => {
    const text = '\uFEFF{"outcome":"done"}';
    const expected = { code: 'malformed-json', faults: [faultIn('', 'json.byte-order-mark')] };
    expect(problemOf(await ask(completion(text)))).toMatchObject(expected);
    expect(problemOf(await ask(completion(utf8(text), { base64: true })))).toMatchObject(expected);
  });

  it('with a field given twice is refused and nothing is done', async () => {
    let calls = 0;
    const operations = taskOperations(async () => {
      calls += 1;
      return succeed({ taskId: '' });
    });
    const answer = await ask(completion('{"outcome":"done","outcome":"returned"}'), operations);
    expect(problemOf(answer)).toMatchObject({ status: 400, faults: [faultIn('/outcome', 'json.duplicate-key')] });
    expect(calls).toBe(0);
  });

  it('is missed where it is needed', async () => {
    const { body: _, ...event } = eventOf(completion(''));
    expect(problemOf(await ask({ event }))).toMatchObject({
      code: 'validation-failed',
      faults: [faultIn('', 'body.missing')],
    });
  });

  it('is refused where none is taken', async () => {
    const path = completion('').path?.replace('completion', 'extension') ?? '';
    expect(problemOf(await ask({ method: 'POST', path, body: '{}' })).faults).toEqual([faultIn('', 'body.unexpected')]);
  });
});

describe('the fields of a body', () => {
  it.each([
    [
      { outcome: 'done', extra: 1 },
      '/extra',
      'unknown-field',
      '没有此名称的字段。',
      'There is no field of that name here.',
    ],
    [{}, '/outcome', 'required', '缺少该字段。', 'The field is missing.'],
    [{ outcome: 'perhaps' }, '/outcome', 'enum', '不是允许的值。', 'It is not one of the allowed values.'],
    [{ outcome: 'done', savings: -1 }, '/savings', 'number.negative', '不得为负数。', 'It must not be negative.'],
    [{ outcome: 'done', savings: 1.5 }, '/savings', 'number.fraction', '必须是整数。', 'It must be a whole number.'],
    [
      { outcome: 'done', savings: '1' },
      '/savings',
      'type',
      '类型不符，应为 number。',
      'The type is wrong; number is expected.',
    ],
    [
      { outcome: 'done', savings: 1e14 },
      '/savings',
      'number.too-big',
      '大于允许的最大值 1000000000000。',
      'It is above the most allowed, 1000000000000.',
    ],
    [
      { outcome: 'done', note: 'x'.repeat(21) },
      '/note',
      'text.too-long',
      '多于 20 个字符。',
      'It has more than 20 characters.',
    ],
    [
      { outcome: 'done', division: '150000' },
      '/division',
      'division.malformed',
      '须为山西省行政区划代码：以 14 开头的 2、4、6 或 9 位数字。',
      'It must be a division of Shanxi: 2, 4, 6 or 9 digits that begin with 14.',
    ],
    [
      { outcome: 'done', people: [{ name: '', residentId: '1' }] },
      '/people/0/name',
      'text.too-short',
      '少于 1 个字符。',
      'It has fewer than 1 characters.',
    ],
    [[], '', 'type', '类型不符，应为 object。', 'The type is wrong; object is expected.'],
  ])('are refused by place, cause and cure, in zh and en: %j', async (body, field, code, zh, en) => {
    for (const [language, cause] of [
      ['zh-CN', zh],
      ['en-GB', en],
    ] as const) {
      const answer = await ask(completion(body, { headers: { 'accept-language': language } }));
      const problem = problemOf(answer);
      expect(problem).toMatchObject({ code: 'validation-failed', status: 400 });
      expect(problem.errors?.[0]).toMatchObject({ in: 'body', field, code, cause });
      expect(problem.errors?.[0]?.cure).not.toMatch(/[{}…]/u);
      expect(answer.headers['content-language']).toBe(language.slice(0, 2));
    }
  });

  it('are all named in one answer', async () => {
    const answer = await ask(completion({ people: [{ name: '', residentId: 'x' }], savings: -1, more: 1 }));
    expect(problemOf(answer).faults).toEqual([
      'body /outcome required',
      'body /people/0/name text.too-short',
      'body /people/0/residentId resident-id.length',
      'body /savings number.negative',
      'body /more unknown-field',
    ]);
  });
});
