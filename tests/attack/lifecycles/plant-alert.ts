import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { recordsOf } from '../../support/records.ts';
import { plant } from '../bundle.ts';
import { alertOf } from '../cells/alerts.ts';
import { places } from '../places.ts';
import { forced, named, type Planter } from './planter.ts';

/** An alert in a state, with its task, of a household that is there. */
export const plantAlert: Planter = async (world, state) => {
  const name = named(world);
  const { household } = await plant(world, name, {});
  const { householdId } = household.household;
  const { alert, task } = await alertOf(world, householdId, places['own-township'].county, 1);
  const value = { ...alert, state };
  const writes: AggregateWrite[] = [
    forced({ kind: 'alert', value, from: [] }),
    { kind: 'task', value: task, from: [] },
  ];
  const result = await world.roster.store.commit(recordsOf(named(world)).change(writes, { type: 'PolicyDrafted' }));
  if (!result.ok) throw new Error(`no alert could be planted: ${JSON.stringify(result)}`);
  return {
    moved: (to, from) => forced({ kind: 'alert', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.alert(alert.alertId))?.state,
    version: async () => (await world.roster.store.alert(alert.alertId))?.version,
    id: alert.alertId,
  };
};
