import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseStrictJson } from '../../../adapters/http/strict-json.ts';

const codeOf = (text: string): string => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? 'accepted' : `${parsed.refusal.code} at ${parsed.refusal.field || 'the top'}`;
};

/** What Node reads; it keeps a zero's sign, which no amount and no count of ours has. */
const parsedByNode = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (Object.is(value, -0) ? 0 : value));

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('strict JSON', () => {
  test.prop([
    fc.json({ maxDepth: 5 }).filter((text) => !/\d{16}|e-?\d|__proto__|constructor|prototype|\\u0000/u.test(text)),
  ])('reads what it accepts exactly as JSON.parse does', (text) => {
    const parsed = parseStrictJson(text);
    fc.pre(parsed.ok);
    expect(parsed).toEqual({ ok: true, value: parsedByNode(text) });
  });

  test.prop([fc.string({ maxLength: 30 })])('never accepts what JSON.parse refuses', (text) => {
    const parsed = parseStrictJson(text);
    if (parsed.ok) expect(() => JSON.parse(text) as unknown).not.toThrow();
    else expect(parsed.refusal.code).toMatch(/^json\./u);
  });

  test.prop([
    fc.constantFrom('{"a":[1,true,null,"x"]}', '{"name":"张三","fen":49600}'),
    fc.nat(),
    fc.string({ minLength: 1, maxLength: 2 }),
  ])('agrees with JSON.parse on damaged documents', (text, at, scrap) => {
    const damaged = text.slice(0, at % text.length) + scrap + text.slice((at % text.length) + 1);
    expect({ text: damaged, isSyntaxError: codeOf(damaged).startsWith('json.syntax') }).toEqual({
      text: damaged,
      isSyntaxError: !isJson(damaged) && !damaged.includes('\uFFFD'),
    });
  });

  test.each([
    ['{"a":1,"a":2}', 'json.duplicate-key at /a'],
    ['{"a":{"b":[0,{"c":1,"\\u0063":2}]}}', 'json.duplicate-key at /a/b/1/c'],
    ['{"__proto__":{}}', 'json.reserved-key at the top'],
    ['{"a":{"constructor":{}}}', 'json.reserved-key at /a'],
    ['{"\\u005f_proto__":{}}', 'json.reserved-key at the top'],
    ['\uFEFF{}', 'json.byte-order-mark at the top'],
    ['{"a":"\\ud800"}', 'json.character at /a'],
    ['{"a":"\\u0000"}', 'json.character at /a'],
    ['{"a":"\uFFFD"}', 'json.encoding at the top'],
    [`${'['.repeat(40)}${']'.repeat(40)}`, 'json.too-deep at /0/0/0'],
    ['{"a":9007199254740993}', 'json.number-precision at /a'],
    ['{"a":100.00000000000000001}', 'json.number-precision at /a'],
    ['{"a":1e400}', 'json.number-precision at /a'],
    ['{"a":1e-400}', 'json.number-precision at /a'],
    ['', 'json.syntax at the top'],
    ['{"a":1,}', 'json.syntax at the top'],
    ['[1,]', 'json.syntax at /1'],
    ["{'a':1}", 'json.syntax at the top'],
    ['{"a":01}', 'json.syntax at the top'],
    ['{"a":NaN}', 'json.syntax at /a'],
    ['{"a":"\n"}', 'json.syntax at /a'],
    ['{} {}', 'json.syntax at the top'],
    ['{"a":1} // note', 'json.syntax at the top'],
  ])('refuses %j as %s', (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });

  test('names line and column of a syntax error', () => {
    expect(parseStrictJson('{\n  "a": 1\n  "b": 2\n}')).toEqual({
      ok: false,
      refusal: { field: '', code: 'json.syntax', values: { line: 3, column: 3 } },
    });
  });

  test('keeps ordinary numbers, also those with an exponent', () => {
    expect(parseStrictJson('[-0, 1.5, 2e3, 1000000000000, 1.000]')).toEqual({
      ok: true,
      value: [0, 1.5, 2000, 1_000_000_000_000, 1],
    });
  });
});
