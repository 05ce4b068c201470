import { type ErasureBody, ErasureView } from '../../contracts/api/keys.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { dateInChina } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { type ErasureHindrance, erasureHindrance, withoutMember } from '../../domain/households/erasure.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PersonId } from '../../domain/ids.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import type { PersonClaim, RosterStore } from '../../domain/store/roster-store.ts';
import { answeredBefore } from '../answered-before.ts';
import type { KeyDependencies } from './key-dependencies.ts';

export interface ErasureRequest {
  principal: Principal;
  personId: PersonId;
  body: ErasureBody;
  ifMatch: number;
  idempotencyKey: string;
  fingerprint: string;
}

const tasksPerPage = 200;

/**
 * Destroys a person's key, and with it every copy of what was stored about the person: in the household, in applications,
 * determinations, tasks and notices, in exports and backups that were made of them. The others keep what is about them in the
 * household; the audit keeps that it was done, by whom and why.
 */
export const erasePerson = async (
  dependencies: KeyDependencies,
  request: ErasureRequest,
): Promise<Outcome<ErasureView>> => {
  const before = await answerBefore(dependencies, request);
  if (before !== undefined) return before;
  const outcome = await attemptErasure(dependencies, request);
  // The same request may have been carried out this very moment: then what is refused here was done there.
  return outcome.ok ? outcome : ((await answerBefore(dependencies, request)) ?? outcome);
};

const answerBefore = (
  dependencies: KeyDependencies,
  { principal, idempotencyKey, fingerprint }: ErasureRequest,
): Promise<Outcome<ErasureView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, ErasureView);

const attemptErasure = async (
  dependencies: KeyDependencies,
  request: ErasureRequest,
): Promise<Outcome<ErasureView>> => {
  const { store, now, newId } = dependencies;
  const { principal, personId, body, ifMatch, idempotencyKey, fingerprint } = request;
  const roster = await store.household(body.householdId);
  if (roster === undefined || !mayErase(roster, personId, principal)) return refuse('not-found');
  if (roster.version !== ifMatch) return refuse('version-conflict', { version: roster.version });
  const hindrance = await hindranceOf(dependencies, roster);
  if (hindrance !== undefined) return refuse(problemOf[hindrance]);

  const remaining = withoutMember(roster, personId);
  const answer: ErasureView = {
    personId,
    householdId: body.householdId,
    remainingMembers: remaining?.household.members.length ?? 0,
  };
  const result = await store.commit({
    aggregates: remaining === null ? [] : [{ kind: 'household', value: remaining }],
    claims: await freed(store, remaining),
    erasure: {
      ...body,
      personId,
      residentId: await findable(store, roster, personId),
      version: roster.version + 1,
      division: roster.household.residenceDivision,
    },
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...answer } },
    event: newEvent('PersonErased', now(), newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: roster.household.residenceDivision,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(answer, { version: roster.version + 1 });
};

const problemOf = {
  'work-open': 'erasure-work-open',
  'aid-granted': 'erasure-aid-granted',
  'too-early': 'erasure-too-early',
} as const satisfies Record<ErasureHindrance, string>;

/** Whether a person is a member, or was one and has left. */
const knownTo = ({ members, history = [] }: RosterHousehold['household'], personId: PersonId): boolean =>
  [...members, ...history].some((each) => each.personId === personId);

const mayErase = ({ household }: RosterHousehold, personId: PersonId, principal: Principal): boolean =>
  knownTo(household, personId) &&
  [household.registeredDivision, household.residenceDivision].some((division) => mayReach(principal, { division }));

const hindranceOf = async (
  { store, now, retentionDays }: KeyDependencies,
  roster: RosterHousehold,
): Promise<ErasureHindrance | undefined> => {
  const [application, determination, hasOpenTask, hasOpenReferral] = await Promise.all([
    roster.applicationId === null ? undefined : store.application(roster.applicationId),
    roster.determinationId === null ? undefined : store.determination(roster.determinationId),
    isOnWorklist(store, roster),
    isReferred(store, roster),
  ]);
  return erasureHindrance({
    application,
    determination,
    hasOpenTask: hasOpenTask || hasOpenReferral,
    today: dateInChina(now()),
    retentionDays,
  });
};

/** A change of policy, or a need that the daily scan found, may wait for an officer although nobody has applied; no household names the tasks about it. */
const isOnWorklist = async (store: RosterStore, { household }: RosterHousehold): Promise<boolean> => {
  const counties = new Set([countyOf(household.registeredDivision), countyOf(household.residenceDivision)]);
  for (const county of counties) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.openTasks>> = await store.openTasks(
        county,
        county,
        tasksPerPage,
        after,
      );
      if (page.items.some((task) => 'householdId' in task && task.householdId === household.householdId)) return true;
      after = page.next;
    } while (after !== null);
  }
  return false;
};

/** A department may still have something to do for somebody of the household. */
const isReferred = async (store: RosterStore, { household }: RosterHousehold): Promise<boolean> => {
  const plan = await store.plan(household.householdId);
  const referrals = await Promise.all((plan?.needs ?? []).map(({ referralId }) => store.referral(referralId)));
  return referrals.some((referral) => referral !== undefined && referral.closedAt === null);
};

/** By which resident ID the person is found: null where none is known, or where it leads to another household by now. */
const findable = async (
  store: RosterStore,
  { household, identities }: RosterHousehold,
  personId: PersonId,
): Promise<string | null> => {
  const residentId = identities.find((identity) => identity.personId === personId)?.residentId ?? null;
  if (residentId === null) return null;
  const [known] = await store.people([residentId]);
  return known === undefined || known.householdId === null || known.householdId === household.householdId
    ? residentId
    : null;
};

/** The others are tied to no application any more: it was about everybody, and is no more. */
const freed = async (store: RosterStore, remaining: RosterHousehold | null): Promise<PersonClaim[]> => {
  const residentIds = (remaining?.identities ?? []).flatMap(({ residentId }) => residentId ?? []);
  const people = await store.people(residentIds);
  return residentIds.flatMap((residentId, index) => {
    const seen = people[index];
    return seen === undefined || seen.applicationId === null || seen.householdId !== remaining?.household.householdId
      ? []
      : [{ ...seen, residentId, seen, applicationId: null }];
  });
};
