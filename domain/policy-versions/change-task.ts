import type { Instant } from '../dates.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Determination } from '../determinations/determination.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { Task } from '../tasks/task.ts';
import { changeTaskIdOf } from './run-ids.ts';

/** The county's task to look at a decision that waits for it. Undefined where no review is on record that it could be about. */
export const changeTask = (
  dependencies: Pick<Dependencies, 'digest'> & Clocks,
  { determinationId, reviewId, applicationId, householdId, division }: Determination,
  at: Instant,
): Task | undefined => {
  if (reviewId === null || applicationId === null) return undefined;
  const taskId = changeTaskIdOf(dependencies.digest, determinationId);
  const about = { taskId, kind: 'policy-change-check', reviewId, applicationId, householdId, division } as const;
  return { ...openedTask(dependencies, about, at), determinationId };
};
