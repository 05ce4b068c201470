import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { deliveriesSinceRow } from '../../../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { Month } from '../../../domain/assistance/period.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { Fen } from '../../../domain/money.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { recordDelivery } from '../../../functions/assistance-chain/record-delivery.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { agencyOf, claim } from '../../support/assistance.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { releaser } from '../../support/payments.ts';
import { approver, county, countyWorker, otherCountyWorker, townshipWorker } from '../../support/people.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const delivery = 'entitled-not-delivered' as const;
const hardship = 'left-still-in-hardship' as const;
const nothing = { found: 0, opened: 0, byTask: 0, byReview: 0, byPaymentRun: [] };

describe('a month that was not delivered', () => {
  test('is a line with its task from the eleventh of the next month on, and none on the tenth', async () => {
    const { household, determination } = await of.household('unpaid');
    await of.scanOn('2026-04-10');
    expect(await of.counted(delivery)).toEqual(nothing);
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 1, opened: 1 });
    const [task] = await of.tasks();
    expect(task).toMatchObject({
      kind: delivery,
      state: 'open',
      householdId: household.household.householdId,
      determinationId: determination.determinationId,
      entitlement: 0,
      month: '2026-03',
      foundOn: '2026-04-11',
      dueOn: '2026-04-17',
    });
  });

  test('is none where the payment run has released it', async () => {
    await of.household('paid');
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual(nothing);
  });

  test('is covered by the payment run that holds it, which the line names', async () => {
    await of.household('held', { account: null });
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 1, byPaymentRun: [{ paymentRunId, lines: 1 }] });
    expect(await of.tasks()).toEqual([]);
  });

  test('is settled when an officer cancelled it, and a line again when the bank sent the money back', async () => {
    await of.household('settled', { account: null });
    await of.household('returned');
    const { paymentRunId } = await of.prepared();
    await of.released(paymentRunId);
    const lines = await of.lines(paymentRunId);
    for (const { paymentLineId, state } of lines)
      bodyOf(
        await of.correct(paymentRunId, paymentLineId, {
          kind: 'cancelled',
          reason: state === 'held' ? 'checked-and-not-due' : 'returned-by-bank',
          amount: null,
        }),
      );
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 1, opened: 1 });
  });

  test('is none where the ledger has it by another hand, and is one where it was only claimed', async () => {
    const { household } = await of.household('given');
    const { householdId, members } = household.household;
    const subject = { householdId, personId: members[0]?.personId ?? ('' as never) };
    const { entryId } = bodyOf(await claim(roster, 'minimum-living-allowance', subject));
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toMatchObject({ found: 1, opened: 1 });
    const body = { deliveredOn: LocalDate.parse('2026-04-10'), amount: Fen.parse(120_000) };
    bodyOf(await recordDelivery(roster.dependencies, agencyOf('civil-affairs'), entryId, body));
    await of.scanOn('2026-04-12');
    expect(await of.counted(delivery)).toEqual(nothing);
  });

  test('is looked for before the first month of a decision as little as before it is over', async () => {
    await of.household('later', { determination: { payableFrom: LocalDate.parse('2026-04-01') } });
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual(nothing);
    await of.scanOn('2026-05-11');
    expect(await of.counted(delivery)).toMatchObject({ found: 1, opened: 1 });
  });

  test('of a roster that was taken over is looked for from its first month on record on, and nothing is said of those before', async () => {
    await of.household('taken over');
    const { client, roster: TableName } = roster.tables;
    await client.send(new PutCommand({ TableName, Item: deliveriesSinceRow(Month.parse('2026-04')) }));
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual(nothing);
    expect(bodyOf(await of.read(LocalDate.parse('2026-04-11')))).toMatchObject({ deliveriesOf: null });
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-05-11');
    expect(await of.counted(delivery)).toMatchObject({ found: 1, opened: 1 });
    expect(bodyOf(await of.read(LocalDate.parse('2026-05-11')))).toMatchObject({ deliveriesOf: '2026-04' });
  });

  test('is nobody’s where who was to be paid has died', async () => {
    await of.household('dead', { member: { deceasedOn: LocalDate.parse('2026-02-20') } });
    await of.scanOn('2026-04-11');
    expect(await of.counted(delivery)).toEqual(nothing);
  });

  test('tells its task what was missed and whom, by the decision, and the task itself holds no item', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    const [task] = await of.tasks();
    if (task === undefined) throw new Error('no task');
    const seen = bodyOf(await readTask(roster.dependencies, countyWorker, task.taskId));
    expect(seen).toMatchObject({
      missedNeed: { month: '2026-03', foundOn: '2026-04-11' },
      missedItem: { item: 'minimum-living-allowance', personId: null, amount: 40_000 },
    });
    expect(seen.members).toHaveLength(1);
    const rows = (await roster.items('roster')).filter(({ pk }) => /^(?:TASK|DAILY-SCAN)#/u.test(String(pk)));
    expect(JSON.stringify(rows)).not.toContain('minimum-living-allowance');
  });
});

describe('a household that left', () => {
  test.each([
    ['a day less than two years ago', '2024-04-12', 1],
    ['two years ago', '2024-04-11', 0],
  ])('%s and is in hardship by what is on file is a line or not', async (_when, decidedOn, found) => {
    await of.left('refused', { decidedOn });
    await of.scanOn('2026-04-11');
    expect(await of.counted(hardship)).toEqual({ ...nothing, found, opened: found });
    if (found === 1) expect(await of.tasks()).toMatchObject([{ kind: hardship, dueOn: '2026-04-24' }]);
  });

  test('and would be in no tier today is none', async () => {
    await of.left('well off', { decidedOn: '2026-02-10', wages: 5_000_000 });
    await of.scanOn('2026-04-11');
    expect(await of.counted(hardship)).toEqual(nothing);
  });

  test('is one by the exit on file as well, and who is only watched for it is none', async () => {
    await of.left('in hardship', { exitOn: '2025-06-01' });
    await of.left('only watched', { exitOn: '2025-06-01', wages: 5_000_000 });
    await of.scanOn('2026-04-11');
    expect(await of.counted(hardship)).toEqual({ ...nothing, found: 1, opened: 1 });
  });

  test('because it withheld its consent has chosen, and is not sought out', async () => {
    await of.left('unwilling', { decidedOn: '2026-02-10', refusedFor: 'consent-withheld' });
    await of.scanOn('2026-04-11');
    expect(await of.counted(hardship)).toEqual(nothing);
  });

  test('is covered by the review of its new application', async () => {
    await of.applies(await of.left('applying', { decidedOn: '2026-02-10' }));
    await of.scanOn('2026-04-11');
    expect(await of.counted(hardship)).toEqual({ ...nothing, found: 1, byReview: 1 });
    expect(await of.tasks()).toEqual([]);
  });
});

describe('a line has one task', () => {
  test('however often the roster is scanned in a month, by the same day’s scan and by later ones', async () => {
    await of.household('unpaid');
    for (let day = 11; day <= 30; day += 1) await of.scanOn(`2026-04-${day}`);
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 1, byTask: 1 });
    expect(await of.tasks()).toHaveLength(1);
  });

  test('when two scan at once', async () => {
    for (let number = 0; number < 5; number += 1) await of.household(`unpaid ${number}`);
    of.nightOf('2026-04-11');
    const scan = await of.begin();
    await Promise.all([of.walk(scan), of.walk(scan), of.walk(scan)]);
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 5, opened: 5 });
    expect(await of.tasks()).toHaveLength(5);
  });

  test('that is done once: remedied, the month is not asked about again, and the next month is', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    const [task] = await of.tasks();
    if (task === undefined) throw new Error('no task');
    expect(bodyOf(await of.complete(task.taskId, delivery))).toMatchObject({ state: 'completed' });
    expect(await of.complete(task.taskId, delivery)).toMatchObject({ ok: true, replayed: true });
    await of.scanOn('2026-04-12');
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 1, byTask: 1 });
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-05-11');
    expect(await of.tasks()).toMatchObject([{ month: '2026-04' }]);
  });

  test('which the county’s officers do, and nobody of another county', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    const [task] = await of.tasks();
    if (task === undefined) throw new Error('no task');
    for (const by of [townshipWorker, approver])
      expect(refusalOf(await of.complete(task.taskId, delivery, by))).toMatchObject({ problem: 'forbidden' });
    const others = await writesNothing(roster, () => of.complete(task.taskId, delivery, otherCountyWorker));
    expect(refusalOf(others)).toMatchObject({ problem: 'not-found' });
    expect(refusalOf(await of.complete(task.taskId, hardship))).toMatchObject({ problem: 'validation-failed' });
    expect((await of.complete(task.taskId, delivery, releaser)).ok).toBe(true);
  });

  test('of which the sweep reminds, and which it escalates', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    roster.setTime('2026-04-17T16:00:00.000Z');
    const sweeping = { ...roster.dependencies, workflows: rememberingWorkflows() };
    const counts = await sweep(sweeping, [DivisionCode.parse(county)], (error) => {
      throw error;
    });
    expect(counts).toMatchObject({ escalated: 1, failed: 0 });
    expect(await of.tasks()).toMatchObject([{ state: 'escalated' }]);
  });
});
