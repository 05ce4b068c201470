import type { ApplicationState } from '../../domain/lifecycles/application.ts';
import type { NoticeState } from '../../domain/lifecycles/notice.ts';
import type { ReviewState } from '../../domain/lifecycles/review.ts';
import type { TaskState } from '../../domain/lifecycles/task.ts';
import { noticeIdOf, taskIdOf } from '../../domain/reviews/review-ids.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';
import { firstWrites, recordsOf } from '../support/records.ts';
import { agencies } from './places.ts';
import type { World } from './world.ts';

/** The states a planted case is put in, whether or not a life could have led there. */
export interface PlantedStates {
  readonly application?: ApplicationState;
  readonly review?: ReviewState;
  readonly task?: TaskState;
  readonly taskKind?: CaseTask['kind'];
  readonly notice?: NoticeState;
}

/**
 * Puts one of each aggregate into the store in one write, in any states: thousands of cases that life would take minutes to lead
 * there. The ids of task and notice are those the workflow would give, so that its steps find them.
 */
export const plant = async ({ roster }: Pick<World, 'roster'>, name: string, states: PlantedStates = {}) => {
  const records = recordsOf(name);
  const {
    application = 'accepted',
    review = 'opened',
    task = 'open',
    taskKind = 'field-assessment',
    notice = 'published',
  } = states;
  const { digest } = roster.dependencies;
  const completion = {
    at: records.startedAt,
    by: 'li-investigator',
    outcome: 'assessed' as const,
    investigators: ['li-investigator', 'wang-investigator'],
    note: null,
    requestHash: '0'.repeat(64),
  };
  const all = {
    ...records,
    application: {
      ...records.application,
      state: application,
      agency: agencies['own-agency'],
      ...(application === 'submitted' || application === 'awaiting-papers' ? { acceptedOn: null, papers: [] } : {}),
    },
    review: { ...records.review, state: review },
    task: {
      ...records.task,
      taskId: taskIdOf(
        digest,
        records.review.reviewId,
        taskKind === 'policy-change-check' ? 'field-assessment' : taskKind,
        1,
      ),
      kind: taskKind,
      state: task,
      completion: task === 'completed' ? completion : null,
      escalatedAt: task === 'escalated' ? records.startedAt : null,
    },
    notice: {
      ...records.notice,
      noticeId: noticeIdOf(digest, records.review.reviewId, 1),
      state: notice,
      objection: null,
    },
  };
  const result = await roster.store.commit(records.change(firstWrites(all)));
  if (!result.ok) throw new Error(`the case ${name} could not be planted: ${JSON.stringify(result)}`);
  return all;
};
export type Planted = Awaited<ReturnType<typeof plant>>;
