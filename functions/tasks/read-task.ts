import type { TaskDetail } from '../../contracts/api/tasks.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { discrepanciesOf } from '../../domain/facts/discrepancies.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { TaskId } from '../../domain/ids.ts';
import { maskedName } from '../../domain/people/masked-name.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { isCaseTask, isMissedNeedTask, type MissedNeedTask, type Task } from '../../domain/tasks/task.ts';
import { registeredMember } from '../registered-member.ts';
import { taskViewOf } from './task-view.ts';

/** A task the caller may see; undefined when there is none or it is another division's, which look the same from outside. */
export const visibleTask = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  taskId: TaskId,
): Promise<Task | undefined> => {
  const task = await store.task(taskId);
  return task !== undefined && mayReach(principal, task) ? task : undefined;
};

/** What is told beside a task that is about no case. */
const nothingElse = {
  members: [],
  missingPapers: [],
  opinion: null,
  missedItem: null,
  otherDeceasedOn: null,
  discrepancies: [],
} satisfies Partial<TaskDetail>;

/** A task with what its performer needs to do it. Names are masked. */
export const readTask = async (
  dependencies: Dependencies,
  principal: Principal,
  taskId: TaskId,
): Promise<Outcome<TaskDetail>> => {
  const { store, policies, now } = dependencies;
  const task = await visibleTask(dependencies, principal, taskId);
  if (task === undefined) return refuse('not-found');
  const view = taskViewOf(task, await policies.inForce());
  if (isMissedNeedTask(task)) {
    const seen = await missedNeedOf(dependencies, task);
    return succeed({ ...view, ...nothingElse, ...seen }, { version: task.version });
  }
  // What an emergency or a grievance is about is read where that is; nothing of it is repeated here.
  if (!isCaseTask(task)) return succeed({ ...view, ...nothingElse }, { version: task.version });
  const [roster, application, review] = await Promise.all([
    store.household(task.householdId),
    store.application(task.applicationId),
    store.review(task.reviewId),
  ]);
  if (roster === undefined || application === undefined || review === undefined) {
    throw new Error(`${taskId} names records that are not in the store`);
  }
  const circumstances = { ...roster.household, date: dateInChina(now()) };
  return succeed(
    {
      ...view,
      members: membersOf(roster),
      missingPapers: application.acceptedOn === null ? [...missingPapers(circumstances, application.papers)] : [],
      opinion: opinionOf(review),
      missedItem: null,
      otherDeceasedOn: null,
      discrepancies: [...discrepanciesOf(roster.household)],
    },
    { version: task.version },
  );
};

/** Whom the daily scan found to be missed, and of what; nothing of it where nobody can read it any more. */
const missedNeedOf = async (
  { store }: Pick<Dependencies, 'store'>,
  { kind, householdId, determinationId, entitlement, alike }: MissedNeedTask,
): Promise<Pick<TaskDetail, 'members' | 'missedItem' | 'otherDeceasedOn' | 'discrepancies'>> => {
  const [roster, determination, other] = await Promise.all([
    ifReadable(store.household(householdId)),
    determinationId === null ? undefined : ifReadable(store.determination(determinationId)),
    alike === undefined
      ? undefined
      : registeredMember({ store }, { householdId: alike.householdId, personId: alike.otherPersonId }),
  ]);
  const due = entitlement === null ? undefined : determination?.entitlements[entitlement];
  return {
    members: roster === undefined ? [] : membersOf(roster),
    missedItem: due === undefined ? null : { item: due.item, personId: due.personId, amount: due.amount },
    otherDeceasedOn: other?.deceasedOn ?? null,
    discrepancies: roster === undefined || kind !== 'periodic-review' ? [] : [...discrepanciesOf(roster.household)],
  };
};

const membersOf = ({ household, identities }: RosterHousehold): TaskDetail['members'] =>
  household.members.map(({ personId, relation }) => ({
    personId,
    relation,
    maskedName: maskedName(identities.find((identity) => identity.personId === personId)?.name ?? ''),
  }));

const opinionOf = ({ opinion }: Review): TaskDetail['opinion'] => {
  if (opinion === null) return null;
  const { evaluationHash: _, ...shown } = opinion;
  return shown;
};
