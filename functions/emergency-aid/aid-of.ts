import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EmergencyAid } from '../../domain/emergency/emergency-aid.ts';
import { emergencyTaskIdOf } from '../../domain/emergency/emergency-tasks.ts';
import type { EmergencyAidId } from '../../domain/ids.ts';
import { type EmergencyAidAction, emergencyAidLifecycle } from '../../domain/lifecycles/emergency-aid.ts';
import type { EmergencyTaskKind } from '../../domain/lifecycles/task.ts';
import { type EmergencyTask, isEmergencyTask } from '../../domain/tasks/task.ts';

/** Quick aid that happened within the caller's division; undefined when there is none, or it is another division's. */
export const reachableAid = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  emergencyAidId: EmergencyAidId,
): Promise<EmergencyAid | undefined> => {
  const aid = await store.emergencyAid(emergencyAidId);
  return aid !== undefined && mayReach(principal, { division: aid.incidentDivision }) ? aid : undefined;
};

/** Which version of which aid a caller moves. */
export interface Moving {
  principal: Principal;
  emergencyAidId: EmergencyAidId;
  ifMatch: number | null;
}

/** The aid, if the action may be taken on it as it is now, and the task that the action does. */
export const aidToMove = async (
  { store, digest }: Dependencies,
  aid: EmergencyAid,
  { ifMatch }: Moving,
  action: EmergencyAidAction,
  kind: EmergencyTaskKind,
): Promise<Outcome<EmergencyTask>> => {
  if (!emergencyAidLifecycle[action].from.includes(aid.state))
    return refuse('lifecycle-conflict', { state: aid.state });
  if (ifMatch !== null && ifMatch !== aid.version) return refuse('version-conflict', { version: aid.version });
  const task = await store.task(emergencyTaskIdOf(digest, aid.emergencyAidId, kind));
  if (task === undefined || !isEmergencyTask(task)) throw new Error(`${aid.emergencyAidId} has no task ${kind}`);
  return succeed(task);
};
