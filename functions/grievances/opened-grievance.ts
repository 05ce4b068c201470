import type { Dependencies } from '../../domain/dependencies.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import { newGrievanceTask } from '../../domain/grievances/grievance-tasks.ts';
import { GrievanceId } from '../../domain/ids.ts';
import type { Clocks } from '../../domain/tasks/new-task.ts';
import type { GrievanceTask } from '../../domain/tasks/task.ts';

/** What is known of a grievance when it comes in. */
type Said = Pick<
  Grievance,
  'kind' | 'about' | 'division' | 'determinationId' | 'aboutTaskId' | 'involved' | 'takenDownBy' | 'agency'
> &
  Pick<Grievance, 'complainant' | 'grounds'>;

/** The text of which a receipt's hash is made: it holds for one grievance alone. */
export const receiptText = (grievanceId: GrievanceId, secret: string): string => `receipt|${grievanceId}|${secret}`;

/** A grievance of this moment with the task to accept or refuse it; of an anonymous one, with what its receipt is known by. */
export const openedGrievance = (
  dependencies: Pick<Dependencies, 'now' | 'newId' | 'digest'> & Clocks,
  said: Said,
  secret: string | null,
): { grievance: Grievance; task: GrievanceTask } => {
  const at = dependencies.now();
  const grievanceId = GrievanceId.parse(`grv_${dependencies.newId()}`);
  const { division } = said;
  const task = newGrievanceTask(dependencies, { grievanceId, division }, 'grievance-acceptance', at);
  const grievance: Grievance = {
    ...said,
    grievanceId,
    version: 1,
    state: 'received',
    receivedAt: at,
    receiptHash: secret === null ? null : dependencies.digest(receiptText(grievanceId, secret)),
    acceptBy: task.dueOn,
    acceptedAt: null,
    decideBy: null,
    refusedFor: null,
    endedAt: null,
    endedBy: null,
    remedyTaskId: null,
    reasons: null,
  };
  return { grievance, task };
};
