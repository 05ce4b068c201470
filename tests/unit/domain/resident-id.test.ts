import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { checkCharacterOf, parseResidentId } from '../../../domain/people/resident-id.ts';

const today = LocalDate.parse('2026-11-24');
const withCheck = (digits17: string): string => digits17 + checkCharacterOf(digits17);
const faultOf = (text: string, on = today): string => {
  const parsed = parseResidentId(text, on);
  return parsed.ok ? 'none' : parsed.fault;
};

const validIds = fc
  .record({
    block: fc.constantFrom('149901', '149987', '110105', '142301', '820000'),
    day: fc.integer({ min: Date.UTC(1907, 0, 1), max: Date.UTC(2026, 10, 24) }),
    sequence: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ block, day, sequence }) => {
    const born = new Date(day).toISOString().slice(0, 10).replaceAll('-', '');
    return withCheck(block + born + String(sequence).padStart(3, '0'));
  });

describe('a resident ID', () => {
  it("reads the standard's two examples", () => {
    expect(parseResidentId('11010519491231002X', today)).toStrictEqual({
      ok: true,
      value: { id18: '11010519491231002X', birthDate: '1949-12-31', sex: 'female', original15: null, warnings: [] },
    });
    expect(parseResidentId('440524188001010014', LocalDate.parse('1999-07-01'))).toMatchObject({
      ok: true,
      value: { birthDate: '1880-01-01', sex: 'male' },
    });
  });

  it('accepts full-width digits, spaces and a small x, and answers the plain form', () => {
    for (const text of [
      '１１０１０５１９４９１２３１００２Ｘ',
      '11010519491231002x',
      ' 110105 19491231 002X ',
      '１１０１０５１９４９１２３１００２ｘ',
    ]) {
      expect(parseResidentId(text, today)).toMatchObject({ ok: true, value: { id18: '11010519491231002X' } });
    }
  });

  it('converts fifteen digits and keeps the original', () => {
    expect(parseResidentId('110105491231002', today)).toStrictEqual({
      ok: true,
      value: {
        id18: '11010519491231002X',
        birthDate: '1949-12-31',
        sex: 'female',
        original15: '110105491231002',
        warnings: [],
      },
    });
  });

  it('asks for no current county of Shanxi: the address is that of first registration', () => {
    for (const block of ['142301', '149999', '659001', '910000']) {
      expect(faultOf(withCheck(`${block}19900101001`))).toBe('none');
    }
  });

  it.each([
    ['a text of another length', '1101051949123100', 'length'],
    ['nothing', '', 'length'],
    ['letters among the digits', '1101O519491231002X', 'characters'],
    ['an X that is not the last', '11010519491231X02X', 'characters'],
    ['an X in fifteen digits', '11010549123100X', 'characters'],
    ['digits of another script', '११०१०५१९४९१२३१००२X', 'characters'],
    ['a province that does not exist', withCheck('00010519491231002'), 'address'],
    ['31 February', withCheck('14990119900231001'), 'birth-date'],
    ['29 February of a common year', withCheck('14990119010229001'), 'birth-date'],
    ['month 13', withCheck('14990119901301001'), 'birth-date'],
    ['a birth tomorrow', withCheck('14990120261125001'), 'future'],
    ['a birth more than 120 years ago', withCheck('14990119051124001'), 'too-old'],
    ['a wrong check digit', '110105194912310021', 'check-digit'],
    ['an impossible day in fifteen digits', '149901900231001', 'birth-date'],
  ])('refuses %s', (_what, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('accepts a birth today and an age of exactly 120', () => {
    expect(faultOf(withCheck('14990120261124001'))).toBe('none');
    expect(faultOf(withCheck('14990119061124001'))).toBe('none');
    expect(faultOf(withCheck('14990120240229001'))).toBe('none');
  });

  it('warns of sequence 000 and refuses it not', () => {
    expect(parseResidentId(withCheck('14990119900101000'), today)).toMatchObject({
      ok: true,
      value: { warnings: ['sequence-000'], sex: 'female' },
    });
  });

  it('catches every single wrong character', () => {
    fc.assert(
      fc.property(validIds, fc.nat(17), fc.nat(10), (id, at, by) => {
        const character = '0123456789X'.charAt(by);
        fc.pre(id.charAt(at) !== character);
        expect(parseResidentId(id.slice(0, at) + character + id.slice(at + 1), today).ok).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  it('catches every swap of neighbours', () => {
    fc.assert(
      fc.property(validIds, fc.nat(16), (id, at) => {
        fc.pre(id.charAt(at) !== id.charAt(at + 1));
        const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
        expect(parseResidentId(swapped, today).ok).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  it('answers for any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(typeof parseResidentId(text, today).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
