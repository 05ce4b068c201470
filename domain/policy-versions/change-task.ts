import type { Instant } from '../dates.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Determination } from '../determinations/determination.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import type { DeterminationId } from '../ids.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { CaseTask, Task } from '../tasks/task.ts';
import { divisionOf } from './change-determination.ts';
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

/**
 * The county's task to look at a household that has changed and cannot be decided anew: it names no decision, because there is none.
 * Its id follows from the one the decision would have had. Throws where what stands comes from no review.
 */
export const undecidedTask = (
  dependencies: Pick<Dependencies, 'digest'> & Clocks,
  determinationId: DeterminationId,
  { standing, roster }: { readonly standing: Determination; readonly roster: RosterHousehold },
  at: Instant,
): CaseTask => {
  const { reviewId, applicationId, householdId } = standing;
  if (reviewId === null || applicationId === null) throw new Error(`${standing.determinationId} comes from no review`);
  const taskId = changeTaskIdOf(dependencies.digest, determinationId);
  const division = divisionOf(standing, roster);
  return openedTask(
    dependencies,
    { taskId, kind: 'policy-change-check', reviewId, applicationId, householdId, division },
    at,
  );
};
