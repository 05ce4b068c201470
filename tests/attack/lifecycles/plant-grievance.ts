import type { Grievance } from '../../../domain/grievances/grievance.ts';
import { examinationOf, newGrievanceTask } from '../../../domain/grievances/grievance-tasks.ts';
import type { GrievanceId } from '../../../domain/ids.ts';
import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { recordsOf } from '../../support/records.ts';
import { agencies } from '../places.ts';
import type { Planter } from './planter.ts';

/** A complaint in a state, with the task it waits with; taken down by the township and the agency that attack, so that it is their own. */
export const plantGrievance: Planter = async (world, state) => {
  const { digest, calendar, policies } = world.roster.dependencies;
  const name = `grievance ${world.number()}`;
  const id = `grv_${digest(name).slice(0, 32)}` as GrievanceId;
  const at = world.roster.at();
  const value = {
    ...{ grievanceId: id, version: 1, state, kind: 'complaint', about: 'conduct', division: '140121' },
    ...{ determinationId: null, aboutTaskId: null, involved: [], receivedAt: at, takenDownBy: 'township-worker' },
    ...{ agency: agencies['own-agency'], receiptHash: null, acceptBy: '2026-03-09', acceptedAt: null, decideBy: null },
    ...{ refusedFor: null, endedAt: null, endedBy: null, remedyTaskId: null, reasons: null },
    ...{ complainant: { name: '吴测试', phone: null }, grounds: 'Nobody came on the day that was agreed.' },
  } as unknown as Grievance;
  const kind = state === 'received' ? 'grievance-acceptance' : examinationOf[value.kind];
  const task = newGrievanceTask({ digest, calendar, policy: await policies.inForce() }, value, kind, at);
  const writes: AggregateWrite[] = [
    { kind: 'grievance', value, from: [] },
    { kind: 'task', value: task, from: [] },
  ];
  const result = await world.roster.store.commit(recordsOf(name).change(writes, { type: 'GrievanceReceived' }));
  if (!result.ok) throw new Error(`no grievance could be planted: ${JSON.stringify(result)}`);
  return {
    moved: (to, from) => ({ kind: 'grievance', value: { ...value, version: 2, state: to }, from }) as AggregateWrite,
    state: async () => (await world.roster.store.grievance(id))?.state,
    version: async () => (await world.roster.store.grievance(id))?.version,
    id,
  };
};
