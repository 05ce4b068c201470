import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import type { PaymentLineId, PaymentRunId } from '../../../domain/ids.ts';
import { readPaymentRun } from '../../../functions/payment-runs/read-payment-runs.ts';
import { releasePaymentRun } from '../../../functions/payment-runs/release-payment-run.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { claim } from '../../support/assistance.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { payments, releaser } from '../../support/payments.ts';
import { approver, countyWorker, otherCountyWorker } from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

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
/** Why the only line of a run is held. */
const reasonsOf = async (paymentRunId: PaymentRunId): Promise<string[]> => {
  const lines = await of.lines(paymentRunId);
  expect(lines).toHaveLength(1);
  return (lines[0]?.reasons ?? []).map(({ code }) => code);
};
const heldFor = async (): Promise<string[]> => {
  const run = await of.prepared();
  expect(run.totals).toMatchObject({ listed: { lines: 1 }, held: { lines: 1 }, ready: { lines: 0 } });
  return reasonsOf(run.paymentRunId);
};

describe('a month’s payments', () => {
  test('are listed from the decisions that stand, checked, released and entered in the assistance chain', async () => {
    const { household } = await of.household('one');
    const run = await of.prepared();
    expect(run).toMatchObject({ state: 'checked', households: 1, unreadable: 0, lines: 1 });
    const after = await of.released(run.paymentRunId);
    expect(after).toMatchObject({ state: 'released', releasedBy: releaser.subject });
    expect(after.totals.released).toEqual({ lines: 1, fen: 40_000 });
    const chain = await roster.store.assistanceOf(household.household.householdId, 10, null);
    expect(chain.items).toMatchObject([
      { state: 'delivered', item: 'minimum-living-allowance', period: { from: '2026-03', to: '2026-03' } },
    ]);
  });

  test('made twice change nothing', async () => {
    await of.household('one');
    const run = await of.prepared();
    const again = await writesNothing(roster, async () => bodyOf(await of.request(approver)));
    expect(again).toEqual(run);
    expect(await of.outbox()).toEqual([]);
  });

  test('asked for by two at once are one run', async () => {
    await of.household('one');
    const outcomes = await Promise.all([of.request(), of.request(approver)]);
    expect(new Set(outcomes.map((each) => bodyOf(each).paymentRunId)).size).toBe(1);
    expect(await of.outbox()).toHaveLength(1);
  });

  test('are those of the present month', async () => {
    const outcome = await writesNothing(roster, () => of.request(countyWorker, '2026-04'));
    expect(refusalOf(outcome)).toMatchObject({ problem: 'validation-failed' });
  });

  test('add up: listed is ready and held, then released and held, in lines and fen, for each item and reason', async () => {
    for (let number = 0; number < 7; number += 1) await of.household(`sound ${number}`);
    await of.household('dead', { member: { deceasedOn: day('2026-02-20') } });
    await of.household('without account', { account: null });
    const run = await of.prepared();
    expect(run.totals).toMatchObject({ listed: { lines: 9, fen: 360_000 }, ready: { lines: 7, fen: 280_000 } });
    expect(run.totals.held).toEqual({ lines: 2, fen: 80_000 });
    expect(run.held.map(({ reason, lines }) => [reason.code, lines])).toEqual([
      ['deceased', 1],
      ['account-missing', 1],
    ]);
    expect(run.held.every(({ reason }) => reason.zh !== '' && reason.en !== '')).toBe(true);
    const after = await of.released(run.paymentRunId);
    expect(after.totals).toMatchObject({ listed: run.totals.listed, held: run.totals.held, ready: { lines: 0 } });
    expect(after.totals.released).toEqual(run.totals.ready);
    const lines = await of.lines(run.paymentRunId);
    const sum = (state: string) =>
      lines.filter((line) => line.state === state).reduce((all, one) => all + one.amount, 0);
    expect([sum('released'), sum('held')]).toEqual([after.totals.released.fen, after.totals.held.fen]);
  });

  test('are nothing to another county', async () => {
    const run = await of.prepared();
    const outcome = await readPaymentRun(roster.dependencies, otherCountyWorker, run.paymentRunId);
    expect(outcome).toEqual({ ok: false, problem: 'not-found' });
  });

  test('tell no item, amount or reason outside an envelope', async () => {
    await of.household('dead', { member: { deceasedOn: day('2026-02-20') } });
    await of.prepared();
    const rows = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('PAYMENT'));
    const text = JSON.stringify(rows);
    expect(rows).toHaveLength(2);
    for (const word of ['minimum-living-allowance', 'deceased', '40000']) expect(text).not.toContain(word);
  });
});

describe('a payment is held', () => {
  test('of who has died', async () => {
    await of.household('dead', { member: { deceasedOn: day('2026-02-20') } });
    expect(await heldFor()).toContain('deceased');
  });

  test('of who serves a sentence', async () => {
    await of.household('imprisoned', { member: { notCounted: 'imprisoned' } });
    expect(await heldFor()).toEqual(['in-custody']);
  });

  test('without an account, and with one whose number cannot be right', async () => {
    await of.household('without', { account: null });
    await of.household('wrong', { account: '6200000000000000005' });
    const { held } = await of.prepared();
    expect(held.map(({ reason }) => reason.code)).toEqual(['account-missing', 'account-ill-formed']);
  });

  test('where the same item is on record for the month', async () => {
    const { household, personId } = await of.household('twice');
    const { householdId } = household.household;
    const period = { of: 'months', from: '2026-03', to: '2026-03' };
    bodyOf(
      await claim(
        roster,
        'minimum-living-allowance',
        { householdId, personId },
        { period, persons: [personId] },
        { as: countyWorker },
      ),
    );
    expect(await heldFor()).toEqual(['duplicate']);
  });

  test('where an item that excludes it is on record', async () => {
    const { household, personId } = await of.household('excluded');
    const subject = { householdId: household.household.householdId, personId };
    const period = { of: 'months', from: '2026-03', to: '2026-03' };
    bodyOf(await claim(roster, 'extreme-hardship.basic-living', subject, { period }, { as: countyWorker }));
    expect(await heldFor()).toEqual(['excluded']);
  });

  test('of who is no longer entitled, instead of being left out', async () => {
    const { household, determination } = await of.household('exit');
    const refusal = {
      ...determination,
      ...{ determinationId: `det_${'e'.repeat(32)}` as never, previous: determination.determinationId },
      ...{ outcome: 'refused' as const, payableFrom: null },
      ...{ decidedOn: day('2026-02-25'), entitlements: [], refusedFor: 'no-tier' as const },
    };
    const { change } = recordsOf('the exit');
    expect(await roster.store.commit(change([{ kind: 'determination', value: refusal }]))).toEqual({ ok: true });
    await of.rewrite(household, { determinationId: refusal.determinationId });
    expect(await heldFor()).toEqual(['no-longer-entitled']);
  });

  test('when the doubt arises only between the check and the release', async () => {
    const { household } = await of.household('dies');
    await of.household('lives');
    const run = await of.prepared();
    expect(run.totals.ready.lines).toBe(2);
    await of.rewrite(household, {}, { deceasedOn: day('2026-03-02') });
    const after = await of.released(run.paymentRunId);
    expect(after.totals).toMatchObject({ released: { lines: 1 }, held: { lines: 1 }, listed: { lines: 2 } });
    expect(after.held.map(({ reason }) => reason.code)).toEqual(['deceased']);
  });

  test('when the account goes between the check and the release', async () => {
    const { household } = await of.household('one');
    const run = await of.prepared();
    await of.rewrite(household, { contacts: household.contacts?.map((each) => ({ ...each, account: null })) ?? [] });
    const after = await of.released(run.paymentRunId);
    expect(after.held.map(({ reason }) => reason.code)).toEqual(['account-missing']);
    expect((await roster.store.assistanceOf(household.household.householdId, 10, null)).items).toEqual([]);
  });
});

describe('a release', () => {
  test('is refused to who had the payments listed', async () => {
    await of.household('one');
    const { paymentRunId } = await of.prepared();
    const outcome = await writesNothing(roster, () => of.release(paymentRunId, countyWorker));
    expect(refusalOf(outcome).problem).toBe('payment-four-eyes');
  });

  test('is on the totals that were read, and once', async () => {
    await of.household('one');
    const { paymentRunId } = await of.prepared();
    const stale = { principal: releaser, paymentRunId, ifMatch: 1 };
    expect(refusalOf(await releasePaymentRun(roster.dependencies, stale)).problem).toBe('version-conflict');
    await of.released(paymentRunId);
    expect(refusalOf(await of.release(paymentRunId)).problem).toBe('lifecycle-conflict');
  });

  test('that is killed in the middle goes on, and pays nobody twice', async () => {
    for (let number = 0; number < 45; number += 1) await of.household(`many ${number}`);
    const { paymentRunId } = await of.prepared();
    bodyOf(await of.release(paymentRunId));
    const [begun] = await of.outbox();
    const { commit } = roster.store;
    let writes = 0;
    const dying = {
      ...roster.store,
      commit: async (change: Parameters<typeof commit>[0]) => {
        writes += 1;
        if (writes > 20) throw new Error('killed');
        return commit(change);
      },
    };
    if (begun === undefined) throw new Error('nothing to relay');
    await expect(relayEvent({ ...of.deps, store: dying }, begun)).rejects.toThrow('killed');
    expect(await of.outbox()).toHaveLength(1);
    await of.walk();
    const after = await of.read(paymentRunId);
    expect(after.totals).toMatchObject({ listed: { lines: 45 }, released: { lines: 45, fen: 45 * 40_000 } });
    const entries = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('ASSISTANCE#'));
    expect(entries).toHaveLength(45);
  });
});

describe('the listing', () => {
  test('goes on from where it was, and an event that comes twice lists nothing twice', async () => {
    for (let number = 0; number < 130; number += 1) await of.household(`many ${number}`);
    const { paymentRunId } = bodyOf(await of.request());
    const [first] = await of.outbox();
    if (first === undefined) throw new Error('nothing to relay');
    await Promise.all([relayEvent(of.deps, first), relayEvent(of.deps, first)]);
    await relayEvent(of.deps, first);
    await of.walk();
    expect(await of.read(paymentRunId)).toMatchObject({ state: 'checked', households: 130, lines: 130 });
    expect(await of.lines(paymentRunId)).toHaveLength(130);
  });
});

describe('a correction', () => {
  const heldLine = async () => {
    await of.household('without', { account: null });
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    const [line] = await of.lines(paymentRunId);
    if (line === undefined) throw new Error('no line');
    return { paymentRunId, line };
  };
  const correct = (run: PaymentRunId, line: PaymentLineId, kind: string, amount: number | null = null) =>
    of.correct(run, line, { kind, reason: 'checked-and-due', amount } as never);

  test('leaves the line untouched', async () => {
    const { paymentRunId, line } = await heldLine();
    const before = await roster.store.paymentLine(line.paymentLineId);
    const corrected = bodyOf(await correct(paymentRunId, line.paymentLineId, 'released-later'));
    expect(corrected).toMatchObject({ state: 'held', standing: 'released', corrections: [{ amount: 40_000 }] });
    expect(await roster.store.paymentLine(line.paymentLineId)).toEqual(before);
    const [seen] = await of.lines(paymentRunId);
    expect(seen).toEqual(corrected);
  });

  test('that releases later is for somebody else than who had the payments listed', async () => {
    const { paymentRunId, line } = await heldLine();
    const body = { kind: 'released-later', reason: 'checked-and-due', amount: null } as const;
    const outcome = await writesNothing(roster, () => of.correct(paymentRunId, line.paymentLineId, body, countyWorker));
    expect(refusalOf(outcome).problem).toBe('payment-four-eyes');
  });

  test('that releases later is refused where the item was given by then', async () => {
    const { household, personId } = await of.household('without', { account: null });
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    const [line] = await of.lines(paymentRunId);
    const { householdId } = household.household;
    const period = { of: 'months', from: '2026-03', to: '2026-03' };
    const subject = { householdId, personId };
    bodyOf(
      await claim(roster, 'minimum-living-allowance', subject, { period, persons: [personId] }, { as: countyWorker }),
    );
    const outcome = await correct(paymentRunId, line?.paymentLineId as never, 'released-later');
    expect(refusalOf(outcome).problem).toBe('assistance-duplicate');
  });

  test('comes after what was corrected before: what was released later can be recovered, and nothing after it', async () => {
    const { paymentRunId, line } = await heldLine();
    const { paymentLineId } = line;
    expect(refusalOf(await correct(paymentRunId, paymentLineId, 'recovered', 100)).problem).toBe('lifecycle-conflict');
    bodyOf(await correct(paymentRunId, paymentLineId, 'released-later'));
    expect(refusalOf(await correct(paymentRunId, paymentLineId, 'released-later')).problem).toBe('lifecycle-conflict');
    expect(refusalOf(await correct(paymentRunId, paymentLineId, 'recovered', 40_001)).problem).toBe(
      'validation-failed',
    );
    bodyOf(await correct(paymentRunId, paymentLineId, 'recovered', 100));
    expect(refusalOf(await correct(paymentRunId, paymentLineId, 'cancelled')).problem).toBe('lifecycle-conflict');
  });

  test('of two at once is one', async () => {
    const { paymentRunId, line } = await heldLine();
    const outcomes = await Promise.all([
      correct(paymentRunId, line.paymentLineId, 'released-later'),
      correct(paymentRunId, line.paymentLineId, 'cancelled'),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('that cancels what came back frees the month in the chain', async () => {
    const { household } = await of.household('one');
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    const [line] = await of.lines(paymentRunId);
    bodyOf(await correct(paymentRunId, line?.paymentLineId as never, 'cancelled'));
    const chain = await roster.store.assistanceOf(household.household.householdId, 10, null);
    expect(chain.items).toMatchObject([{ state: 'ended', endedFor: 'entered-in-error', places: 0 }]);
  });
});
