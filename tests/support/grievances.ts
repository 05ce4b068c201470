import type { z } from 'zod';
import { AnonymousGrievanceBody, SubmitGrievanceBody } from '../../contracts/api/grievances.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { grievanceTaskIdOf } from '../../domain/grievances/grievance-tasks.ts';
import type { DeterminationId, GrievanceId } from '../../domain/ids.ts';
import type { GrievanceTaskKind } from '../../domain/lifecycles/task.ts';
import { type GrievanceTask, isGrievanceTask } from '../../domain/tasks/task.ts';
import { receiveAnonymousGrievance } from '../../functions/grievances/anonymous-grievances.ts';
import { acceptGrievance, decideGrievance, withdrawGrievance } from '../../functions/grievances/decide-grievance.ts';
import { receiveGrievance } from '../../functions/grievances/receive-grievance.ts';
import { county, countyWorker, principal } from './people.ts';

let numbers = 0;
const next = (): number => {
  numbers += 1;
  return numbers;
};

/** An officer of the county who had a hand in nothing. */
export const examiner = principal('approver', county, 'feng-examiner');
export const phone = '13800001499';
export const complainant = { name: '吴某测试', phone };

export const complaintBody = (changes: object = {}): z.input<typeof SubmitGrievanceBody> => ({
  ...{ kind: 'complaint', county, about: 'conduct', complainant },
  grounds: 'Nobody came on the day that was agreed.',
  ...changes,
});
export const reviewBody = (determinationId: DeterminationId, changes: object = {}) => ({
  ...{ kind: 'administrative-review', county, determinationId, complainant },
  grounds: 'The costs of the hospital were not looked at.',
  ...changes,
});

/** Grievances through their steps, with the use cases themselves on a real store. */
export const grievances = (dependencies: Dependencies) => {
  const receive = (body: object = complaintBody(), as: Principal = countyWorker, key = `grievance-${next()}`) =>
    receiveGrievance(dependencies, {
      ...{ principal: as, body: SubmitGrievanceBody.parse(body), idempotencyKey: key },
      fingerprint: dependencies.digest(JSON.stringify(body)),
    });
  const anonymous = (changes: object = {}, key = `anonymous-${next()}`) => {
    const body = { county, about: 'conduct', grounds: 'They ask for gifts at the counter.', ...changes };
    return receiveAnonymousGrievance(dependencies, {
      ...{ body: AnonymousGrievanceBody.parse(body), idempotencyKey: key },
      fingerprint: dependencies.digest(JSON.stringify(body)),
    });
  };
  const moving = (grievanceId: GrievanceId, as: Principal, ifMatch: number | null = null) => ({
    ...{ principal: as, grievanceId, ifMatch },
  });
  const accept = (id: GrievanceId, as: Principal = examiner, ifMatch: number | null = null) =>
    acceptGrievance(dependencies, moving(id, as, ifMatch), { decision: 'accept' });
  const refuse = (id: GrievanceId, as: Principal = examiner) =>
    acceptGrievance(dependencies, moving(id, as), {
      ...{ decision: 'refuse', reason: 'out-of-time', reasons: 'It came after the time for it.' },
    });
  const decide = (id: GrievanceId, outcome: 'upheld' | 'rejected', as: Principal = examiner) =>
    decideGrievance(dependencies, moving(id, as), { outcome, reasons: 'The file was looked at again.' });
  const withdraw = (id: GrievanceId, as: Principal = countyWorker) => withdrawGrievance(dependencies, moving(id, as));
  const task = async (id: GrievanceId, kind: GrievanceTaskKind): Promise<GrievanceTask | undefined> => {
    const found = await dependencies.store.task(grievanceTaskIdOf(dependencies.digest, id, kind));
    return found !== undefined && isGrievanceTask(found) ? found : undefined;
  };
  return { receive, anonymous, accept, refuse, decide, withdraw, task };
};
