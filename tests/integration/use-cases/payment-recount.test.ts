import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import type { Item } from '../../support/engine.ts';
import { payments } from '../../support/payments.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;

/** Payments that were released, with what was held and what was corrected later. */
beforeAll(async () => {
  roster = await startRoster();
  const of = payments(roster);
  for (let number = 0; number < 3; number += 1) await of.household(`sound ${number}`);
  await of.household('dead', { member: { deceasedOn: LocalDate.parse('2026-02-20') } });
  await of.household('without account', { account: null });
  const { paymentRunId } = await of.prepared();
  await of.released(paymentRunId);
  for (const line of await of.lines(paymentRunId)) {
    const isWithout = line.reasons.length === 1;
    const body = {
      kind: isWithout ? 'released-later' : 'cancelled',
      reason: 'returned-by-bank',
      amount: null,
    } as const;
    if (line.state === 'held') bodyOf(await of.correct(paymentRunId, line.paymentLineId, body));
  }
});
afterAll(() => roster.stop());

const isOf =
  (begin: string, values: object = {}) =>
  (item: Item) =>
    String(item['pk']).startsWith(begin) && Object.entries(values).every(([name, value]) => item[name] === value);
const changing = (isMeant: (item: Item) => boolean, values: object) => (items: readonly Item[]) =>
  items.map((item) => (isMeant(item) ? { ...item, ...values } : item));
const without = (isMeant: (item: Item) => boolean) => (items: readonly Item[]) => {
  const gone = items.findIndex(isMeant);
  return items.filter((_, index) => index !== gone);
};
/** What a recount says of payments; the test's households have no case that they come from. */
const violations = async (changed?: (items: readonly Item[]) => readonly Item[]): Promise<string[]> =>
  (await violationsIn(roster, changed)).filter((each) => /pay_|pln_|PAYMENT|payment/u.test(each));

test('a recount with rules of its own finds nothing wrong with payments that were released, held and corrected', async () => {
  expect(await violations()).toEqual([]);
});

test.each([
  ['a line that was lost', without(isOf('PAYMENT-LINE#')), 'I2'],
  [
    'a run that counts more as released than there are',
    changing(isOf('PAYMENT-RUN#'), { counts: { ready: 0, held: 1, released: 4, erased: 0 } }),
    'I2',
  ],
  [
    'a line that is neither released nor held',
    changing(isOf('PAYMENT-LINE#', { state: 'released' }), { state: 'ready' }),
    'I1',
  ],
  [
    'a line that was moved without a move',
    changing(isOf('PAYMENT-LINE#', { state: 'held' }), { state: 'released' }),
    'I10',
  ],
  ['a correction of a line that does not stand so', changing(isOf('PAYMENT-CORRECTION#'), { kind: 'recovered' }), 'I2'],
  ['a correction with a number left out', changing(isOf('PAYMENT-CORRECTION#'), { number: 2 }), 'I2'],
  ['an item in plain text', changing(isOf('PAYMENT-LINE#'), { item: 'minimum-living-allowance' }), 'I8'],
] as const)('it finds %s', async (_, changed, invariant) => {
  expect((await violations(changed)).map((each) => each.split(':')[0])).toContain(invariant);
});
