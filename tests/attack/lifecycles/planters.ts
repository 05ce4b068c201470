import { type EmergencyAid, occasionOf } from '../../../domain/emergency/emergency-aid.ts';
import { newEmergencyTask } from '../../../domain/emergency/emergency-tasks.ts';
import type { AssistanceEntryId, BreakGlassId, EmergencyAidId, PolicyRunId, ReferralId } from '../../../domain/ids.ts';
import { subscriptionStates } from '../../../domain/lifecycles/subscription.ts';
import type { PolicyRun } from '../../../domain/policy-versions/policy-run.ts';
import type { PolicyVersion } from '../../../domain/policy-versions/policy-version.ts';
import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import { subscriptionIdOf } from '../../../domain/subscriptions/subscription-ids.ts';
import { recordsOf } from '../../support/records.ts';
import { type Planted, plant } from '../bundle.ts';
import { versionName } from '../cells/requests.ts';
import { callingAddress } from '../cells/subscriptions.ts';
import { agencies } from '../places.ts';
import type { World } from '../world.ts';
import { plantAlert } from './plant-alert.ts';
import { plantFeed } from './plant-feeds.ts';
import { plantGrievance } from './plant-grievance.ts';
import { plantPaymentLine, plantPaymentRun } from './plant-payments.ts';
import { plantReport } from './plant-report.ts';
import { forced, named, type Planter, store } from './planter.ts';

const ofCase =
  (
    states: (state: string) => Parameters<typeof plant>[2],
    write: (planted: Planted, to: string, from: readonly string[]) => AggregateWrite,
    read: (world: World, planted: Planted) => Promise<{ state: string; version: number } | undefined>,
    id: (planted: Planted) => string,
  ): Planter =>
  async (world, state) => {
    const planted = await plant(world, named(world), states(state));
    return {
      moved: (to, from) => write(planted, to, from),
      state: async () => (await read(world, planted))?.state,
      version: async () => (await read(world, planted))?.version,
      bundle: planted,
      id: id(planted),
    };
  };

/** The move's own states are the attack: whatever they are, the types are told that they fit. */
const simulated = new WeakMap<World, Promise<{ version: PolicyVersion; run: PolicyRun }>>();
/** One version that was really simulated, and its run: what is planted in other states is made of them. */
const policyRecords = (world: World): Promise<{ version: PolicyVersion; run: PolicyRun }> => {
  const make = async () => {
    const { standardDraft } = await import('../../support/policies.ts');
    const name = versionName(world.number());
    const { simulationId } = await world.policy.simulated(standardDraft({ version: name }));
    const version = await world.roster.store.policyVersion(name);
    const run = await world.roster.store.policyRun(simulationId);
    if (version === undefined || run === undefined) throw new Error('no version was simulated');
    return { version, run };
  };
  const known = simulated.get(world) ?? make();
  simulated.set(world, known);
  return known;
};

const policyVersion: Planter = async (world, state) => {
  const { version } = await policyRecords(world);
  const name = versionName(world.number());
  const value = {
    ...version,
    policyVersion: name,
    version: 1,
    state,
    ...(state === 'draft' ? { simulation: null } : {}),
  };
  await store(world, forced({ kind: 'policy-version', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'policy-version', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.policyVersion(name))?.state,
    version: async () => (await world.roster.store.policyVersion(name))?.version,
    id: name,
  };
};

const policyRun: Planter = async (world, state) => {
  const { run } = await policyRecords(world);
  const id = `sim_${world.roster.dependencies.digest(named(world)).slice(0, 32)}` as PolicyRunId;
  const begun = state !== 'requested';
  const value = {
    ...run,
    runId: id,
    version: 1,
    state,
    ...(begun ? {} : { asOf: null, segments: null, result: null, endedAt: null }),
  };
  await store(world, forced({ kind: 'policy-run', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'policy-run', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.policyRun(id))?.state,
    version: async () => (await world.roster.store.policyRun(id))?.version,
    id,
  };
};

/** A grant that everybody in the list of roles has opened: they are told apart by their subject, which is the name of the role. */
const breakGlass: Planter = async (world, state) => {
  const id = `bgl_${world.roster.dependencies.digest(named(world)).slice(0, 32)}` as BreakGlassId;
  const at = world.roster.at();
  const value = {
    breakGlassId: id,
    version: 1,
    state,
    subject: 'township-worker',
    role: 'township-worker',
    division: '140121101',
    recordId: null,
    reason: 'The neighbour is on leave and the family waits.',
    openedAt: at,
    endsAt: new Date(Date.parse(at) + 3_600_000).toISOString(),
    endedAt: state === 'ended' ? at : null,
    endedBy: state === 'ended' ? 'township-worker' : null,
  };
  await store(world, forced({ kind: 'break-glass', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'break-glass', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.breakGlass(id))?.state,
    version: async () => (await world.roster.store.breakGlass(id))?.version,
    id,
  };
};

/** An entry of Civil Affairs for the person of a case of its own. */
const assistanceEntry: Planter = async (world, state) => {
  const { household, personId } = await plant(world, named(world));
  const id = `ace_${world.roster.dependencies.digest(named(world)).slice(0, 32)}` as AssistanceEntryId;
  const isDelivered = state === 'delivered' || state === 'recovered';
  const { householdId, residenceDivision: division } = household.household;
  const value = {
    ...{ entryId: id, version: 1, state, householdId, personId, division, persons: [personId] },
    ...{ period: { of: 'months', from: '2026-03', to: '2026-04' }, places: 0, guards: [], flags: [], event: null },
    ...{
      registeredAt: world.roster.at(),
      claimedAt: world.roster.at(),
      deliveredAt: isDelivered ? '2026-03-02' : null,
    },
    ...{ endedAt: state === 'ended' ? world.roster.at() : null, endedFor: state === 'ended' ? 'moved-away' : null },
    ...{ endedAfter: null, item: 'elderly.old-age-allowance', department: 'civil-affairs', amount: null },
    deliveredAmount: isDelivered ? 20_000 : null,
  };
  await store(world, forced({ kind: 'assistance-entry', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'assistance-entry', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.assistanceEntry(id))?.state,
    version: async () => (await world.roster.store.assistanceEntry(id))?.version,
    id,
  };
};
/** Quick aid in a state, with every task it can have, so that what a route misses is never the task. */
const emergencyAid: Planter = async (world, state) => {
  const { digest, calendar, policies } = world.roster.dependencies;
  const id = `eme_${digest(named(world)).slice(0, 32)}` as EmergencyAidId;
  const at = world.roster.at();
  const reference = `LIFECYCLE-${world.number()}`;
  const value = {
    emergencyAidId: id,
    ...{ version: 1, state, incidentDivision: '140121100', settlement: 'rural', personId: null, cause: 'fire' },
    person: { known: 'unidentified' as const, name: null, reference },
    ...{ happenedOn: '2026-03-01', reportedOn: '2026-03-01', amount: 100, cap: 100, policyVersion: 'a policy' },
    ...{ reserve: '140121100', handler: 'township-worker', givenBy: '140121100', decidedAt: at, dueOn: '2026-03-04' },
    ...{ paidOn: null, papersDueOn: null, papers: [], papersReceivedAt: null, closedAt: null, hardshipLasts: null },
    notPaidFor: null,
  } as unknown as EmergencyAid;
  const policy = await policies.inForce();
  const tasks = (['emergency-payment', 'emergency-papers', 'emergency-closure'] as const).filter(
    (kind) => emergencyTaskOf[kind] === state || state === 'closed' || state === 'withdrawn',
  );
  const { change } = recordsOf(named(world));
  const result = await world.roster.store.commit(
    change(
      [
        { kind: 'emergency-aid', value, from: [] },
        ...tasks.map((kind): AggregateWrite => {
          const task = newEmergencyTask({ digest, calendar, policy }, value, kind, at);
          return { kind: 'task', value: task, from: [] };
        }),
      ],
      {
        type: 'EmergencyAidGranted',
        emergencyOnce: {
          ...{ does: 'take', occasion: occasionOf(value), emergencyAidId: id },
          ...{ givenBy: value.givenBy, grantedOn: value.reportedOn },
        },
      },
    ),
  );
  if (!result.ok) throw new Error(`no quick aid could be planted: ${JSON.stringify(result)}`);
  return {
    moved: (to, from) => forced({ kind: 'emergency-aid', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.emergencyAid(id))?.state,
    version: async () => (await world.roster.store.emergencyAid(id))?.version,
    id,
  };
};
const emergencyTaskOf = {
  'emergency-payment': 'granted',
  'emergency-papers': 'paid',
  'emergency-closure': 'documented',
} as const;
/** A referral to the department that the attacking agency is, of a household that is there. */
const referral: Planter = async (world, state) => {
  const name = named(world);
  const { household } = await plant(world, name, {});
  const { personId, determination, startedAt } = recordsOf(name);
  const id = `ref_${world.roster.dependencies.digest(name).slice(0, 32)}` as ReferralId;
  const isOver = state === 'closed' || state === 'withdrawn';
  const due = {
    clock: 'referral.acceptance',
    basis: 'assumption',
    dueAt: '2026-03-05T16:00:00.000Z',
    provisional: false,
    remindAt: '2026-03-04T22:36:00.000Z',
  };
  const outcome = {
    ...{ kind: 'delivered', amount: 100, on: '2026-03-02', evidence: 'file 2026-17' },
    ...{ at: startedAt, by: 'disabled-persons-federation', requestHash: '0'.repeat(32) },
  };
  const value = {
    referralId: id,
    version: 1,
    state,
    determinationId: determination.determinationId,
    householdId: household.household.householdId,
    personId,
    item: 'disability.home-access',
    department: agencies['own-agency'],
    division: determination.division,
    sentAt: startedAt,
    acceptBy: '2026-03-05',
    resultBy: null,
    due: isOver ? null : due,
    remindedAt: null,
    escalatedAt: null,
    escalations: 0,
    returns: [],
    outcome: state === 'reported' || state === 'closed' ? outcome : null,
    verification: null,
    closedAt: isOver ? startedAt : null,
  };
  await store(world, forced({ kind: 'referral', value, from: [] }));
  return {
    moved: (to, from) => forced({ kind: 'referral', value: { ...value, version: 2, state: to }, from }),
    state: async () => (await world.roster.store.referral(id))?.state,
    version: async () => (await world.roster.store.referral(id))?.version,
    id,
  };
};

/** Where the attacking agency is called. There is one of it, so what is planted lies over what was there. */
const subscription: Planter = async (world, state) => {
  const department = agencies['own-agency'];
  const id = subscriptionIdOf(world.roster.dependencies.digest, department, '140121');
  const now = async () => (await world.roster.store.subscriptions([id]))[0];
  const version = ((await now())?.version ?? 0) + 1;
  const value = {
    subscriptionId: id,
    ...{ version, state, department, division: '140121', registeredAt: recordsOf(named(world)).startedAt },
    ...(state === 'active' ? { url: callingAddress, secret: 'whsec_c2VjcmV0' } : { url: null, secret: null }),
    ...{ previous: null, givenUp: 0, givenUpAt: null },
  };
  await store(world, forced({ kind: 'subscription', value, from: subscriptionStates }));
  return {
    moved: (to, from) => forced({ kind: 'subscription', value: { ...value, version: version + 1, state: to }, from }),
    state: async () => (await now())?.state,
    // Counted from the planting on, as if the record were new.
    version: async () => ((await now())?.version ?? version) - version + 1,
    id,
  };
};
/** How a record is put in a state, by the name of its lifecycle. A lifecycle without a line here is counted as a violation. */
export const planters: Readonly<Record<string, Planter>> = {
  application: ofCase(
    (application) => ({ application }) as Parameters<typeof plant>[2],
    ({ application }, state, from) =>
      forced({ kind: 'application', value: { ...application, version: 2, state }, from }),
    ({ roster }, { application }) => roster.store.application(application.applicationId),
    ({ application }) => application.applicationId,
  ),
  review: ofCase(
    (review) => ({ review }) as Parameters<typeof plant>[2],
    ({ review }, state, from) => forced({ kind: 'review', value: { ...review, version: 2, state }, from }),
    ({ roster }, { review }) => roster.store.review(review.reviewId),
    ({ review }) => review.reviewId,
  ),
  task: ofCase(
    (task) => ({ task }) as Parameters<typeof plant>[2],
    ({ task }, state, from) => forced({ kind: 'task', value: { ...task, version: 2, state }, from }),
    ({ roster }, { task }) => roster.store.task(task.taskId),
    ({ task }) => task.taskId,
  ),
  notice: ofCase(
    (notice) => ({ notice }) as Parameters<typeof plant>[2],
    ({ notice }, state, from) => forced({ kind: 'notice', value: { ...notice, version: 2, state }, from }),
    ({ roster }, { notice }) => roster.store.notice(notice.noticeId),
    ({ notice }) => notice.noticeId,
  ),
  policyVersion,
  policyRun,
  breakGlass,
  assistanceEntry,
  emergencyAid,
  grievance: plantGrievance,
  report: plantReport,
  referral,
  subscription,
  alert: plantAlert,
  feed: plantFeed,
  paymentRun: plantPaymentRun,
  paymentLine: plantPaymentLine,
};
