import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { Month } from '../../../domain/assistance/period.ts';
import { LocalDate } from '../../../domain/dates.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import { paymentLineStates } from '../../../domain/lifecycles/payment-run.ts';
import { fen } from '../../../domain/money.ts';
import { accountFor, isWellFormedAccount } from '../../../domain/payments/account.ts';
import { checkLine, type LineFacts } from '../../../domain/payments/check-line.ts';
import { correctionKinds, mayCorrect, mostCorrections, standingOf } from '../../../domain/payments/corrections.ts';
import { type DueLine, dueIn, payableLines } from '../../../domain/payments/due-lines.ts';
import { heldReasons, heldReasonTexts } from '../../../domain/payments/held-reasons.ts';
import { addLines, addSums, noTotals, sumsOf } from '../../../domain/payments/totals.ts';
import { recordsOf } from '../../support/records.ts';

const { household, determination, personId } = recordsOf('payments');
const month = Month.parse('2026-03');
const day = (text: string) => LocalDate.parse(text);
const decided = (changes: Partial<Determination>): Determination => ({
  ...determination,
  ...{ decidedOn: day('2026-02-10'), payableFrom: day('2026-03-01') },
  ...changes,
});

const anyLine = fc
  .record({
    item: fc.constantFrom('one', 'other', 'third'),
    amount: fc.integer({ min: 0, max: 1_000_000 }).map(fen),
    state: fc.constantFrom(...paymentLineStates),
    reasons: fc.uniqueArray(fc.constantFrom(...heldReasons), { minLength: 1 }),
  })
  .map((line) => ({ ...line, reasons: line.state === 'held' ? line.reasons : [] }));

describe('control totals', () => {
  property.prop([fc.array(anyLine), fc.nat()])(
    'add up in lines and fen, per item and in all, however the list is cut into pages',
    (lines, cut) => {
      const at = lines.length === 0 ? 0 : cut % lines.length;
      const totals = addLines(addLines(noTotals, lines.slice(0, at)), lines.slice(at));
      expect(totals).toEqual(addLines(noTotals, lines));
      const sums = sumsOf(totals);
      const all = lines.reduce((sum, { amount }) => sum + amount, 0);
      expect(sums.listed).toEqual({ lines: lines.length, fen: all });
      expect(addSums(sums.ready, sums.held, sums.released)).toEqual(sums.listed);
      expect(
        addSums(...totals.reasons.map(({ lines: count, fen: amount }) => ({ lines: count, fen: amount }))),
      ).toEqual(sums.held);
      for (const each of totals.items) {
        const own = lines.filter(({ item }) => item === each.item);
        expect(addSums(each.ready, each.held, each.released).lines).toBe(own.length);
      }
    },
  );

  test('count a line that is held for two reasons once, under the graver', () => {
    const line = { item: 'one', amount: fen(5), state: 'held', reasons: ['account-missing', 'deceased'] } as const;
    const { reasons } = addLines(noTotals, [{ ...line, reasons: [...line.reasons] }]);
    expect(reasons).toEqual([{ reason: 'deceased', lines: 1, fen: 5 }]);
  });
});

describe('what is due in a month', () => {
  test('begins in the month after the decision', () => {
    const standing = decided({ payableFrom: day('2026-04-01') });
    expect(dueIn(month, standing, [])).toBeUndefined();
    expect(dueIn(Month.parse('2026-04'), standing, [])).toMatchObject({ ended: false });
  });

  test('is by the decision before while the new one is not payable yet', () => {
    const before = decided({ payableFrom: day('2025-10-01') });
    const standing = decided({ payableFrom: day('2026-04-01') });
    expect(dueIn(month, standing, [before])).toEqual({ determination: before, ended: false });
  });

  test('is listed for the month of a refusal and the next, as ended, and then no more', () => {
    const before = decided({ payableFrom: day('2025-10-01') });
    const refusal = decided({ outcome: 'refused', payableFrom: null, decidedOn: day('2026-02-25') });
    for (const [each, ended] of [
      ['2026-02', true],
      ['2026-03', true],
    ] as const)
      expect(dueIn(Month.parse(each), refusal, [before])).toEqual({ determination: before, ended });
    expect(dueIn(Month.parse('2026-04'), refusal, [before])).toBeUndefined();
  });

  test('is not by a decision of a new policy that the county has not looked at', () => {
    const waiting = {
      cause: { kind: 'policy-version' as const, runId: 'act_1' as never },
      previous: null,
      state: 'awaiting-check' as const,
    };
    const before = decided({ payableFrom: day('2025-10-01'), change: waiting });
    expect(dueIn(month, decided({ payableFrom: day('2026-04-01') }), [before])).toBeUndefined();
  });

  test('are the monthly items, the household’s shared by who was counted and has no tier of their own', () => {
    const other = `per_${'b'.repeat(32)}` as never;
    const lines = payableLines(
      decided({
        memberTiers: [
          { personId, tier: 'AS_HOUSEHOLD' },
          { personId: other, tier: 'EXTREME_HARDSHIP' },
        ],
        entitlements: [
          { item: 'minimum-living-allowance', personId: null, amount: fen(100), period: 'month' },
          { item: 'extreme-hardship.care', personId: other, amount: fen(200), period: 'month' },
          { item: 'nothing', personId: other, amount: fen(0), period: 'month' },
        ],
      }),
    );
    expect(lines.map(({ item, persons }) => [item, persons])).toEqual([
      ['minimum-living-allowance', [personId]],
      ['extreme-hardship.care', [other]],
    ]);
  });
});

describe('a line', () => {
  const line: DueLine = { item: 'minimum-living-allowance', personId: null, amount: fen(100), persons: [personId] };
  const sound: LineFacts = {
    household: household.household,
    contacts: [{ personId, phone: null, account: { bank: '测试银行', number: '12345678' } }],
    entitlement: 'stands',
    chain: { recordable: true, duplicate: false, excluded: false },
  };
  const member = (changes: object): LineFacts => ({
    ...sound,
    household: {
      ...sound.household,
      members: sound.household.members.map((each) => ({ ...each, ...changes })),
    },
  });

  test('against which nothing stands is not held', () => {
    expect(checkLine(line, sound)).toEqual([]);
  });

  test.each([
    ['deceased', member({ deceasedOn: day('2026-03-01') })],
    ['in-custody', member({ notCounted: 'imprisoned' })],
    ['in-custody', member({ notCounted: 'compulsory-drug-treatment' })],
    ['declared-missing', member({ notCounted: 'declared-missing' })],
    ['not-a-member', member({ personId: `per_${'c'.repeat(32)}` })],
    ['no-longer-entitled', { ...sound, entitlement: 'ended' }],
    ['decision-changed', { ...sound, entitlement: 'replaced' }],
    ['duplicate', { ...sound, chain: { ...sound.chain, duplicate: true } }],
    ['excluded', { ...sound, chain: { ...sound.chain, excluded: true } }],
    ['cannot-be-recorded', { ...sound, chain: { ...sound.chain, recordable: false } }],
    ['account-missing', { ...sound, contacts: [] }],
    [
      'account-ill-formed',
      { ...sound, contacts: [{ personId, phone: null, account: { bank: '测试银行', number: '00000000' } }] },
    ],
  ] satisfies [string, LineFacts][])('is held for the reason %s', (reason, facts) => {
    expect(checkLine(line, facts)).toContain(reason);
  });

  test('is not held for a member who has no part in it', () => {
    const imprisoned = {
      ...household.household.members[0],
      personId: `per_${'d'.repeat(32)}`,
      notCounted: 'imprisoned',
    };
    const members = [...sound.household.members, imprisoned as never];
    expect(checkLine(line, { ...sound, household: { ...sound.household, members } })).toEqual([]);
  });

  test('says each reason in both languages', () => {
    for (const { zh, en } of Object.values(heldReasonTexts))
      expect([zh.length > 0, en.length > 0]).toEqual([true, true]);
  });
});

describe('an account', () => {
  test('of a card has the check digit that its number asks for; a passbook has none', () => {
    expect(isWellFormedAccount('6200000000000000000')).toBe(true);
    expect(isWellFormedAccount('6200000000000000001')).toBe(false);
    expect(isWellFormedAccount('12345678')).toBe(true);
    expect(isWellFormedAccount('8888888888888888')).toBe(false);
  });

  test('is the person’s own before the applicant’s, and never that of somebody who has died', () => {
    const other = `per_${'b'.repeat(32)}` as never;
    const [applicant] = household.household.members;
    if (applicant === undefined) throw new Error('nobody applied');
    const child = { ...applicant, personId: other, relation: 'child' as const };
    const of = (deceasedOn: LocalDate | null) => ({
      ...household.household,
      members: [applicant, { ...child, deceasedOn }],
    });
    const contacts = [
      { personId, phone: null, account: { bank: '甲', number: '11111112' } },
      { personId: other, phone: null, account: { bank: '乙', number: '22222223' } },
    ];
    expect(accountFor(of(null), contacts, other)).toBe('22222223');
    expect(accountFor(of(null), contacts, null)).toBe('11111112');
    expect(accountFor(of(day('2026-03-01')), contacts, other)).toBe('11111112');
    expect(accountFor(of(day('2026-03-01')), contacts.slice(1), other)).toBeUndefined();
  });
});

describe('corrections', () => {
  property.prop([
    fc.constantFrom(...paymentLineStates),
    fc.array(fc.constantFrom(...correctionKinds), { maxLength: 6 }),
  ])('are two at the most, and end where the money has come back or will not go out', (state, kinds) => {
    const made: { kind: (typeof correctionKinds)[number] }[] = [];
    for (const kind of kinds) if (mayCorrect(standingOf({ state }, made), kind)) made.push({ kind });
    expect(made.length).toBeLessThanOrEqual(mostCorrections);
    if (state === 'ready') expect(made).toEqual([]);
  });
});
