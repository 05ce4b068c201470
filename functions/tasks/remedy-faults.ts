import type { TaskResult } from '../../contracts/api/tasks.ts';
import { type FieldFaultCode, fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { GrievanceTask } from '../../domain/tasks/task.ts';
import { foundFacts } from './found-facts.ts';
import { visitIn } from './reviewed-household.ts';

/**
 * A grievance that was upheld is put right by somebody who had no hand in what was wrong. A decision against which an administrative review was
 * upheld is decided anew: on what was found when its review was opened again, or on an application that is there, is of the household whose
 * decision it was, and came after. What is written is what was found.
 */
export const remedyFaults = async (
  dependencies: Dependencies,
  { grievanceId }: GrievanceTask,
  principal: Principal,
  { result, at }: { readonly result: TaskResult; readonly at: Instant },
): Promise<Outcome<readonly AggregateWrite[]>> => {
  const { store } = dependencies;
  const grievance = await store.grievance(grievanceId);
  if (grievance === undefined) throw new Error(`${grievanceId} is not in the store`);
  const investigators = visitIn(result)?.visit.investigators ?? [];
  for (const subject of [principal.subject, ...investigators]) {
    const conflict = conflictOfDuty('examine-grievance', subject, grievance.involved);
    if (conflict !== undefined) return refuse(conflict.problem);
  }
  if (result.kind !== 'grievance-remedy') return succeed([]);
  const { determinationId, kind } = grievance;
  const determination = determinationId === null ? undefined : await store.determination(determinationId);
  if (result.review !== null) {
    if (determination === undefined || result.applicationId !== null)
      return faulty('/review', fault('grievance.review'));
    return foundFacts(dependencies, determination, result, at);
  }
  if (result.applicationId === null)
    return kind === 'administrative-review' ? faulty('/review', fault('grievance.not-reviewed')) : succeed([]);
  return (await isTheirs(dependencies, principal, grievance, { id: result.applicationId, determination }))
    ? succeed([])
    : faulty('/applicationId', fault('grievance.application'));
};

/** Whether an application is one on which the household whose decision was complained of is decided anew. */
const isTheirs = async (
  { store }: Dependencies,
  principal: Principal,
  { endedAt, receivedAt }: Grievance,
  { id, determination }: { readonly id: ApplicationId; readonly determination: Determination | undefined },
): Promise<boolean> => {
  const application = await store.application(id);
  return (
    application !== undefined &&
    mayReach(principal, application) &&
    application.submittedAt >= (endedAt ?? receivedAt) &&
    (determination === undefined || application.householdId === determination.householdId)
  );
};

const faulty = (field: string, code: FieldFaultCode): Refusal =>
  refuse('validation-failed', { errors: [{ field, code }] });
