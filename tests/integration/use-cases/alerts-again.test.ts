import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AlertDispositionBody } from '../../../contracts/api/alerts.ts';
import type { Alert } from '../../../domain/alerts/alert.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { disposeAlert } from '../../../functions/alerts/dispose-alert.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { startCouple } from '../../support/household-changes.ts';
import { county, countyWorker } from '../../support/people.ts';
import { bodyOf } from '../../support/reviews.ts';

let couple: Awaited<ReturnType<typeof startCouple>>;

/** A couple that has applied, so that no tier stands. */
beforeEach(async () => {
  couple = await startCouple();
});
afterEach(() => couple.roster.stop());

const stay = (changes: object): Fact =>
  Fact.parse({
    ...{ kind: 'hospital.stay-self-paid', subject: couple.wife, value: 6_000_000, unit: 'fen' },
    ...{ dataset: 'hospital-bills', asOf: '2026-03-01', recordedAt: '2026-03-02T00:00:00.000Z' },
    ...changes,
  });
const record = (...facts: Fact[]) => recordFacts(couple.roster.dependencies, couple.householdId, facts);
const relayed = () => couple.of.relayed(['FactsRecorded']);
const told = async (...facts: Fact[]): Promise<void> => {
  await record(...facts);
  await relayed();
};
const bill = 'hospital.bill-very-high';
const alertsBy = async (rule: string, state: Alert['state'] = 'open'): Promise<readonly Alert[]> => {
  const { items } = await couple.roster.store.alertsOf(DivisionCode.parse(county), state, 100, null);
  return items.filter((alert) => alert.rule === rule);
};
const dispose = async (rule: string): Promise<void> => {
  const [alert] = await alertsBy(rule);
  if (alert === undefined) throw new Error(`no alert by ${rule}`);
  const body = AlertDispositionBody.parse({
    ...{ disposition: 'deliver', verdict: 'confirmed', grounds: ['home-visit'], note: 'The family was visited.' },
  });
  const { dependencies } = couple.roster;
  bodyOf(await disposeAlert(dependencies, { principal: countyWorker, alertId: alert.alertId, ifMatch: 1, body }));
};

describe('a large bill', () => {
  const on = (asOf: string, value: number) => ({ asOf, value });
  const large = on('2026-02-20', 6_000_000);
  const small = on('2026-03-01', 90_000);

  test.each([
    ['told with a later small one', [[large, small]]],
    ['told after a later small one', [[small], [large]]],
    ['told before a small one of its own day', [[large], [on('2026-02-20', 90_000)]]],
    ['followed by many small ones', [[large, ...[21, 22, 23, 24].map((day) => on(`2026-02-${day}`, day))]]],
  ])('is not hidden: %s', async (_name, files) => {
    for (const facts of files) await record(...facts.map(stay));
    await relayed();
    const evidence = [{ kind: 'hospital.stay-self-paid', personId: couple.wife, asOf: '2026-02-20' }];
    expect(await alertsBy(bill)).toMatchObject([{ evidence }]);
  });
});

describe('a bill beside one whose alert has ended', () => {
  const toldOf = (...bills: readonly (readonly [string, number])[]): Promise<void> =>
    told(...bills.map(([asOf, value]) => stay({ asOf, value, recordedAt: '2026-04-01T00:00:00.000Z' })));
  const days = async () => (await alertsBy(bill)).map(({ evidence }) => evidence.map(({ asOf }) => asOf).toSorted());

  beforeEach(() => couple.roster.setTime('2026-04-01T01:00:00.000Z'));

  test.each([
    ['later and smaller', '2026-03-10'],
    ['told late, of an earlier day', '2026-02-20'],
  ])('is another alert where it is large enough by itself: %s', async (_name, asOf) => {
    await toldOf(['2026-03-01', 6_000_000]);
    await dispose(bill);
    await toldOf([asOf, 5_500_000]);
    expect(await days()).toEqual([['2026-03-01', asOf].toSorted()]);
  });

  test('makes the evidence of an open one new', async () => {
    await toldOf(['2026-03-01', 6_000_000]);
    await toldOf(['2026-03-10', 5_500_000]);
    expect(await days()).toEqual([['2026-03-01', '2026-03-10']]);
    expect(await alertsBy(bill)).toMatchObject([{ version: 2, persons: [couple.wife] }]);
  });

  test('is nothing new where it is small, nor when by it the days of a large one run out', async () => {
    await toldOf(['2026-02-10', 6_000_000], ['2026-02-25', 5_500_000]);
    await dispose(bill);
    await toldOf(['2026-03-01', 90_000]);
    await toldOf(['2026-03-20', 90_000]);
    expect(await days()).toEqual([]);
  });
});

test('an ended alert holds nothing back of another stay, though it cost the same', async () => {
  await told(stay({}));
  await dispose(bill);
  couple.roster.setTime('2026-09-02T01:00:00.000Z');
  await told(stay({ asOf: '2026-09-01', recordedAt: '2026-09-02T00:00:00.000Z' }));
  expect(await alertsBy(bill)).toMatchObject([{ evidence: [{ asOf: '2026-09-01' }] }]);
});

describe('what had ended and comes back', () => {
  const rule = 'poverty-return.outside';
  const listed = async (value: string, asOf: string, toldOn = asOf): Promise<void> => {
    const recordedAt = `${toldOn}T01:00:00.000Z`;
    couple.roster.setTime(recordedAt);
    const about = { kind: 'monitoring.poverty-return', unit: 'choice', dataset: 'poverty-return-list' };
    await told(stay({ ...about, subject: couple.householdId, value, asOf, recordedAt }));
  };
  const watched = (state: Alert['state'] = 'open') => alertsBy(rule, state);
  const disposeOn = async (day: string): Promise<void> => {
    couple.roster.setTime(`${day}T01:00:00.000Z`);
    await dispose(rule);
    expect(await watched()).toEqual([]);
  };

  test('is another alert, once', async () => {
    await listed('at-risk', '2026-03-02');
    await disposeOn('2026-03-04');
    await listed('none', '2026-06-01');
    expect(await watched()).toEqual([]);
    await listed('at-risk', '2026-09-01');
    expect(await watched()).toMatchObject([{ version: 1, evidence: [{ asOf: '2026-09-01' }] }]);
    await disposeOn('2026-09-03');
    await listed('at-risk', '2026-10-01');
    expect(await watched()).toEqual([]);
    expect(await watched('disposed')).toHaveLength(2);
  });

  test('is so too when it is told late that it had ended', async () => {
    await listed('at-risk', '2026-03-02');
    await disposeOn('2026-03-04');
    await listed('at-risk', '2026-09-01');
    expect(await watched()).toEqual([]);
    await listed('none', '2026-06-01', '2026-09-02');
    expect(await watched()).toMatchObject([{ version: 1, evidence: [{ asOf: '2026-09-01' }] }]);
  });
});
