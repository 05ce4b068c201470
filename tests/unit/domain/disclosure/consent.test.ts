import { describe, expect, test } from 'vitest';
import { adultsWithoutConsent, consentInForce } from '../../../../domain/applications/consent.ts';
import { LocalDate } from '../../../../domain/dates.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { recordsOf } from '../../../support/records.ts';

const { household: roster, personId } = recordsOf('consent');
const day = (text: string) => LocalDate.parse(text);
const given = (givenOn: string, expiresOn: string) => ({ personId, givenOn: day(givenOn), expiresOn: day(expiresOn) });

describe('a consent', () => {
  test.each([
    ['2026-01-31', 'expired'],
    ['2026-02-01', 'in-force'],
    ['2026-02-28', 'in-force'],
    ['2026-03-01', 'expired'],
  ])('of February stands on %s as %s', (on, standing) => {
    expect(consentInForce([given('2026-02-01', '2026-02-28')], personId, day(on))).toBe(standing);
  });

  test('is missing where nobody gave one, or somebody else did', () => {
    expect(consentInForce([], personId, day('2026-02-10'))).toBe('missing');
    const other = { ...given('2026-02-01', '2026-02-28'), personId: `per_${'1'.repeat(32)}` as never };
    expect(consentInForce([other], personId, day('2026-02-10'))).toBe('missing');
  });

  test('that was renewed holds, though an older one ran out', () => {
    const consents = [given('2025-01-01', '2025-12-31'), given('2026-01-01', '2026-12-31')];
    expect(consentInForce(consents, personId, day('2026-02-10'))).toBe('in-force');
  });
});

describe('adults without consent', () => {
  const on = day('2026-03-12');
  const [only] = roster.household.members;
  if (only === undefined) throw new Error('a household has a member');
  const withMember = (changes: Partial<typeof only>): Household => ({
    ...roster.household,
    members: [{ ...only, ...changes }],
  });
  test.each([
    ['an adult of eighteen today', { birthDate: day('2008-03-12') }, 1],
    ['someone of eighteen tomorrow', { birthDate: day('2008-03-13') }, 0],
    ['someone who has died', { deceasedOn: day('2026-01-01') }, 0],
    ['someone who is not counted', { notCounted: 'imprisoned' as const }, 0],
  ])('count %s', (_who, changes, expected) => {
    expect(adultsWithoutConsent(withMember(changes), [], on)).toHaveLength(expected);
  });
});
