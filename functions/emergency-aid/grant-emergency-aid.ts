import { EmergencyAidView, type GrantEmergencyAidBody } from '../../contracts/api/emergency-aid.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { type EmergencyAid, occasionOf } from '../../domain/emergency/emergency-aid.ts';
import { newEmergencyTask } from '../../domain/emergency/emergency-tasks.ts';
import { afterMovement } from '../../domain/emergency/reserve.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { EmergencyAidId } from '../../domain/ids.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { CommitResult } from '../../domain/store/roster-store.ts';
import type { EmergencyTask } from '../../domain/tasks/task.ts';
import { answeredBefore } from '../answered-before.ts';
import { aidViewOf } from './aid-view.ts';
import { type CheckedGrant, checkGrant } from './check-grant.ts';

export interface Granting {
  principal: Principal;
  body: GrantEmergencyAidBody;
  idempotencyKey: string;
  fingerprint: string;
}

/**
 * Of grants from one reserve at the same moment one is stored, and the others read the balance again: each round one of them is
 * done, so that this many can meet.
 */
export const mostAtOnce = 24;

/**
 * Grants quick aid where the emergency happens (DTA26): no check of means, no public notice, no roster entry and no ID needed. The
 * aid, the money out of the reserve, the mark that the event has been aided, and the task to pay it within three days are one
 * transaction.
 */
export const grantEmergencyAid = async (
  dependencies: Dependencies,
  granting: Granting,
): Promise<Outcome<EmergencyAidView>> => {
  const { store, policies, now } = dependencies;
  const { principal, body } = granting;
  const policy = await policies.inForce();
  const checked = checkGrant(body, principal, policy, dateInChina(now()));
  if (!checked.ok) return (await answerBefore(dependencies, granting)) ?? checked;
  const { person } = checked.body;
  const [known] = person.known === 'identified' ? await store.people([person.residentId]) : [];
  const granted = aidOf({ ...dependencies, policy }, granting, checked.body, known?.personId ?? null);
  for (let attempt = 0; attempt < mostAtOnce; attempt += 1) {
    const outcome = await attemptGrant({ ...dependencies, policy }, granting, granted);
    if (outcome !== 'again') return outcome;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

type WithPolicy = Dependencies & { policy: PolicyPack };
interface Granted {
  readonly aid: EmergencyAid;
  readonly task: EmergencyTask;
}

const aidOf = (
  dependencies: WithPolicy,
  { principal, body }: Granting,
  { person, cap }: CheckedGrant,
  personId: EmergencyAid['personId'],
): Granted => {
  const at = dependencies.now();
  const emergencyAidId = EmergencyAidId.parse(`eme_${dependencies.newId()}`);
  const task = newEmergencyTask(
    dependencies,
    { emergencyAidId, incidentDivision: body.incidentDivision },
    'emergency-payment',
    at,
    body.reportedOn,
  );
  const aid: EmergencyAid = {
    ...body,
    person,
    personId,
    cap,
    emergencyAidId,
    version: 1,
    state: 'granted',
    policyVersion: dependencies.policy.version,
    reserve: principal.role === 'township-worker' ? body.incidentDivision : countyOf(body.incidentDivision),
    handler: principal.subject,
    givenBy: principal.division,
    decidedAt: at,
    dueOn: task.dueOn,
    paidOn: null,
    papersDueOn: null,
    papers: [],
    papersReceivedAt: null,
    closedAt: null,
    hardshipLasts: null,
    notPaidFor: null,
  };
  return { aid, task };
};

const attemptGrant = async (
  dependencies: WithPolicy,
  granting: Granting,
  { aid, task }: Granted,
): Promise<Outcome<EmergencyAidView> | 'again'> => {
  const { store, newId, policy } = dependencies;
  const { principal, idempotencyKey, fingerprint } = granting;
  const { emergencyAidId, amount, decidedAt: at } = aid;
  const moved = afterMovement(aid.reserve, await store.emergencyReserve(aid.reserve), {
    entry: 'grant',
    amount,
    emergencyAidId,
    at,
    by: principal.subject,
  });
  if (moved === undefined) return (await answerBefore(dependencies, granting)) ?? refuse('emergency-reserve-exhausted');
  const view = aidViewOf(aid, policy);
  const result = await store.commit({
    aggregates: [
      { kind: 'emergency-aid', value: aid, from: [] },
      { kind: 'task', value: task, from: [] },
      { kind: 'emergency-reserve', value: moved.reserve },
      { kind: 'reserve-entry', value: moved.entry },
    ],
    emergencyOnce: {
      does: 'take',
      occasion: occasionOf(aid),
      emergencyAidId,
      givenBy: aid.givenBy,
      grantedOn: dateInChina(at),
    },
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('EmergencyAidGranted', at, newId, { emergencyAidId, taskId: task.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: aid.incidentDivision,
  });
  if (result.ok) return succeed(view, { version: 1, location: `/emergency-aid/${emergencyAidId}` });
  return (await answerBefore(dependencies, granting)) ?? afterConflict(result);
};

/** Whoever aided the event first is named, with the day, and nothing else of it; a reserve that moved is read again. */
const afterConflict = (result: Exclude<CommitResult, { ok: true }>): Refusal | 'again' =>
  result.conflict === 'aided'
    ? refuse('emergency-already-aided', {
        errors: [
          {
            field: '/person',
            code: fault('emergency.once'),
            values: { division: result.givenBy, day: result.grantedOn },
          },
        ],
      })
    : 'again';

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Granting,
): Promise<Outcome<EmergencyAidView> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: principal.subject, idempotencyKey, fingerprint },
    EmergencyAidView,
    (view) => ({ version: 1, location: `/emergency-aid/${view.emergencyAidId}` }),
  );
