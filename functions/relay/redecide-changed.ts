import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { DeterminationId, GrievanceId, HouseholdId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { changeDetermination, differs } from '../../domain/policy-versions/change-determination.ts';
import { undecidedTask } from '../../domain/policy-versions/change-task.ts';
import { changeDeterminationIdOf } from '../../domain/policy-versions/run-ids.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { isGrievanceTask } from '../../domain/tasks/task.ts';
import { decideAnew } from '../decide-anew.ts';
import { isProposedByActivation } from '../proposed-by-activation.ts';

/** Who decides because of a change in a household; such a decision names it as whoever confirmed it, until the county has looked. */
const changeActor = { role: 'workflow', subject: 'household-change' } as const;

/**
 * Decides a household anew after a change in it, by the policy in force and as of the day on which the change was recorded. The decision
 * follows from the change's event, so that it is made once however often the event is told. A household of which nothing was decided has
 * nothing to be decided anew, and where the rules give what stands nothing is written. What cannot be decided is the county's to look at.
 */
export const redecideChanged = async (
  dependencies: Dependencies,
  event: DomainEvent,
  householdId: HouseholdId,
): Promise<void> => {
  const task = event.taskId === null ? undefined : await dependencies.store.task(event.taskId);
  await redecide(dependencies, event, {
    householdId,
    grievanceId: task !== undefined && isGrievanceTask(task) ? task.grievanceId : undefined,
  });
};

/**
 * Decides a household anew after the county could only leave a decision that another one, or a newer policy, had overtaken: what was to be
 * changed is still to be changed, unless the activation of that policy has proposed it by itself. Where nothing had overtaken the decision
 * the county has kept what stood, and that is its answer. A change in the household that overtakes one is told by an event of its own.
 */
export const redecideKept = async (
  dependencies: Dependencies,
  event: DomainEvent,
  determinationId: DeterminationId,
): Promise<void> => {
  const { store, policies } = dependencies;
  const kept = await ifReadable(store.determination(determinationId));
  if (kept?.change?.state !== 'kept') return;
  const { householdId, previous, policyVersion, change } = kept;
  const roster = await store.household(householdId);
  if (roster?.determinationId === previous && (await policies.inForce()).version === policyVersion) return;
  const { cause } = change;
  await redecide(dependencies, event, {
    householdId,
    grievanceId: cause.kind === 'household-change' ? cause.grievanceId : undefined,
  });
};

/** Who is decided anew, and because of which grievance, if one was upheld. */
interface Redecided {
  readonly householdId: HouseholdId;
  readonly grievanceId: GrievanceId | undefined;
}

const redecide = async (
  dependencies: Dependencies,
  event: DomainEvent,
  { householdId, grievanceId }: Redecided,
): Promise<void> => {
  const policy = await dependencies.policies.inForce();
  const determinationId = changeDeterminationIdOf(dependencies.digest, event.eventId, householdId);
  let met: RosterHousehold | undefined;
  const decided = await decideAnew(
    dependencies,
    { householdId, determinationId, event: 'HouseholdRedecided', actor: changeActor, policy },
    (roster) => {
      met = roster;
      return decide(dependencies, { event, policy, grievanceId }, roster);
    },
  );
  if (decided === 'cannotDecide' && met !== undefined) await openUndecided(dependencies, event, policy, met);
};

/** From what a household is decided anew. */
interface Deciding extends Pick<Redecided, 'grievanceId'> {
  readonly event: DomainEvent;
  readonly policy: PolicyPack;
}

type WhyNot = 'nothingStands' | 'unchanged' | 'proposed' | 'cannotDecide';

const decide = async (
  { store, digest, now }: Dependencies,
  { event: { eventId, at }, policy, grievanceId }: Deciding,
  roster: RosterHousehold,
): Promise<Determination | WhyNot> => {
  if (roster.determinationId === null) return 'nothingStands';
  const evaluation = evaluate(roster.household, policy, dateInChina(at));
  if (evaluation.status === 'cannot-decide') return 'cannotDecide';
  const [standing, application] = await Promise.all([
    store.determination(roster.determinationId),
    roster.applicationId === null ? undefined : store.application(roster.applicationId),
  ]);
  if (standing === undefined) throw new Error(`${roster.determinationId} is not in the store`);
  const next = changeDetermination(digest, {
    cause: { kind: 'household-change', changeId: eventId, ...(grievanceId === undefined ? {} : { grievanceId }) },
    determinationId: changeDeterminationIdOf(digest, eventId, roster.household.householdId),
    roster,
    standing,
    application,
    policy,
    evaluation,
    decidedBy: changeActor.subject,
    at: now(),
  });
  if (!differs(standing, next)) return 'unchanged';
  return (await isProposedByActivation({ store, digest }, next)) ? 'proposed' : next;
};

/** The county's task to have a household decided that the rules cannot decide any more; what stood goes on standing. */
const openUndecided = async (
  dependencies: Dependencies,
  { eventId }: DomainEvent,
  policy: PolicyPack,
  roster: RosterHousehold,
): Promise<void> => {
  const { store, digest, now, newId } = dependencies;
  const standing = roster.determinationId === null ? undefined : await store.determination(roster.determinationId);
  if (standing === undefined) throw new Error(`${roster.household.householdId} has no decision to look at`);
  const determinationId = changeDeterminationIdOf(digest, eventId, roster.household.householdId);
  const task = undecidedTask({ ...dependencies, policy }, determinationId, { standing, roster }, now());
  if ((await store.task(task.taskId)) !== undefined) return;
  const { taskId, division, applicationId, reviewId } = task;
  const result = await store.commit({
    aggregates: [{ kind: 'task', value: task, from: [] }],
    event: newEvent('TaskOpened', task.openedAt, newId, { applicationId, reviewId, taskId }),
    actor: changeActor,
    division,
  });
  if (!result.ok && (await store.task(taskId)) === undefined) throw new WriteConflict(`${taskId}: ${result.conflict}`);
};
