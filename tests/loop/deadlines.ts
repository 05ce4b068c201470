import { dateInChina } from '../../domain/dates.ts';
import { AlertId, EmergencyAidId, GrievanceId, ReportId, TaskId } from '../../domain/ids.ts';
import { openReferralStates } from '../../domain/lifecycles/referral.ts';
import {
  alertTaskKinds,
  emergencyTaskKinds,
  grievanceTaskKinds,
  missedNeedTaskKinds,
  reportTaskKinds,
  type TaskKind,
  taskKinds,
} from '../../domain/lifecycles/task.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { stepFrom } from '../../domain/referrals/referral-deadlines.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { openedTask } from '../../domain/tasks/new-task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { extendTask } from '../../functions/tasks/extend-task.ts';
import { countyWorker } from '../support/people.ts';
import { firstWrites, recordsOf } from '../support/records.ts';
import { referralSteps } from '../support/referrals.ts';
import type { TestRoster } from '../support/roster.ts';

/** What people do about something that falls due: nothing, all of it just in time, or have it extended just in time. */
export const conducts = ['silent', 'met', 'extended'] as const;
export type Conduct = (typeof conducts)[number];

/** When something is due and what has been made of it, as its record says. Moments in milliseconds. */
export interface Standing {
  readonly remindAt: number;
  readonly dueAt: number;
  readonly isOver: boolean;
  readonly isReminded: boolean;
  readonly isEscalated: boolean;
}

/** Something with a deadline that was begun, and what people will do about it. */
export interface Begun {
  readonly name: string;
  readonly conduct: Conduct;
  readonly look: () => Promise<Standing>;
  /** What people do just before it is due. */
  readonly act: () => Promise<void>;
  /** Whether it can only end: then it is over once its time is, instead of escalated. */
  readonly ends: boolean;
}

/** The first moment after a day in China, by the offset of its clocks alone. */
const afterDay = (day: string): number => Date.parse(`${day}T16:00:00.000Z`);

const isOneOf = <Kind extends TaskKind>(kinds: readonly Kind[], kind: TaskKind): kind is Kind =>
  kinds.some((each) => each === kind);

const taskOf = async (roster: TestRoster, kind: TaskKind, name: string): Promise<Task> => {
  const { calendar, digest, policies } = roster.dependencies;
  const clocks = { calendar, policy: await policies.inForce() };
  const hex = (what: string): string => digest(`${what} of ${name}`).slice(0, 32);
  const { task } = recordsOf(name);
  const { taskId, division } = { taskId: TaskId.parse(`tsk_${hex(kind)}`), division: task.division };
  if (isOneOf(emergencyTaskKinds, kind)) {
    const emergencyAidId = EmergencyAidId.parse(`eme_${hex('aid')}`);
    return openedTask(clocks, { taskId, division, kind, emergencyAidId }, roster.at());
  }
  if (isOneOf(grievanceTaskKinds, kind)) {
    const grievanceId = GrievanceId.parse(`grv_${hex('grievance')}`);
    return openedTask(clocks, { taskId, division, kind, grievanceId }, roster.at());
  }
  if (isOneOf(reportTaskKinds, kind)) {
    const reportId = ReportId.parse(`rpt_${hex('report')}`);
    return openedTask(clocks, { taskId, division, kind, reportId }, roster.at());
  }
  const { reviewId, applicationId, householdId } = task;
  if (isOneOf(alertTaskKinds, kind)) {
    const alertId = AlertId.parse(`alr_${hex('alert')}`);
    return openedTask(clocks, { taskId, division, kind, householdId, alertId }, roster.at());
  }
  if (isOneOf(missedNeedTaskKinds, kind)) {
    const nothing = { determinationId: null, entitlement: null, month: null, referralId: null };
    const foundOn = dateInChina(roster.at());
    return openedTask(clocks, { taskId, division, kind, householdId, foundOn, ...nothing }, roster.at());
  }
  return openedTask(clocks, { taskId, division, kind, reviewId, applicationId, householdId }, roster.at());
};

const stored = async (roster: TestRoster, name: string, writes: readonly AggregateWrite[]): Promise<void> => {
  // An event that nobody is told of: what is watched here are the deadlines.
  const { change } = recordsOf(`${name} at ${roster.at()}`);
  const result = await roster.store.commit(change(writes, { type: 'PolicyDrafted' }));
  if (!result.ok) throw new Error(`${name} could not be stored: ${JSON.stringify(result)}`);
};

const beginTask = async (roster: TestRoster, kind: TaskKind, conduct: Conduct): Promise<Begun> => {
  const name = `task ${kind}, ${conduct}`;
  const { taskId, ...first } = await taskOf(roster, kind, name);
  await stored(roster, name, [{ kind: 'task', value: { taskId, ...first }, from: [] }]);
  const now = async (): Promise<Task> => {
    const found = await roster.store.task(taskId);
    if (found === undefined) throw new Error(`${name} is not there`);
    return found;
  };
  const look = async (): Promise<Standing> => {
    const { remindAt, dueOn, state, remindedAt, escalatedAt } = await now();
    return {
      remindAt: Date.parse(remindAt),
      dueAt: afterDay(dueOn),
      isOver: state === 'completed',
      isReminded: remindedAt !== null,
      isEscalated: state === 'escalated' && escalatedAt !== null,
    };
  };
  const act = async (): Promise<void> => {
    const task = await now();
    if (conduct === 'met') {
      const value: Task = { ...task, version: task.version + 1, state: 'completed' };
      await stored(roster, name, [{ kind: 'task', value, from: ['open'] }]);
    }
    if (conduct === 'extended')
      await extendTask(roster.dependencies, countyWorker, taskId, 'out-of-area', task.version);
  };
  return { name, conduct, look, act, ends: false };
};

const beginReferral = async (
  roster: TestRoster,
  referral: Referral,
  state: (typeof openReferralStates)[number],
  conduct: Conduct,
): Promise<Begun> => {
  const name = `referral ${state}, ${conduct}`;
  const { calendar, policies, store } = { ...roster.dependencies, ...roster };
  const { step } = stepFrom({ calendar, policy: await policies.inForce() }, state, referral.item, roster.at());
  const value: Referral = { ...referral, ...step, version: referral.version + 1, state };
  await stored(roster, name, [{ kind: 'referral', value, from: ['sent'] }]);
  const now = async (): Promise<Referral> => {
    const found = await store.referral(referral.referralId);
    if (found === undefined) throw new Error(`${name} is not there`);
    return found;
  };
  const look = async (): Promise<Standing> => {
    const { due, remindedAt, escalatedAt, state: at } = await now();
    return {
      remindAt: due === null ? Number.POSITIVE_INFINITY : Date.parse(due.remindAt),
      dueAt: due === null ? Number.POSITIVE_INFINITY : Date.parse(due.dueAt),
      isOver: at === 'withdrawn',
      isReminded: remindedAt !== null,
      isEscalated: escalatedAt !== null,
    };
  };
  const act = async (): Promise<void> => {
    if (conduct !== 'met') return;
    const last = await now();
    const over: Referral = { ...last, version: last.version + 1, state: 'withdrawn', due: null };
    await stored(roster, name, [{ kind: 'referral', value: over, from: [state] }]);
  };
  return { name, conduct, look, act, ends: false };
};

const beginNotice = async (roster: TestRoster): Promise<Begun> => {
  const name = 'public notice';
  const records = recordsOf(name);
  await stored(roster, name, firstWrites(records));
  const look = async (): Promise<Standing> => {
    const notice = await roster.store.notice(records.notice.noticeId);
    if (notice === undefined) throw new Error('the notice is not there');
    return {
      remindAt: Number.POSITIVE_INFINITY,
      dueAt: afterDay(notice.endsOn),
      isOver: notice.state === 'ended',
      isReminded: false,
      isEscalated: false,
    };
  };
  return { name, conduct: 'silent', look, act: async () => undefined, ends: true };
};

/**
 * Begins, all at this moment, everything the platform sets a deadline for: each kind of task, each step of a referral, the public notice;
 * once for each thing people may do about it. What the law does not let anybody extend goes on as if nobody had asked.
 */
export const beginEverything = async (roster: TestRoster): Promise<readonly Begun[]> => {
  const begun: Begun[] = [];
  for (const kind of taskKinds) for (const conduct of conducts) begun.push(await beginTask(roster, kind, conduct));
  const referrals = referralSteps(roster.dependencies);
  for (const state of openReferralStates)
    for (const conduct of ['silent', 'met'] as const)
      begun.push(await beginReferral(roster, await referrals.one(), state, conduct));
  begun.push(await beginNotice(roster));
  return begun;
};
