import type { ReportId } from '../../../domain/ids.ts';
import { newOutreach } from '../../../domain/reports/report-tasks.ts';
import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { recordsOf } from '../../support/records.ts';
import { plant } from '../bundle.ts';
import { forced, type Planter } from './planter.ts';

/** A report in a state, with its outreach, and a household with an application under way that it may be about. */
export const plantReport: Planter = async (world, state) => {
  const { digest, calendar, policies } = world.roster.dependencies;
  const name = `report ${world.number()}`;
  const bundle = await plant(world, `household of ${name}`);
  const id = `rpt_${digest(name).slice(0, 32)}` as ReportId;
  const { division } = bundle.application;
  const at = world.roster.at();
  const task = newOutreach({ digest, calendar, policy: await policies.inForce() }, { reportId: id, division }, at);
  const account = {
    ...{ reportId: id, at, reporter: 'neighbour', agency: null, division, hardship: 'illness' },
    ...{ words: 'He has not left the house for weeks.' },
    person: { name: null, residentId: null, place: 'behind the mill', phone: null },
  };
  const value = {
    ...{ reportId: id, version: 1, state, division, receivedAt: at, receiptHash: '0'.repeat(64), identified: false },
    ...{ joinedTo: null, timesTold: 1, taskId: task.taskId, dueOn: task.dueOn, followedUpAt: null, endedAt: null },
    ...{ endedBy: null, applicationId: null, keptUntil: null, erasedAt: null, accounts: [account], coverage: null },
    note: null,
  };
  const writes: AggregateWrite[] = [
    forced({ kind: 'report', value, from: [] }),
    { kind: 'task', value: task, from: [] },
  ];
  const result = await world.roster.store.commit(recordsOf(name).change(writes, { type: 'ReportReceived' }));
  if (!result.ok) throw new Error(`no report could be planted: ${JSON.stringify(result)}`);
  return {
    moved: (to, from) => forced({ kind: 'report', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.report(id))?.state,
    version: async () => (await world.roster.store.report(id))?.version,
    bundle,
    id,
  };
};
