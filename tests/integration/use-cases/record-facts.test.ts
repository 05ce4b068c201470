import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newEvent } from '../../../domain/events/new-event.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { mostFacts } from '../../../domain/households/household.ts';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { startCouple } from '../../support/household-changes.ts';
import { violationsIn } from '../../support/recount.ts';
import type { TestRoster } from '../../support/roster.ts';

let started: Awaited<ReturnType<typeof startCouple>>;
let roster: TestRoster;
let householdId: HouseholdId;
let wife: PersonId;
const opened: TestRoster[] = [];
beforeEach(async () => {
  started = await startCouple();
  ({ roster, householdId, wife } = started);
  opened.push(roster);
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const wages = (changes: object = {}): Fact =>
  Fact.parse({
    kind: 'income.wages',
    subject: wife,
    value: 1_200_00,
    unit: 'fen-per-12-months',
    dataset: 'tax',
    asOf: '2026-02-28',
    recordedAt: '2026-03-01T00:00:00.000Z',
    ...changes,
  });
const bills = (value: number): Fact =>
  wages({ kind: 'expenditure.medical', subject: householdId, value, dataset: 'hospital-bills' });
const stored = () => started.of.stored(householdId);
const told = () => started.of.outbox('FactsRecorded');
const record = (...facts: Fact[]) => recordFacts(roster.dependencies, householdId, facts);

describe('what a department says of a household', () => {
  test('is recorded with one event that names the household and nothing else', async () => {
    const { version } = await stored();
    expect(await record(wages(), bills(5_000_00))).toBe('recorded');
    const after = await stored();
    expect(after.version).toBe(version + 1);
    expect(after.household.facts).toEqual(expect.arrayContaining([wages(), bills(5_000_00)]));
    expect(await told()).toMatchObject([{ householdId, personId: null, applicationId: null }]);
    expect(JSON.stringify(await told())).not.toContain('500000');
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('twice changes nothing the second time, and tells nobody', async () => {
    await record(wages());
    const before = await stored();
    expect(await record(wages())).toBe('unchanged');
    expect(await stored()).toEqual(before);
    expect(await told()).toHaveLength(1);
  });

  test('by two files at once is kept of both', async () => {
    const given = [1, 2, 3, 4, 5].map((month) => wages({ kind: 'income.other', asOf: `2026-01-0${month}` }));
    await Promise.all([record(wages()), record(bills(1)), ...given.slice(-2).map((each) => record(each))]);
    const { facts } = (await stored()).household;
    expect(facts).toEqual(expect.arrayContaining([wages(), bills(1), ...given.slice(-2)]));
  });

  test('of somebody who does not live in it is refused whole', async () => {
    const before = await stored();
    const stranger = wages({ subject: 'per_0198f2c000007000800000000000ffff' });
    expect(await record(wages(), stranger)).toBe('not-a-member');
    expect(await stored()).toEqual(before);
  });

  test('is refused where the household can keep no more facts', async () => {
    const full = Array.from({ length: mostFacts }, (_, index) =>
      wages({
        kind: 'income.other',
        dataset: 'bank',
        recordedAt: new Date(Date.UTC(2020, 0, 1, 0, index)).toISOString(),
      }),
    );
    const { household, ...rest } = await stored();
    const own = full.map((each) => ({ ...each, dataset: 'declaration' as const }));
    await roster.store.commit({
      aggregates: [
        { kind: 'household', value: { ...rest, version: rest.version + 1, household: { ...household, facts: own } } },
      ],
      event: newEvent('TaskCompleted', roster.dependencies.now(), roster.dependencies.newId, {}),
      actor: { role: 'county-worker', subject: 'officer' },
      division: household.residenceDivision,
    });
    expect(await record(wages())).toBe('full');
  });

  test("by somebody's own word is not a department's, and refused", async () => {
    await expect(record(wages({ dataset: 'declaration' }))).rejects.toThrow('department');
  });
});
