import { expect, test } from 'vitest';
import { z } from 'zod';
import { OutcomeBody } from '../../../contracts/api/referrals.ts';
import { awaitReferral } from '../../../functions/await-referral/await-referral.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { reportOutcome } from '../../../functions/referrals/report-outcome.ts';
import { verifyReferral } from '../../../functions/referrals/verify-referral.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { department, townshipWorker } from '../../support/people.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

const Units = z.looseObject({ CapacityUnits: z.number().default(0) });
const Answer = z.looseObject({ ConsumedCapacity: z.union([z.array(Units), Units]).optional() });
/** Counts the write units of everything that is asked of the tables from now on, as the store itself counts them. */
const countingWrites = (roster: TestRoster): (() => number) => {
  let units = 0;
  roster.tables.client.middlewareStack.add(
    (next, context) => async (request) => {
      const input = { ...request.input, ReturnConsumedCapacity: 'TOTAL' };
      const answer = await next({ ...request, input });
      const found = Answer.parse(answer.output).ConsumedCapacity;
      if (/Put|Delete|Update|TransactWrite/u.test(String(context['commandName'])))
        for (const { CapacityUnits } of found === undefined ? [] : [found].flat()) units += CapacityUnits;
      return answer;
    },
    { step: 'initialize' },
  );
  return () => units;
};

test('a referral that goes well costs at most forty write units, its workflow and its share of the plan included', async () => {
  const roster = await startRoster();
  const steps = referralSteps(roster.dependencies);
  const { dependencies, store } = roster;
  const workflows = rememberingWorkflows();
  const { determinationId, householdId } = await steps.decided();
  const units = countingWrites(roster);
  const relayAll = async (): Promise<void> => {
    for (const event of await unrelayedEvents(store)) await relayEvent({ ...dependencies, workflows }, event);
  };
  await relayAll();
  const planned = (await store.plan(householdId))?.needs ?? [];
  const [first] = planned;
  if (first === undefined) throw new Error(`${determinationId} refers nothing`);
  const share = units() / planned.length;
  const { referralId } = first;
  const agency = department('healthcare-security');
  const before = units();
  await awaitReferral(dependencies, referralId, 'acceptance', 'a token of some length '.repeat(20));
  bodyOf(await acceptReferral(dependencies, agency, referralId));
  await relayAll();
  await awaitReferral(dependencies, referralId, 'outcome', 'a token of some length '.repeat(20));
  const body = OutcomeBody.parse({ kind: 'delivered', amount: 120_000, on: '2026-03-02', evidence: 'file 2026-17' });
  const report = { principal: agency, referralId, body, idempotencyKey: 'key-of-the-report', fingerprint: 'f' };
  bodyOf(await reportOutcome(dependencies, report));
  await relayAll();
  await awaitReferral(dependencies, referralId, 'verification', 'a token of some length '.repeat(20));
  bodyOf(await verifyReferral(dependencies, townshipWorker, referralId, { result: 'confirmed', how: 'household' }));
  await relayAll();
  const total = share + units() - before;
  await roster.stop();
  expect(share).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(40);
});
