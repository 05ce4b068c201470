import type { GrievanceAcceptanceBody, GrievanceOutcomeBody, GrievanceView } from '../../contracts/api/grievances.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import {
  cancelledGrievanceTask,
  doneGrievanceTask,
  examinationOf,
  newGrievanceTask,
} from '../../domain/grievances/grievance-tasks.ts';
import { type Moving, moveGrievance } from './move-grievance.ts';
import { visibleGrievance } from './read-grievances.ts';

/** Accepts a grievance, which opens its examination with the deadline of its kind, or refuses it with a reason. */
export const acceptGrievance = (
  dependencies: Dependencies,
  moving: Moving,
  body: GrievanceAcceptanceBody,
): Promise<Outcome<GrievanceView>> => {
  const by = moving.principal.subject;
  if (body.decision === 'refuse') {
    return moveGrievance(dependencies, moving, 'refuse', ({ task, at }) => ({
      changes: { refusedFor: body.reason, reasons: body.reasons, endedAt: at, endedBy: by },
      ends: doneGrievanceTask(task, { at, by, outcome: 'refused' }),
      next: null,
    }));
  }
  return moveGrievance(dependencies, moving, 'accept', ({ grievance, task, at, policy }) => {
    const next = newGrievanceTask({ ...dependencies, policy }, grievance, examinationOf[grievance.kind], at);
    return {
      changes: { acceptedAt: at, decideBy: next.dueOn },
      ends: doneGrievanceTask(task, { at, by, outcome: 'accepted' }),
      next,
    };
  });
};

/**
 * Upholds or rejects a grievance, with reasons. What is upheld opens the task to put it right, which for a decision is a new
 * application of the household and with it a new review; the old decision stands until the new one is recorded.
 */
export const decideGrievance = (
  dependencies: Dependencies,
  moving: Moving,
  { outcome, reasons }: GrievanceOutcomeBody,
): Promise<Outcome<GrievanceView>> => {
  const by = moving.principal.subject;
  const action = outcome === 'upheld' ? 'uphold' : 'reject';
  return moveGrievance(dependencies, moving, action, ({ grievance, task, at, policy }) => {
    const next =
      outcome === 'upheld' ? newGrievanceTask({ ...dependencies, policy }, grievance, 'grievance-remedy', at) : null;
    return {
      changes: { reasons, endedAt: at, endedBy: by, remedyTaskId: next?.taskId ?? null },
      ends: doneGrievanceTask(task, { at, by, outcome }),
      next,
    };
  });
};

/** Ends a grievance because the complainant took it back. Nobody can say that of a complainant whom nobody knows. */
export const withdrawGrievance = async (
  dependencies: Dependencies,
  moving: Moving,
): Promise<Outcome<GrievanceView>> => {
  const grievance = await visibleGrievance(dependencies, moving.principal, moving.grievanceId);
  if (grievance?.complainant === null) return refuse('forbidden');
  return moveGrievance(dependencies, moving, 'withdraw', ({ task, at }) => ({
    changes: { endedAt: at, endedBy: moving.principal.subject },
    ends: cancelledGrievanceTask(task),
    next: null,
  }));
};
