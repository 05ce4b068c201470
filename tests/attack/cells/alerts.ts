import type { OperationId } from '../../../contracts/api/routes.ts';
import type { Alert } from '../../../domain/alerts/alert.ts';
import { alertIdOf, raisedAlert } from '../../../domain/alerts/alert-moves.ts';
import { type HouseholdId, HouseholdId as HouseholdIdSchema } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { recordsOf } from '../../support/records.ts';
import { places } from '../places.ts';
import type { World } from '../world.ts';
import { type Asked, type RouteRequest, reading } from './route-request.ts';

/** An alert with its task, of a household that is there; numbers tell apart those of one household. */
export const alertOf = async (world: World, householdId: HouseholdId, division: string, number: number) => {
  const { digest, calendar, policies } = world.roster.dependencies;
  const policy = await policies.inForce();
  const rule = policy.alertRules.find(({ code }) => code === 'poverty-return.outside');
  if (rule === undefined) throw new Error('the pack has the rule');
  const alertId = alertIdOf(digest, householdId, rule.code, number);
  const place = { alertId, householdId, division: DivisionCode.parse(division) };
  const fired = { rule, persons: [], evidence: [], mark: `mark ${number}` };
  return raisedAlert({ digest, calendar, policy }, place, fired, world.roster.at());
};

export const plantedAlert = async (world: World, householdId: HouseholdId, division: string): Promise<Alert> => {
  const { alert, task } = await alertOf(world, householdId, division, world.number());
  const writes: AggregateWrite[] = [
    { kind: 'alert', value: alert, from: [] },
    { kind: 'task', value: task, from: [] },
  ];
  const name = `alert ${alert.alertId}`;
  const result = await world.roster.store.commit(recordsOf(name).change(writes, { type: 'AlertRaised' }));
  if (!result.ok) throw new Error(`no alert could be planted: ${JSON.stringify(result)}`);
  return alert;
};

const planted = async ({ world, planted: { householdId }, place }: Asked): Promise<string> =>
  (await plantedAlert(world, HouseholdIdSchema.parse(householdId), places[place].county)).alertId;

const listedIn = new WeakMap<World, Map<string, string>>();
/** The alert that every list of a county shows. */
const shown = async (asked: Asked): Promise<void> => {
  const known = listedIn.get(asked.world) ?? new Map<string, string>();
  listedIn.set(asked.world, known);
  const { county } = places[asked.place];
  if (!known.has(county)) known.set(county, await planted(asked));
};

/** Requests to the routes of alerts. */
export const alertRequests = {
  listAlerts: {
    stage: null,
    parts: async (asked) => {
      await shown(asked);
      return { path: '/alerts', query: `county=${places[asked.place].county}&limit=100` };
    },
    listed: ({ world, place }) => listedIn.get(world)?.get(places[place].county) ?? 'no alert',
    changes: false,
  },
  readAlert: { stage: null, parts: async (asked) => ({ path: `/alerts/${await planted(asked)}` }), changes: false },
  disposeAlert: {
    stage: null,
    parts: async (asked) => ({
      path: `/alerts/${await planted(asked)}/disposition`,
      body: { disposition: 'deliver', verdict: 'confirmed', grounds: ['home-visit'], note: 'The family was visited.' },
      headers: { 'if-match': '"1"' },
    }),
    changes: false,
  },
  readAlertRules: {
    ...reading(null, () => '/alert-rules'),
    parts: ({ place }) => ({ path: '/alert-rules', query: `division=${places[place].county}` }),
  },
} as const satisfies Partial<Record<OperationId, RouteRequest>>;
