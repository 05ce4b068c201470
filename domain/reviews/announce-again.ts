import type { Dependencies } from '../dependencies.ts';
import type { EventType } from '../events/event.ts';
import { newEvent } from '../events/new-event.ts';
import type { NoticeId, TaskId } from '../ids.ts';
import type { NoticeState } from '../lifecycles/notice.ts';
import type { Notice } from '../notices/notice.ts';
import { type CaseTask, isCaseTask } from '../tasks/task.ts';
import { mustBeStored, workflowActor } from './review-of.ts';

type Announcing = Pick<Dependencies, 'store' | 'now' | 'newId'>;

/** What the workflow waits to hear of a notice; of one that was withdrawn it hears by being stopped. */
const endings: Partial<Record<NoticeState, EventType>> = { ended: 'NoticeEnded', objected: 'ObjectionRaised' };

const announce = async (
  { store, now, newId }: Announcing,
  type: EventType,
  about: CaseTask | Notice,
): Promise<void> => {
  const result = await store.commit({
    aggregates: [],
    event: newEvent(type, now(), newId, about),
    actor: workflowActor,
    division: about.division,
  });
  mustBeStored(result, about.reviewId);
};

/**
 * A repeated step has stored a new token for a task that it found. If the task was finished in between, the news of it went to the
 * token before, which nobody listens to any more, and the review would wait for ever: it is announced once more, for the token
 * that is there now. To announce what was heard already does nothing.
 */
export const announceTaskAgain = async (dependencies: Announcing, taskId: TaskId): Promise<void> => {
  const task = await dependencies.store.task(taskId);
  if (task !== undefined && isCaseTask(task) && task.state === 'completed')
    await announce(dependencies, 'TaskCompleted', task);
};

/** The same for a notice whose days have passed, or to which somebody has objected. */
export const announceNoticeAgain = async (dependencies: Announcing, noticeId: NoticeId): Promise<void> => {
  const notice = await dependencies.store.notice(noticeId);
  const ending = notice === undefined ? undefined : endings[notice.state];
  if (notice !== undefined && ending !== undefined) await announce(dependencies, ending, notice);
};
