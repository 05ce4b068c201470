import { GrantEmergencyAidBody } from '../../contracts/api/emergency-aid.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { emergencyTaskIdOf } from '../../domain/emergency/emergency-tasks.ts';
import type { EmergencyAidId } from '../../domain/ids.ts';
import type { EmergencyTaskKind } from '../../domain/lifecycles/task.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { EmergencyTask } from '../../domain/tasks/task.ts';
import { isEmergencyTask } from '../../domain/tasks/task.ts';
import { grantEmergencyAid } from '../../functions/emergency-aid/grant-emergency-aid.ts';
import { allocateEmergencyReserve, readEmergencyReserve } from '../../functions/emergency-aid/reserves.ts';
import { countyWorker, residentId, township, townshipWorker } from './people.ts';
import { bodyOf } from './reviews.ts';

let numbers = 0;
const next = (): number => {
  numbers += 1;
  return numbers;
};

/** A fire in a township; each call is about somebody who was not there before. */
export const emergencyBody = (changes: object = {}): GrantEmergencyAidBody =>
  GrantEmergencyAidBody.parse({
    incidentDivision: township,
    settlement: 'rural',
    person: { known: 'identified', name: '赵测试', residentId: residentId('1971-05-06', next() % 1_000) },
    cause: 'fire',
    happenedOn: '2026-03-01',
    reportedOn: '2026-03-02',
    amount: 30_000,
    ...changes,
  });

/** Grants, reserves and tasks of emergencies on a real store. */
export const emergencies = (dependencies: Dependencies) => {
  const grant = (changes: object = {}, principal: Principal = townshipWorker, key = `emergency-${next()}`) => {
    const body = emergencyBody(changes);
    return grantEmergencyAid(dependencies, {
      ...{ principal, body, idempotencyKey: key },
      fingerprint: dependencies.digest(JSON.stringify(changes)),
    });
  };
  const allocate = (amount: number, division: string = township, principal: Principal = countyWorker) =>
    allocateEmergencyReserve(dependencies, {
      ...{ principal, division: DivisionCode.parse(division), idempotencyKey: `allocation-${next()}` },
      ...{ body: { amount: amount as never }, fingerprint: dependencies.digest(`allocation ${amount}`) },
    });
  const balance = async (division: string = township): Promise<number> =>
    bodyOf(await readEmergencyReserve(dependencies, countyWorker, DivisionCode.parse(division))).balance;
  const task = async (id: EmergencyAidId, kind: EmergencyTaskKind): Promise<EmergencyTask | undefined> => {
    const found = await dependencies.store.task(emergencyTaskIdOf(dependencies.digest, id, kind));
    return found !== undefined && isEmergencyTask(found) ? found : undefined;
  };
  return { grant, allocate, balance, task };
};

/** Why something was refused; a success fails the test. */
export const refusalOf = (outcome: Outcome<unknown>) => {
  if (outcome.ok) throw new Error('it was not refused');
  return outcome;
};
