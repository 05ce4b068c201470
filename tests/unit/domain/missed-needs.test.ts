import { describe, expect, test } from 'vitest';
import { digest } from '../../../adapters/runtime.ts';
import type { AssistanceEntry } from '../../../domain/assistance/assistance-entry.ts';
import { Month } from '../../../domain/assistance/period.ts';
import { Instant, LocalDate } from '../../../domain/dates.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import { PaymentRunId, ReferralId } from '../../../domain/ids.ts';
import { lookedIntoKinds, taskPerformers } from '../../../domain/lifecycles/task.ts';
import {
  addCounties,
  type CountyCount,
  foundIn,
  householdRead,
  lineFound,
} from '../../../domain/missed-needs/daily-scan.ts';
import {
  coveredByRun,
  dueItems,
  givesMonth,
  monthLookedAt,
  monthOnRecord,
} from '../../../domain/missed-needs/delivery.ts';
import { isStillInHardship, leftOn } from '../../../domain/missed-needs/hardship.ts';
import { missedNeedTexts } from '../../../domain/missed-needs/kinds.ts';
import { aboutMissedNeed, type MissedNeed, missedNeedTaskIdOf } from '../../../domain/missed-needs/missed-need.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { openedTask } from '../../../domain/tasks/new-task.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { chinaCalendar } from '../../../policies/working-days/china.ts';
import { recordsOf } from '../../support/records.ts';
import { householdOf, yuan } from './household-builder.ts';

const { household, determination, personId } = recordsOf('missed');
const clocks = { policy: shanxiPack, calendar: chinaCalendar };
const day = (text: string) => LocalDate.parse(text);
const month = (text: string) => Month.parse(text);
const march = month('2026-03');

describe('the month that is looked at', () => {
  test.each([
    ['2026-04-10', '2026-02'],
    ['2026-04-11', '2026-03'],
    ['2026-05-10', '2026-03'],
    ['2026-01-11', '2025-12'],
    ['2026-01-10', '2025-11'],
  ])('on %s is %s', (today, looked) => {
    expect(monthLookedAt(clocks, day(today))).toBe(looked);
  });
});

test.each([
  [null, '2026-03'],
  ['2026-02', '2026-03'],
  ['2026-03', '2026-03'],
  ['2026-04', null],
])(
  'of a roster whose deliveries are on record since %s, on 2026-04-11 the month that is looked at is %s',
  (since, looked) => {
    expect(monthOnRecord(clocks, day('2026-04-11'), since === null ? null : month(since))).toBe(looked);
  },
);

describe('what a household is due', () => {
  const granted: Determination = { ...determination, decidedOn: day('2026-02-10'), payableFrom: day('2026-03-01') };
  const refused = (on: string): Determination => ({
    ...granted,
    outcome: 'refused',
    refusedFor: 'no-tier',
    decidedOn: day(on),
    payableFrom: null,
    entitlements: [],
  });
  const due = (standing: Determination, earlier: readonly Determination[] = []) =>
    dueItems(march, standing, earlier, household.household).map(({ line }) => line.item);

  test('is what the decision in force grants by the month', () => {
    expect(due(granted)).toEqual(['minimum-living-allowance']);
    expect(due({ ...granted, payableFrom: day('2026-04-01') })).toEqual([]);
  });

  test('is what the decision before granted, while the new one is not payable yet', () => {
    expect(due({ ...granted, payableFrom: day('2026-04-01') }, [granted])).toEqual(['minimum-living-allowance']);
  });

  test('is still owed after a refusal of a later month, and not for the month of the refusal', () => {
    expect(due(refused('2026-04-01'), [granted])).toEqual(['minimum-living-allowance']);
    expect(due(refused('2026-03-31'), [granted])).toEqual([]);
  });

  test('is nothing where nobody with a part in it lives', () => {
    const members = household.household.members.map((each) => ({ ...each, deceasedOn: day('2026-03-01') }));
    expect(dueItems(march, granted, [], { ...household.household, members })).toEqual([]);
  });
});

describe('an entry of the chain', () => {
  const entry = {
    item: 'minimum-living-allowance',
    period: { of: 'months', from: march, to: month('2026-04') },
    state: 'delivered',
    deliveredAt: day('2026-03-10'),
    endedAfter: null,
  } as AssistanceEntry;
  const gives = (changes: Partial<AssistanceEntry>, of = '2026-03'): boolean =>
    givesMonth({ ...entry, ...changes }, { item: 'minimum-living-allowance' }, month(of));

  test('gives the months it was delivered or granted for, and no other item', () => {
    expect(['2026-02', '2026-03', '2026-04', '2026-05'].map((of) => gives({}, of))).toEqual([false, true, true, false]);
    expect([gives({ state: 'granted' }), gives({ item: 'other' })]).toEqual([true, false]);
    expect(gives({ period: { of: 'once' } })).toBe(false);
  });

  test('that is only claimed gives nothing, nor one that was taken back', () => {
    expect([gives({ state: 'claimed', deliveredAt: null }), gives({ state: 'recovered' })]).toEqual([false, false]);
  });

  test('that has ended gives the months up to its last, if it was delivered', () => {
    const ended = { state: 'ended', endedAfter: march } as const;
    expect([gives(ended), gives(ended, '2026-04'), gives({ ...ended, deliveredAt: null })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(gives({ state: 'ended' })).toBe(false);
  });
});

describe('a payment run', () => {
  const cancelled = (reason: 'returned-by-bank' | 'checked-and-not-due') => ({ kind: 'cancelled', reason }) as const;
  test('covers what it holds or has still to release', () => {
    expect([coveredByRun({ state: 'held' }, []), coveredByRun({ state: 'ready' }, [])]).toEqual(['covered', 'covered']);
  });

  test('settles what an officer cancelled, and covers nothing that it released or the bank returned', () => {
    expect(coveredByRun({ state: 'held' }, [cancelled('checked-and-not-due')])).toBe('settled');
    expect(coveredByRun({ state: 'released' }, [cancelled('returned-by-bank')])).toBe('not-covered');
    expect(coveredByRun({ state: 'released' }, [])).toBe('not-covered');
    expect(coveredByRun({ state: 'held' }, [{ kind: 'released-later', reason: 'checked-and-due' }])).toBe(
      'not-covered',
    );
  });
});

describe('who left', () => {
  const today = day('2026-04-11');
  const refused: Determination = { ...determination, outcome: 'refused', refusedFor: 'no-tier' };
  const on = (decidedOn: string): Determination => ({ ...refused, decidedOn: day(decidedOn) });
  const exit = (exitOn: string) => householdOf([{}], { asOf: '2026-02-20', facts: { 'exit.on': exitOn } });

  test('was refused less than two years ago, to the day', () => {
    expect(leftOn(shanxiPack, household.household, on('2024-04-12'), today)).toBe('2024-04-12');
    expect(leftOn(shanxiPack, household.household, on('2024-04-11'), today)).toBeNull();
  });

  test('or has left by what is on file; the later of the two days counts, and none that is still to come', () => {
    expect(leftOn(shanxiPack, exit('2024-04-12'), undefined, today)).toBe('2024-04-12');
    expect(leftOn(shanxiPack, exit('2024-04-11'), undefined, today)).toBeNull();
    expect(leftOn(shanxiPack, exit('2025-01-01'), on('2025-06-01'), today)).toBe('2025-06-01');
    expect(leftOn(shanxiPack, exit('2026-04-12'), undefined, today)).toBeNull();
  });

  test('is nobody who has come back or chose to stay without', () => {
    const back = { ...exit('2025-06-01'), tier: 'MARGINAL' } as const;
    expect(leftOn(shanxiPack, back, undefined, today)).toBeNull();
    expect(leftOn(shanxiPack, exit('2025-06-01'), { ...refused, refusedFor: 'consent-withheld' }, today)).toBeNull();
    expect(leftOn(shanxiPack, household.household, undefined, today)).toBeNull();
  });

  test('is in hardship where a tier with aid would hold today, and not for being watched or undecidable', () => {
    const wages = (amount: number | undefined, exitOn?: string) =>
      householdOf([{ facts: { 'income.wages': amount } }], { asOf: '2026-02-20', facts: { 'exit.on': exitOn } });
    const still = [wages(yuan(2_000)), wages(yuan(50_000)), wages(yuan(50_000), '2025-06-01'), wages(undefined)];
    expect(still.map((each) => isStillInHardship(shanxiPack, each, today))).toEqual([true, false, false, false]);
  });
});

describe('the task of a line', () => {
  const { householdId } = household.household;
  const division = DivisionCode.parse('140121100');
  const referralId = ReferralId.parse(`ref_${'1'.repeat(32)}`);
  const { determinationId } = determination;
  const delivery: MissedNeed = {
    ...{ kind: 'entitled-not-delivered', householdId, division, determinationId, entitlement: 0 },
    ...{ item: 'minimum-living-allowance', personId: null, month: march },
  };
  const others: readonly MissedNeed[] = [
    { ...delivery, month: month('2026-04') },
    { ...delivery, item: 'other' },
    { ...delivery, personId },
    { kind: 'referral-unanswered', householdId, division, referralId, lateness: 1 },
    { kind: 'referral-unanswered', householdId, division, referralId, lateness: 2 },
    { kind: 'left-still-in-hardship', householdId, division, leftOn: day('2026-02-10') },
    { kind: 'left-still-in-hardship', householdId, division, leftOn: day('2026-03-10') },
    { kind: 'periodic-review', householdId, division, number: 1 },
    { kind: 'periodic-review', householdId, division, number: 2 },
  ];

  test('is the same whoever finds it, by whichever decision, and another for another item, person or period', () => {
    const ids = [delivery, ...others].map((need) => missedNeedTaskIdOf(digest, need));
    expect(new Set(ids).size).toBe(others.length + 1);
    const later = { ...delivery, entitlement: 3, division: DivisionCode.parse('140105001') };
    expect(missedNeedTaskIdOf(digest, later)).toBe(ids[0]);
  });

  test.each([
    [0, '2026-04-17'],
    [4, '2026-04-17'],
    [6, '2026-04-24'],
  ])('is due by the clock of its kind (%i)', (index, dueOn) => {
    const need = [delivery, ...others][index] ?? delivery;
    const about = aboutMissedNeed(digest, need, day('2026-04-11'));
    expect(openedTask(clocks, about, Instant.parse('2026-04-10T19:00:00.000Z'))).toMatchObject({
      dueOn,
      state: 'open',
    });
    expect(JSON.stringify(about)).not.toContain('minimum-living-allowance');
  });

  test('is a county worker’s, of a kind that is told in both languages as resting on no national rule', () => {
    for (const kind of lookedIntoKinds) {
      expect(taskPerformers[kind]).toEqual(['county-worker']);
      const { zh, en, basis, citation } = missedNeedTexts[kind];
      expect([zh, en, citation]).not.toContain('');
      expect(basis).toBe('assumption');
    }
  });

  test('and the counts add up by county and kind, however the roster was cut', () => {
    const paymentRunId = PaymentRunId.parse(`pay_${'1'.repeat(32)}`);
    const one = DivisionCode.parse('140121');
    const two = DivisionCode.parse('140105');
    const counts: CountyCount[] = [
      householdRead(one, 'as-before'),
      householdRead(two, 'unreadable'),
      lineFound(one, delivery, { by: 'opened' }),
      lineFound(one, delivery, { by: 'payment-run', paymentRunId }),
      lineFound(one, delivery, { by: 'payment-run', paymentRunId }),
      lineFound(two, delivery, { by: 'task' }),
      lineFound(one, delivery, { by: 'review' }),
    ];
    const all = addCounties(counts);
    expect(all).toMatchObject([
      { county: two, households: 1, unreadable: 1, kinds: [{ byTask: 1 }] },
      { county: one, households: 1, kinds: [{ opened: 1, byReview: 1, byRun: [{ paymentRunId, lines: 2 }] }] },
    ]);
    expect(all.map(({ kinds }) => kinds.map(foundIn))).toEqual([[1], [4]]);
    for (let cut = 0; cut <= counts.length; cut += 1)
      expect(addCounties([...addCounties(counts.slice(0, cut)), ...addCounties(counts.slice(cut))])).toEqual(all);
  });
});
