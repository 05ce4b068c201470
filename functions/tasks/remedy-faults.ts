import type { TaskResult } from '../../contracts/api/tasks.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { GrievanceTask } from '../../domain/tasks/task.ts';

/**
 * A grievance that was upheld is put right by somebody who had no hand in what was wrong. Where the household is decided anew, the
 * application for it is there, is of the household whose decision it was, and came after.
 */
export const remedyFaults = async (
  { store }: Dependencies,
  { grievanceId }: GrievanceTask,
  principal: Principal,
  result: TaskResult,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  const grievance = await store.grievance(grievanceId);
  if (grievance === undefined) throw new Error(`${grievanceId} is not in the store`);
  const conflict = conflictOfDuty('examine-grievance', principal.subject, grievance.involved);
  if (conflict !== undefined) return refuse(conflict.problem);
  if (result.kind !== 'grievance-remedy' || result.applicationId === null) return succeed([]);
  const [application, determination] = await Promise.all([
    store.application(result.applicationId),
    grievance.determinationId === null ? undefined : store.determination(grievance.determinationId),
  ]);
  const isTheirs =
    application !== undefined &&
    mayReach(principal, application) &&
    application.submittedAt >= (grievance.endedAt ?? grievance.receivedAt) &&
    (determination === undefined || application.householdId === determination.householdId);
  if (isTheirs) return succeed([]);
  return refuse('validation-failed', {
    errors: [{ field: '/applicationId', code: fault('grievance.application') }],
  });
};
