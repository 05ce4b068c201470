import type { TaskResult } from '../../contracts/api/tasks.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { isGrievanceTask, type Task } from '../../domain/tasks/task.ts';

type Visit = Pick<Extract<TaskResult, { kind: 'periodic-review' }>, 'visitedOn' | 'investigators' | 'findings'>;

/** The visit that a result tells of, with where in the result it stands; undefined where nobody went. */
export const visitIn = (result: TaskResult): { readonly visit: Visit; readonly at: string } | undefined => {
  if ('investigators' in result) return { visit: result, at: '' };
  if (result.kind !== 'grievance-remedy' || result.review === null) return undefined;
  return { visit: result.review, at: '/review' };
};

/** The household that is decided anew because it was reviewed without an application: periodically, or after a grievance was upheld. */
export const reviewedHousehold = async (
  { store }: Pick<Dependencies, 'store'>,
  task: Task,
  result: TaskResult,
): Promise<HouseholdId | undefined> => {
  if (task.kind === 'periodic-review') return task.householdId;
  if (!isGrievanceTask(task) || visitIn(result) === undefined) return undefined;
  const grievance = await store.grievance(task.grievanceId);
  if (grievance?.determinationId == null) return undefined;
  return (await store.determination(grievance.determinationId))?.householdId;
};
