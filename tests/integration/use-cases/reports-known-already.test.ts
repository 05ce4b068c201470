import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeathBody } from '../../../contracts/api/households.ts';
import type { Household } from '../../../domain/households/household.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { startCouple } from '../../support/household-changes.ts';
import { countyWorker, couple, residentId, townshipWorker } from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { reports, wordOf } from '../../support/reports.ts';
import { bodyOf, submissionOf } from '../../support/reviews.ts';
import type { TestRoster } from '../../support/roster.ts';

let world: Awaited<ReturnType<typeof startCouple>>;
let of: ReturnType<typeof reports>;
const started: TestRoster[] = [];
beforeEach(async () => {
  world = await startCouple();
  started.push(world.roster);
  of = reports(world.roster.dependencies);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

/** A report of whoever has this ID, ended as known already in a household, or in the one that is found. */
const ended = async (id: string | null, householdId: string | null = world.householdId) => {
  const person = id === null ? { place: 'behind the mill' } : { residentId: id };
  const { reportId } = bodyOf(await of.receive(wordOf({}, person)));
  return of.end(reportId, { outcome: 'known-already', householdId });
};
const refused = (code: string) => ({ problem: 'validation-failed', errors: [{ field: '/householdId', code }] });
/** The household without an application under way, and otherwise. */
const standing = async (otherwise: (household: Household) => Household): Promise<void> => {
  const { roster, householdId } = world;
  const { applicationId } = await world.of.stored(householdId);
  const application = applicationId === null ? undefined : await roster.store.application(applicationId);
  if (application === undefined) throw new Error('nobody applied');
  bodyOf(
    await withdrawApplication(roster.dependencies, townshipWorker, application.applicationId, application.version),
  );
  const before = await world.of.stored(householdId);
  const value = { ...before, version: before.version + 1, household: otherwise(before.household) };
  expect(await roster.store.commit(recordsOf('standing').change([{ kind: 'household', value }]))).toEqual({ ok: true });
};

describe('a household that is named as covering the person', () => {
  test('is that of whoever has the ID that was told', async () => {
    expect(bodyOf(await ended(world.wifesId))).toMatchObject({ coverage: { householdId: world.householdId } });
    const unknown = residentId('1950-05-05', 702);
    expect(await ended(unknown)).toMatchObject(refused('report.person'));
    const others = couple();
    const { dependencies } = world.roster;
    bodyOf(await submitApplication(dependencies, submissionOf(dependencies, others, 'of-the-others')));
    expect(await ended(others.members[0]?.residentId ?? '')).toMatchObject(refused('report.person'));
  });

  test('is whichever the officer names where no ID was told', async () => {
    expect(bodyOf(await ended(null))).toMatchObject({ coverage: { householdId: world.householdId } });
  });

  test('covers a member who alone has a tier, and not the others', async () => {
    await standing((household) => ({
      ...household,
      members: household.members.map((member) => ({
        ...member,
        tier: member.personId === world.wife ? 'SINGLE_PERSON_ENTRY' : 'NONE',
      })),
    }));
    expect(bodyOf(await ended(world.wifesId))).toMatchObject({ coverage: { by: ['tier'] } });
    expect(await ended(world.husbandsId)).toMatchObject(refused('report.not-covered'));
  });

  test('covers nobody who has died by the roster: somebody who is told of all the same is gone to', async () => {
    const { roster, householdId, husband } = world;
    bodyOf(
      await recordDeath(roster.dependencies, {
        ...{ principal: countyWorker, householdId, personId: husband },
        body: DeathBody.parse({ diedOn: '2026-03-01', evidence: 'death-certificate' }),
        ifMatch: (await world.of.stored(householdId)).version,
      }),
    );
    const { reportId } = bodyOf(await of.receive(wordOf({}, { residentId: world.husbandsId })));
    const known = (named: string | null) => of.end(reportId, { outcome: 'known-already', householdId: named });
    expect(bodyOf(await of.read(reportId)).known).toBeNull();
    expect(await known(householdId)).toMatchObject(refused('report.person'));
    expect(await known(null)).toMatchObject(refused('report.not-covered'));
    expect(bodyOf(await ended(world.wifesId, null))).toMatchObject({ state: 'known-already' });
  });
});
