import { GrievanceView, type SubmitGrievanceBody } from '../../contracts/api/grievances.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { grievanceViewOf } from './grievance-view.ts';
import { involvedIn } from './involved-in.ts';
import { openedGrievance } from './opened-grievance.ts';

export interface Receiving {
  principal: Principal;
  body: SubmitGrievanceBody;
  idempotencyKey: string;
  fingerprint: string;
}

/**
 * Takes down a grievance for somebody. It is on a desk of the county from the first moment: the grievance and the task to accept it
 * are one transaction.
 */
export const receiveGrievance = async (
  dependencies: Dependencies,
  receiving: Receiving,
): Promise<Outcome<GrievanceView>> => {
  const { store, policies, newId } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = receiving;
  const { county, determinationId, complainant, grounds } = body;
  const refusal = placeFault(principal, county);
  if (refusal !== undefined) return (await answerBefore(dependencies, receiving)) ?? refusal;
  const taskId = body.kind === 'complaint' ? body.taskId : null;
  const involved = await involvedIn(dependencies, principal, { determinationId, taskId, county });
  if (!involved.ok) return (await answerBefore(dependencies, receiving)) ?? involved;
  const policy = await policies.inForce();
  const { grievance, task } = openedGrievance(
    { ...dependencies, policy },
    {
      kind: body.kind,
      about: body.kind === 'complaint' ? body.about : 'decision',
      division: county,
      determinationId,
      aboutTaskId: taskId,
      involved: involved.body,
      complainant,
      grounds,
      takenDownBy: principal.subject,
      agency: principal.agency,
    },
    null,
  );
  const view = grievanceViewOf(grievance, policy, principal);
  const result = await store.commit({
    aggregates: [
      { kind: 'grievance', value: grievance, from: [] },
      { kind: 'task', value: task, from: [] },
    ],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('GrievanceReceived', grievance.receivedAt, newId, { taskId: task.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: grievance.division,
  });
  if (result.ok) return succeed(view, { version: 1, location: `/grievances/${grievance.grievanceId}` });
  return (await answerBefore(dependencies, receiving)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

/** A township hands in to its own county, everyone else within their division. */
const placeFault = (principal: Principal, county: DivisionCode) => {
  if (!knownDivision(county)) {
    return refuse('validation-failed', { errors: [{ field: '/county', code: fault('division.unknown') }] });
  }
  const isOwnCounty = principal.division.length > 6 && countyOf(principal.division) === county;
  if (isOwnCounty || worksIn(principal, county)) return undefined;
  return refuse('forbidden', { errors: [{ field: '/county', code: fault('division.out-of-scope') }] });
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Receiving,
): Promise<Outcome<GrievanceView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, GrievanceView, (view) => ({
    version: 1,
    location: `/grievances/${view.grievanceId}`,
  }));
