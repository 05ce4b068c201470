import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Principal } from '../../../contracts/principal.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { DeterminationId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { readDetermination, readTrace } from '../../../functions/reviews/read-determination.ts';
import { type CountyOptions, generateHouseholds, type SyntheticHousehold } from '../../../synthetic/households.ts';
import { type Seeded, seedCounty } from '../../../synthetic/seed-county.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

const wanted: CountyOptions = {
  seed: 'a small county',
  count: 60,
  county: DivisionCode.parse('140922'),
  date: LocalDate.parse('2026-03-02'),
};
const households = [...generateHouseholds(wanted)];
const onRecord = households.filter((household) => household.onRecord);
const officer = Principal.parse({
  subject: 'an-officer',
  role: 'county-worker',
  division: wanted.county,
  agency: null,
});

const ignore = (): void => undefined;
const seedInto = (
  { tables, vault }: TestRoster,
  options: CountyOptions = wanted,
  client: DynamoDBDocumentClient = tables.client,
): Promise<Seeded> => seedCounty({ client, rosterTable: tables.roster, vault }, options, ignore);

describe('a seeded county', () => {
  let roster: TestRoster;
  let seeded: Seeded;
  beforeAll(async () => {
    roster = await startRoster();
    seeded = await seedInto(roster);
  });
  afterAll(() => roster.stop());

  test('has every household as it was made', async () => {
    expect(seeded.summary.households).toBe(wanted.count);
    for (const household of households) {
      expect(await roster.store.household(household.roster.household.householdId)).toEqual(household.roster);
    }
  });

  test('has every person under the resident ID, with household and last application', async () => {
    for (const { roster: stored } of households) {
      for (const { personId, residentId } of stored.identities) {
        if (residentId === null) continue;
        const { householdId } = stored.household;
        const { applicationId } = stored;
        expect(await roster.store.people([residentId])).toEqual([{ personId, householdId, applicationId }]);
      }
    }
  });

  test('has the application, the review and the determination of every case on record, naming each other', async () => {
    expect(onRecord.length).toBeGreaterThan(0);
    for (const { decided } of onRecord) {
      if (decided === null) throw new Error('a case on record without its file');
      const { application, review, determination } = decided;
      expect(await roster.store.application(application.applicationId)).toEqual(application);
      expect(await roster.store.review(review.reviewId)).toEqual(review);
      expect(await roster.store.determination(determination.determinationId)).toEqual(determination);
      expect(application).toMatchObject({
        state: determination.outcome,
        determinationId: determination.determinationId,
      });
      expect(review).toMatchObject({ state: 'concluded', determinationId: determination.determinationId });
    }
  });

  test('explains each of its determinations with the trace it was decided on', async () => {
    const ids = onRecord.flatMap(({ roster: { determinationId } }) => determinationId ?? []);
    for (const id of [
      ...ids,
      ...seeded.summary.samples.map(({ determinationId }) => DeterminationId.parse(determinationId)),
    ]) {
      expect(await readDetermination(roster.dependencies, officer, id, 'zh')).toMatchObject({ ok: true });
      expect(await readTrace(roster.dependencies, officer, id)).toMatchObject({ ok: true });
    }
  });

  test('leaves nobody readable in the table', async () => {
    const stored = JSON.stringify(await roster.items('roster'));
    for (const { name, residentId } of households.flatMap((household) => household.roster.identities)) {
      expect(stored).not.toContain(name);
      if (residentId !== null) expect(stored).not.toContain(residentId);
    }
  });
});

describe('seeding again', () => {
  let roster: TestRoster;
  beforeEach(async () => {
    roster = await startRoster();
    return () => roster.stop();
  });

  const householdsIn = async (): Promise<number> =>
    (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('HOUSEHOLD#')).length;

  test('a complete county is left as it is, whatever is asked for', async () => {
    const first = await seedInto(roster);
    const before = await roster.everything();
    const second = await seedInto(roster, { ...wanted, seed: 'another', count: 90 });
    expect(second).toEqual({ ...first, alreadySeeded: true, items: 0 });
    expect(await roster.everything()).toEqual(before);
  });

  /** The same client, whose `failing`th batch is lost. */
  const breakingAt = (failing: number): DynamoDBDocumentClient => {
    const { client } = roster.tablesWith({});
    let batches = 0;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context['commandName'] === BatchWriteCommand.name || context['commandName'] === 'BatchWriteItemCommand') {
          batches += 1;
          if (batches === failing) throw new Error('the connection was cut');
        }
        return next(args);
      },
      { step: 'initialize' },
    );
    return client;
  };

  test.each([2, 5])(
    'a batch that is lost is heard of, and the county is not called complete (batch %i)',
    async (failing) => {
      await expect(seedInto(roster, wanted, breakingAt(failing))).rejects.toThrow('the connection was cut');
      expect(await householdsIn()).toBeLessThan(wanted.count);
      // Asked for another county, it finishes the one that was begun: the same households under the same keys.
      const second = await seedInto(roster, { ...wanted, seed: 'another', count: 90 });
      expect(second).toMatchObject({ alreadySeeded: false, county: { seed: wanted.seed, count: wanted.count } });
      expect(await householdsIn()).toBe(wanted.count);
      const [first] = households satisfies SyntheticHousehold[];
      expect(first && (await roster.store.household(first.roster.household.householdId))).toEqual(first?.roster);
    },
  );
});
