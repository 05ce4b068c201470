import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Fact } from '../../../domain/facts/fact.ts';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { county, couple, townshipWorker } from '../../support/people.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
const opened: TestRoster[] = [];

beforeEach(async () => {
  roster = await startRoster();
  opened.push(roster);
  of = householdChanges(roster);
  steps = reviewSteps(roster.dependencies);
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const membersOf = async (householdId: HouseholdId): Promise<readonly PersonId[]> =>
  (await of.stored(householdId)).household.members.map(({ personId }) => personId);
/** A tax office tells of wages far above every standard, as of a day, and the relay takes it up. */
const wagesTold = async (householdId: HouseholdId, asOf: string): Promise<void> => {
  const facts = (await membersOf(householdId)).map((subject) =>
    Fact.parse({
      ...{ kind: 'income.wages', unit: 'fen-per-12-months', value: 90_000_00, subject, dataset: 'tax', asOf },
      recordedAt: roster.at(),
    }),
  );
  await recordFacts(roster.dependencies, householdId, facts);
  await of.relayed(['FactsRecorded']);
};
const alerts = async () => (await roster.store.alertsOf(DivisionCode.parse(county), 'open', 100, null)).items;
const rules = async () => (await alerts()).map(({ rule }) => rule).toSorted();
/** Gives every event of a type twice, as the stream and the sweep may. */
const relayedTwice = async (type: string): Promise<void> => {
  const events = await of.outbox(type);
  expect(events).not.toEqual([]);
  for (const event of [...events, ...events])
    await relayEvent({ ...roster.dependencies, workflows: of.workflows }, event);
};
const decided = async (submitted: Awaited<ReturnType<typeof steps.submitToConfirmation>>): Promise<void> => {
  await steps.confirm(submitted.reviewId);
  await steps.record(submitted.reviewId);
};

describe('what a department told while a review was under way', () => {
  test('is told of when the household withdraws: nothing was decided by it', async () => {
    const asked = couple();
    const first = await steps.submitToConfirmation(asked);
    await decided(first);
    await of.relayed(['DeterminationRecorded']);
    roster.pass({ minutes: 1 });
    const { applicationId, householdId } = await steps.submit(asked);
    await wagesTold(householdId, '2026-03-01');
    expect(await rules()).toEqual([]);
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
    await relayedTwice('ApplicationWithdrawn');
    expect(await rules()).toEqual(['decision.may-no-longer-qualify']);
    expect(await alerts()).toMatchObject([{ version: 1, evidence: [{ dataset: 'tax' }, { dataset: 'tax' }] }]);
  });

  test('and the opinion that was confirmed had not seen, is told of when it is decided', async () => {
    const submitted = await steps.submitToConfirmation(couple());
    const { householdId } = submitted;
    roster.pass({ days: 8 });
    await wagesTold(householdId, '2026-03-08');
    expect(await rules()).toEqual([]);
    await decided(submitted);
    expect(await of.standing(householdId)).toMatchObject({ outcome: 'granted', tier: 'MINIMUM_LIVING_ALLOWANCE' });
    await relayedTwice('DeterminationRecorded');
    expect(await rules()).toEqual(['decision.may-no-longer-qualify']);
    expect(await alerts()).toMatchObject([{ version: 1, evidence: [{ dataset: 'tax' }, { dataset: 'tax' }] }]);
  });

  test('is not told of while the next one is under way, by an event of the one before that comes late', async () => {
    const asked = couple();
    await decided(await steps.submitToConfirmation(asked));
    roster.pass({ days: 1 });
    const { householdId } = await steps.submit(asked);
    await wagesTold(householdId, '2026-03-02');
    await relayedTwice('DeterminationRecorded');
    expect(await rules()).toEqual([]);
  });

  test.each([
    ['before its opinion, is no alert: it was decided on', 0, []],
    ['after its opinion, is one', 8, ['housing.unsafe']],
  ] as const)('and fires a rule for those with a tier, told %s', async (_, days, expected) => {
    const { householdId, reviewId } = await steps.submitToVisit(couple());
    const told = async () => {
      const asOf = roster.at().slice(0, 10);
      const fact = { kind: 'housing.condition', unit: 'choice', value: 'unsafe', dataset: 'real-estate' };
      await recordFacts(roster.dependencies, householdId, [
        Fact.parse({ ...fact, subject: householdId, asOf, recordedAt: roster.at() }),
      ]);
      await of.relayed(['FactsRecorded']);
    };
    if (days === 0) await told();
    await steps.visit(reviewId);
    await steps.publish(reviewId);
    await steps.open(reviewId, 'county-confirmation');
    roster.pass({ days: 8 });
    if (days > 0) await told();
    await steps.confirm(reviewId);
    await steps.record(reviewId);
    await relayedTwice('DeterminationRecorded');
    expect((await of.standing(householdId)).outcome).toBe('granted');
    expect((await rules()).filter((rule) => !rule.startsWith('decision.'))).toEqual(expected);
  });

  test('is not told of where it changes nothing', async () => {
    const submitted = await steps.submitToConfirmation(couple());
    await decided(submitted);
    await relayedTwice('DeterminationRecorded');
    expect(await alerts()).toEqual([]);
  });
});
