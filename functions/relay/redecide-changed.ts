import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { GrievanceId, HouseholdId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { changeDetermination, differs } from '../../domain/policy-versions/change-determination.ts';
import { undecidedTask } from '../../domain/policy-versions/change-task.ts';
import { changeDeterminationIdOf } from '../../domain/policy-versions/run-ids.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { isGrievanceTask } from '../../domain/tasks/task.ts';
import { decideAnew } from '../decide-anew.ts';

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
  const policy = await dependencies.policies.inForce();
  const determinationId = changeDeterminationIdOf(dependencies.digest, event.eventId, householdId);
  let met: RosterHousehold | undefined;
  const decided = await decideAnew(
    dependencies,
    { householdId, determinationId, event: 'HouseholdRedecided', actor: changeActor, policy },
    (roster) => {
      met = roster;
      return decide(dependencies, event, policy, roster);
    },
  );
  if (decided === 'cannotDecide' && met !== undefined) await openUndecided(dependencies, event, policy, met);
};

type WhyNot = 'nothingStands' | 'unchanged' | 'cannotDecide';

const decide = async (
  { store, digest, now }: Dependencies,
  { eventId, at, taskId }: DomainEvent,
  policy: PolicyPack,
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
    cause: { kind: 'household-change', changeId: eventId, ...(await grievanceOf(store, taskId)) },
    determinationId: changeDeterminationIdOf(digest, eventId, roster.household.householdId),
    roster,
    standing,
    application,
    policy,
    evaluation,
    decidedBy: changeActor.subject,
    at: now(),
  });
  return differs(standing, next) ? next : 'unchanged';
};

/** The grievance whose review the change comes from, if it does. */
const grievanceOf = async (
  store: Dependencies['store'],
  taskId: DomainEvent['taskId'],
): Promise<{ grievanceId?: GrievanceId }> => {
  const task = taskId === null ? undefined : await store.task(taskId);
  return task !== undefined && isGrievanceTask(task) ? { grievanceId: task.grievanceId } : {};
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
