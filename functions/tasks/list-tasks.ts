import type { TaskView } from '../../contracts/api/tasks.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { partSeen } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { taskViewOf } from './task-view.ts';

export interface TaskListRequest {
  county: DivisionCode | undefined;
  limit: number;
  after: string | null;
}

/**
 * Open tasks of a county that the caller may see, escalated ones first, then in the order in which they next need attention. The
 * county is part of the key that is read; callers of one county need not name it.
 */
export const listTasks = async (
  { store, policies }: Dependencies,
  principal: Principal,
  request: TaskListRequest,
): Promise<Outcome<{ tasks: TaskView[] }>> => {
  const county = request.county ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined) {
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  }
  const within = partSeen(principal, county);
  if (within === undefined) {
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  }
  const page = await store.openTasks(county, within, request.limit, request.after);
  const policy = await policies.inForce();
  return succeed({ tasks: page.items.map((task) => taskViewOf(task, policy)) }, { next: page.next });
};
