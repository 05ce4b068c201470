import { dateInChina, type Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { ReviewId, TaskId } from '../../domain/ids.ts';
import { applicationLifecycle } from '../../domain/lifecycles/application.ts';
import { reviewLifecycle } from '../../domain/lifecycles/review.ts';
import type { ReviewTaskKind } from '../../domain/lifecycles/task.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { announceTaskAgain } from '../../domain/reviews/announce-again.ts';
import { cancelledWork } from '../../domain/reviews/cancelled-work.ts';
import { taskOfKind } from '../../domain/reviews/open-work.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { mustBeStored, type ReviewRecords, recordsOf, workflowActor } from '../../domain/reviews/review-of.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { newTask } from '../../domain/tasks/new-task.ts';

interface Opening {
  event: EventType;
  writes: readonly AggregateWrite[];
  taskId: TaskId;
}

/**
 * Opens the task a review waits for and keeps the workflow's token with it. The task's id follows from review, kind and round, so
 * a repeated step finds the task it opened and only renews the token.
 */
export const openTask = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
  kind: ReviewTaskKind,
  token: string,
): Promise<{ opened: TaskId }> => {
  const { store, now, newId, policies } = dependencies;
  const records = await recordsOf(dependencies, reviewId);
  const at = now();
  const opening = await openings[kind]({ ...dependencies, policy: await policies.inForce() }, records, at);
  // Before the task is seen by anyone: who finishes it a moment later must find the token.
  await store.storeToken(opening.taskId, token, at);
  if (opening.writes.length === 0) {
    await announceTaskAgain(dependencies, opening.taskId);
    return { opened: opening.taskId };
  }
  const result = await store.commit({
    aggregates: opening.writes,
    event: newEvent(opening.event, at, newId, { ...records.review, taskId: opening.taskId }),
    actor: workflowActor,
    division: records.review.division,
  });
  const isThereAlready = !result.ok && result.conflict === 'exists';
  if (isThereAlready) await announceTaskAgain(dependencies, opening.taskId);
  else mustBeStored(result, reviewId);
  return { opened: opening.taskId };
};

/** Everything one task is opened with has its deadlines from one version of the policy. */
type WithPolicy = Dependencies & { policy: PolicyPack };
type Open = (dependencies: WithPolicy, records: ReviewRecords, at: Instant) => Opening | Promise<Opening>;

const plainOpening =
  (kind: ReviewTaskKind): Open =>
  (dependencies, { review }, at) => {
    const task = newTask(dependencies, review, kind, at);
    return { event: 'TaskOpened', writes: [{ kind: 'task', value: task, from: [] }], taskId: task.taskId };
  };

/** Asks for all that is missing, once. If it came in meanwhile the task is finished as it opens, and the review goes on. */
const askForPapers: Open = (dependencies, { review, application, roster }, at) => {
  const task = newTask(dependencies, review, 'supply-papers', at);
  const missing = missingPapers({ ...roster.household, date: dateInChina(at) }, application.papers);
  if (application.acceptedOn !== null) {
    const completion = {
      at,
      by: 'classified-review',
      outcome: 'papers-supplied',
      investigators: [],
      note: null,
      requestHash: '',
    } as const;
    return {
      event: 'TaskCompleted',
      writes: [
        {
          kind: 'task',
          value: { ...task, state: 'completed', completion: { ...completion, investigators: [] } },
          from: [],
        },
      ],
      taskId: task.taskId,
    };
  }
  const move = applicationLifecycle['request-papers'];
  return {
    event: 'PapersRequested',
    writes: [
      { kind: 'task', value: task, from: [] },
      {
        kind: 'application',
        value: { ...application, version: application.version + 1, state: move.to, requestedPapers: [...missing] },
        from: move.from,
      },
    ],
    taskId: task.taskId,
  };
};

/** The visit. After an objection or a return the review goes back to it, in a new round. */
const assessInField: Open = (dependencies, records, at) => {
  const { reassess } = reviewLifecycle;
  const { review } = records;
  if (!reassess.from.includes(review.state)) return plainOpening('field-assessment')(dependencies, records, at);
  return inNewRound(dependencies, review, 'field-assessment', 'reassess', at);
};

/** What nobody but people can decide. While the panel still has the review, a repeated step only renews the token. */
const referToPanel: Open = async (dependencies, { review }, at) => {
  const task = await taskOfKind(dependencies, review, 'case-panel');
  const stillThere =
    task !== undefined && review.state === reviewLifecycle['refer-to-panel'].to && task.completion === null;
  if (stillThere) return { event: 'ReferredToPanel', writes: [], taskId: task.taskId };
  const opening = inNewRound(dependencies, review, 'case-panel', 'refer-to-panel', at);
  return { ...opening, writes: [...opening.writes, ...(await abandonedWork(dependencies, review))] };
};

/**
 * A step that failed after it had opened its task or notice has nobody left who waits for it: an objection to that notice would be
 * lost. It is closed as the panel takes over. Papers stay asked for, since they are still missing.
 */
const abandonedWork = async (dependencies: Dependencies, review: Review): Promise<readonly AggregateWrite[]> =>
  (await cancelledWork(dependencies, review)).filter(
    (write) => write.kind !== 'task' || write.value.kind !== 'supply-papers',
  );

const inNewRound = (
  dependencies: WithPolicy,
  review: Review,
  kind: ReviewTaskKind,
  action: 'reassess' | 'refer-to-panel',
  at: Instant,
): Opening => {
  const move = reviewLifecycle[action];
  const next: Review = { ...review, version: review.version + 1, state: move.to, round: review.round + 1 };
  const task = newTask(dependencies, next, kind, at);
  return {
    event: action === 'reassess' ? 'ReassessmentBegun' : 'ReferredToPanel',
    writes: [
      { kind: 'review', value: next, from: move.from },
      { kind: 'task', value: task, from: [] },
    ],
    taskId: task.taskId,
  };
};

const openings: Readonly<Record<ReviewTaskKind, Open>> = {
  'supply-papers': askForPapers,
  'field-assessment': assessInField,
  'county-confirmation': plainOpening('county-confirmation'),
  'case-panel': referToPanel,
};
