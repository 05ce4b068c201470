import { afterAll, beforeEach, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { payments } from '../../support/payments.ts';
import { otherCountyWorker, otherTownship } from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof payments>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = payments(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const day = (text: string) => LocalDate.parse(text);

test('nobody is paid by the county they left', async () => {
  const { household, determination } = await of.household('moved');
  const { determinationId } = recordsOf('the new county').determination;
  const second = { ...determination, determinationId, division: DivisionCode.parse(otherTownship) };
  const { change } = recordsOf('the move');
  expect(await roster.store.commit(change([{ kind: 'determination', value: second }]))).toEqual({ ok: true });
  await of.rewrite(household, { determinationId: second.determinationId });
  expect((await of.prepared()).totals.listed.lines).toBe(0);
});

test('nor while a newer decision of the new county is not payable yet: the one before it goes on there, and here nothing', async () => {
  const { household, determination } = await of.household('moved long ago');
  const decidedThere = (name: string, changes: object) => ({
    ...determination,
    ...{
      determinationId: recordsOf(name).determination.determinationId,
      division: DivisionCode.parse(otherTownship),
    },
    ...changes,
  });
  const second = decidedThere('the decision there', { previous: determination.determinationId });
  const third = decidedThere('the newest decision there', {
    ...{ previous: second.determinationId, decidedOn: day('2026-03-01'), payableFrom: day('2026-04-01') },
  });
  const { change } = recordsOf('the move');
  const writes = [second, third].map((value) => ({ kind: 'determination' as const, value }));
  expect(await roster.store.commit(change(writes))).toEqual({ ok: true });
  await of.rewrite(household, { determinationId: third.determinationId });
  expect((await of.prepared()).totals.listed.lines).toBe(0);
  const { paymentRunId } = bodyOf(await of.request(otherCountyWorker));
  await of.walk();
  const there = await roster.store.paymentLines({ paymentRunId, state: null }, 10, null);
  expect(there.items).toMatchObject([{ determinationId: second.determinationId, state: 'ready' }]);
});
