import type { Dependencies } from '../dependencies.ts';
import { noticeLifecycle } from '../lifecycles/notice.ts';
import { taskLifecycle } from '../lifecycles/task.ts';
import { noLongerPublic } from '../notices/notice.ts';
import type { AggregateWrite } from '../store/roster-store.ts';
import { workOf } from './open-work.ts';
import type { Review } from './review.ts';

/** What still waits for someone in a review, cancelled: its open tasks and its published notice. */
export const cancelledWork = async (
  dependencies: Pick<Dependencies, 'store' | 'digest'>,
  review: Review,
): Promise<readonly AggregateWrite[]> => {
  const { tasks, notice } = await workOf(dependencies, review);
  const writes: AggregateWrite[] = tasks
    .filter(({ state }) => taskLifecycle.cancel.from.includes(state))
    .map((task) => ({
      kind: 'task',
      value: { ...task, version: task.version + 1, state: taskLifecycle.cancel.to },
      from: taskLifecycle.cancel.from,
    }));
  if (notice !== undefined && noticeLifecycle.withdraw.from.includes(notice.state)) {
    writes.push({
      kind: 'notice',
      value: noLongerPublic(notice, 'withdraw'),
      from: noticeLifecycle.withdraw.from,
    });
  }
  return writes;
};
