import { HouseholdChangeBody } from '../../contracts/api/household-changes.ts';
import type { Principal } from '../../contracts/principal.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { workflowActor } from '../../domain/reviews/review-of.ts';
import { recordHouseholdChange } from '../../functions/households/record-household-change.ts';
import { relayEvent } from '../../functions/relay/relay-event.ts';
import { countyWorker, couple, residentId } from './people.ts';
import { bodyOf, rememberingWorkflows, reviewSteps } from './reviews.ts';
import { startRoster, type TestRoster } from './roster.ts';
import { unrelayedEvents } from './unrelayed-events.ts';

/** A child of the couple, a fortnight old when the clock of tests begins. */
export const birth = {
  kind: 'birth',
  name: '张小测',
  residentId: residentId('2026-02-16', 2),
  birthDate: '2026-02-16',
  sex: 'female',
  relation: 'child',
  // With this the rules can decide: of whom nothing is said they cannot rule out extreme hardship.
  declared: { capableSupporters: 2, selfCareFailedIndicators: 0 },
  evidence: 'birth-certificate',
};

/** Somebody who comes into the household as an adult. */
export const joined = {
  kind: 'joined',
  on: '2026-03-01',
  name: '李测试',
  residentId: residentId('1990-05-05', 21),
  birthDate: '1990-05-05',
  sex: 'male',
  relation: 'child',
  declared: { incomes: { wages: 0 }, capableSupporters: 2, selfCareFailedIndicators: 0 },
  evidence: 'household-registration',
};

let keys = 0;

/** Changes in households, and what the relay does with their events, on a real store. */
export const householdChanges = (roster: TestRoster) => {
  const { dependencies, store } = roster;
  const workflows = rememberingWorkflows();
  const stored = async (householdId: HouseholdId): Promise<RosterHousehold> => {
    const found = await store.household(householdId);
    if (found === undefined) throw new Error(`${householdId} is gone`);
    return found;
  };
  const record = async (
    householdId: HouseholdId,
    body: object,
    more: { principal?: Principal; ifMatch?: number; key?: string } = {},
  ) => {
    keys += 1;
    const { principal = countyWorker, key = `change-${keys}` } = more;
    return recordHouseholdChange(dependencies, {
      principal,
      householdId,
      body: HouseholdChangeBody.parse(body),
      ifMatch: more.ifMatch ?? (await stored(householdId)).version,
      idempotencyKey: key,
      fingerprint: dependencies.digest(JSON.stringify([householdId, body])),
    });
  };
  const changed = async (householdId: HouseholdId, body: object) => bodyOf(await record(householdId, body));
  const outbox = async (type: string) => (await unrelayedEvents(store)).filter((event) => event.type === type);
  /** Gives the events of these types to the relay, until there are none. */
  const relayed = async (types: readonly string[]): Promise<void> => {
    for (;;) {
      const [event] = (await unrelayedEvents(store)).filter(({ type }) => types.includes(type));
      if (event === undefined) return;
      await relayEvent({ ...dependencies, workflows }, event);
    }
  };
  /** Everything that follows from changes: decided anew, and planned anew. */
  const followed = (): Promise<void> =>
    relayed(['HouseholdChanged', 'DeathRecorded', 'HouseholdRedecided', 'PolicyChangeChecked']);
  const standing = async (householdId: HouseholdId) => {
    const { determinationId } = await stored(householdId);
    const found = determinationId === null ? undefined : await store.determination(determinationId);
    if (found === undefined) throw new Error(`${householdId} has no decision`);
    return found;
  };
  /** Says of the first member, or the household, what is true as of a day. */
  const say = async (householdId: HouseholdId, asOf: string, facts: Partial<Record<FactKind, unknown>>) => {
    const { household, ...rest } = await stored(householdId);
    const given = Object.entries(facts).map(([kind, value]) =>
      Fact.parse({
        kind,
        value,
        subject: factKinds[kind as FactKind].about === 'person' ? household.members[0]?.personId : householdId,
        unit: factKinds[kind as FactKind].unit,
        dataset: 'field-assessment',
        asOf,
        recordedAt: roster.at(),
      }),
    );
    const value = {
      ...rest,
      version: rest.version + 1,
      household: { ...household, facts: [...household.facts, ...given] },
    };
    const result = await store.commit({
      aggregates: [{ kind: 'household', value }],
      event: newEvent('FactsRecorded', roster.at(), dependencies.newId, { changed: householdId }),
      actor: workflowActor,
      division: household.residenceDivision,
    });
    if (!result.ok) throw new Error(JSON.stringify(result));
  };
  return { stored, record, changed, say, outbox, relayed, followed, standing, workflows };
};

/** A roster of its own with a couple that has applied, and what can be recorded of it. */
export const startCouple = async () => {
  const roster = await startRoster();
  const steps = reviewSteps(roster.dependencies);
  const body = couple();
  const { householdId, members } = await steps.submit(body);
  const [husband, wife] = members.map(({ personId }) => personId);
  const [husbandsId, wifesId] = body.members.map((member) => member.residentId);
  if (husband === undefined || wife === undefined || husbandsId === undefined || wifesId === undefined)
    throw new Error('a couple has two members');
  return { roster, steps, of: householdChanges(roster), householdId, husband, wife, husbandsId, wifesId };
};

/** A roster of its own with a couple to which the allowance was granted a minute ago, and what that opens with other departments planned. */
export const startDecidedCouple = async () => {
  const roster = await startRoster();
  const steps = reviewSteps(roster.dependencies);
  const of = householdChanges(roster);
  const asked = couple();
  const submitted = await steps.submitToConfirmation(asked);
  const { householdId, reviewId, members } = submitted;
  await steps.confirm(reviewId);
  await steps.record(reviewId);
  await of.relayed(['DeterminationRecorded']);
  roster.pass({ minutes: 1 });
  const [husband, wife] = members.map(({ personId }) => personId);
  if (husband === undefined || wife === undefined) throw new Error('a couple has two members');
  return { roster, steps, of, asked, submitted, householdId, reviewId, husband, wife };
};
