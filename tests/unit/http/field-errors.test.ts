import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf, sayFault } from '../../../adapters/http/field-errors.ts';
import { fault, fieldFaults } from '../../../contracts/field-faults.ts';
import { languages, problems } from '../../../contracts/problems.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { ApplicationId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';

const found = (schema: z.ZodType, input: unknown): string[] => {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? []
    : faultsOf(parsed.error.issues, 'body', input).map(({ field, code }) => `${field} ${code}`);
};

const Shape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
]);

describe('what zod finds', () => {
  it.each([
    ['a date in another form', LocalDate, '1.2.2026', [' date.malformed']],
    ['a day that does not exist', LocalDate, '2026-02-31', [' date.impossible']],
    ['a division of another province', DivisionCode, '11', [' division.malformed']],
    ['an id that is none', ApplicationId, 'app_1', [' id.malformed']],
    ['a branch of a union that nearly fits', Shape, { kind: 'circle', radius: 'x' }, ['/radius type']],
    ['a union without a branch of that name', Shape, { kind: 'star' }, ['/kind enum']],
    ['a union without its discriminator', Shape, {}, ['/kind required']],
    ['a value of no type of a union', z.union([z.number(), z.boolean()]), 'x', [' variant']],
    [
      'the deepest branch of a union',
      z.union([z.string(), z.strictObject({ a: z.int() })]),
      { a: 0.5 },
      ['/a number.fraction'],
    ],
    ['too few entries', z.array(z.string()).min(2), [], [' list.too-short']],
    ['too many entries', z.array(z.string()).max(0), ['x'], [' list.too-long']],
    [
      'an unknown key of a record',
      z.record(z.enum(['a', 'b']), z.number()),
      { a: 1, b: 2, c: 3 },
      ['/c unknown-field'],
    ],
    ['an address that is none', z.email(), 'x', [' format']],
    ['a multiple that is none', z.number().multipleOf(5), 3, [' rule']],
    ['a rule without a code', z.string().refine(() => false), 'x', [' rule']],
    [
      'a rule with a code',
      z.string().refine(() => false, fault('resident-id.check-digit')),
      'x',
      [' resident-id.check-digit'],
    ],
    ['a negative amount', z.int(fault('money.fraction')).min(0, fault('money.negative')), -1, [' money.negative']],
    ['a missing amount', z.strictObject({ a: z.int(fault('money.fraction')) }), {}, ['/a required']],
    ['null for a text', z.string(), null, [' type']],
  ])('is told by its code: %s', (_, schema, input, expected) => {
    expect(found(schema, input)).toEqual(expected);
  });

  it('is cut off after fifty faults', () => {
    expect(
      found(
        z.array(z.string()),
        Array.from({ length: 80 }, () => 1),
      ),
    ).toHaveLength(50);
  });
});

const ofPolicies = { message: 'dates must rise', inForce: 'shanxi-2026.1', earliest: '2026-03-02' };
const ofEmergencies = { division: '140121100', day: '2026-03-02' };

describe('the catalogue', () => {
  it.each(Object.keys(fieldFaults) as (keyof typeof fieldFaults)[])('says %s in full, in both languages', (code) => {
    const values = {
      minimum: 1,
      maximum: 2,
      expected: 'string',
      values: 'a, b',
      line: 3,
      column: 4,
      ...ofPolicies,
      ...ofEmergencies,
    };
    for (const language of languages) {
      const { cause, cure } = sayFault({ field: '', code, values }, language);
      for (const sentence of [cause, cure]) {
        expect(sentence).toMatch(language === 'zh' ? /\p{Script=Han}.*。$/u : /^[A-Z][^\p{Script=Han}]*\.$|: a, b\.$/u);
        expect(sentence).not.toMatch(/[{}…]/u);
      }
    }
  });

  it.each(Object.entries(problems))(
    'gives the problem %s a status, title, cause and cure in both languages',
    (_, problem) => {
      expect(problem.status).toBeGreaterThanOrEqual(400);
      for (const text of [problem.title, problem.cause, problem.cure]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
      }
    },
  );
});
