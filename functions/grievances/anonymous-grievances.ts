import {
  type AnonymousGrievanceBody,
  type AnonymousGrievanceView,
  GrievanceReceipt,
} from '../../contracts/api/grievances.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { GrievanceId } from '../../domain/ids.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { openedGrievance, receiptText } from './opened-grievance.ts';

export interface AnonymousReceiving {
  body: AnonymousGrievanceBody;
  idempotencyKey: string;
  fingerprint: string;
}

/** The public has no token: its keys are told apart by the county it complains to. */
const callerOf = ({ county }: AnonymousGrievanceBody): string => `public grievances ${county}`;

/**
 * Takes a complaint from anyone, without name and token. It may name no record, so that nobody learns from the answer which there
 * are; the receipt is told once and stored as a hash.
 */
export const receiveAnonymousGrievance = async (
  dependencies: Dependencies,
  receiving: AnonymousReceiving,
): Promise<Outcome<GrievanceReceipt>> => {
  const { store, policies, newId } = dependencies;
  const { body, idempotencyKey, fingerprint } = receiving;
  if (!knownDivision(body.county)) {
    return refuse('validation-failed', { errors: [{ field: '/county', code: fault('division.unknown') }] });
  }
  const policy = await policies.inForce();
  const secret = newId();
  const { grievance, task } = openedGrievance(
    { ...dependencies, policy },
    {
      kind: 'complaint',
      about: body.about,
      division: body.county,
      determinationId: null,
      aboutTaskId: null,
      involved: [],
      takenDownBy: null,
      agency: null,
      complainant: null,
      grounds: body.grounds,
    },
    secret,
  );
  const { grievanceId, receivedAt } = grievance;
  const receipt: GrievanceReceipt = { grievanceId, secret, receivedOn: dateInChina(receivedAt) };
  const result = await store.commit({
    aggregates: [
      { kind: 'grievance', value: grievance, from: [] },
      { kind: 'task', value: task, from: [] },
    ],
    idempotency: { caller: callerOf(body), key: idempotencyKey, requestHash: fingerprint, response: { ...receipt } },
    event: newEvent('GrievanceReceived', receivedAt, newId, { taskId: task.taskId }),
    actor: { role: 'public', subject: 'public' },
    division: grievance.division,
  });
  if (result.ok) return succeed(receipt, { location: `/anonymous-grievances/${grievanceId}/state` });
  return (await answerBefore(dependencies, receiving)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const answerBefore = (
  dependencies: Dependencies,
  { body, idempotencyKey, fingerprint }: AnonymousReceiving,
): Promise<Outcome<GrievanceReceipt> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: callerOf(body), idempotencyKey, fingerprint },
    GrievanceReceipt,
    (receipt) => ({ location: `/anonymous-grievances/${receipt.grievanceId}/state` }),
  );

/** How an anonymous grievance stands, and nothing else, to whoever has its receipt; a wrong secret finds nothing. */
export const readAnonymousGrievance = async (
  { store, digest }: Dependencies,
  grievanceId: GrievanceId,
  secret: string,
): Promise<Outcome<AnonymousGrievanceView>> => {
  const grievance = await store.grievance(grievanceId);
  if (grievance === undefined || grievance.receiptHash !== digest(receiptText(grievanceId, secret)))
    return refuse('not-found');
  const { state, receivedAt, endedAt } = grievance;
  return succeed({
    grievanceId,
    state,
    receivedOn: dateInChina(receivedAt),
    endedOn: endedAt === null ? null : dateInChina(endedAt),
  });
};
