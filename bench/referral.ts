import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { demoClients } from '../synthetic/demo-clients.ts';
import { singleApplication } from './applications.ts';
import { type Instance, startInstance } from './instance.ts';
import { atShare, rounded } from './median.ts';
import { atMost, type Measure, type Report, told } from './report.ts';
import {
  call,
  chainKey,
  confirm,
  executionsOf,
  noticeDays,
  requestCountKey,
  type Submitted,
  submit,
  unitsOf,
  visit,
} from './review-steps.ts';

/** Decisions whose way to the inboxes is timed, and those before them that are not: they meet a platform that has just begun. */
export const timedDecisions = 40;
const warmUps = 4;
/** An inbox is looked into so often, in milliseconds: the figures are that coarse. */
const lookEveryMs = 20;
const longestWaitMs = 20_000;

const Referral = z.object({
  referralId: z.string(),
  householdId: z.string(),
  department: z.string(),
  state: z.string(),
});
type Referral = z.infer<typeof Referral>;
const Inbox = z.object({ referrals: z.array(Referral) });

const clientOf = (department: string): string => {
  const client = demoClients().find(({ claims }) => claims['agency'] === department);
  if (client === undefined) throw new Error(`no client stands for ${department}`);
  return client.clientId;
};

const inboxOf = async (instance: Instance, client: string, query = ''): Promise<readonly Referral[]> =>
  Inbox.parse(await call(instance, client, `/referrals?limit=100${query}`)).referrals;

/** Waits until a household's referral lies in the inbox of its department. */
const untilIn = async (instance: Instance, client: string, { householdId }: Submitted): Promise<void> => {
  const end = performance.now() + longestWaitMs;
  for (;;) {
    const referrals = await inboxOf(instance, client, '&state=sent');
    if (referrals.some((each) => each.householdId === householdId)) return;
    if (performance.now() > end) throw new Error(`no referral was in the inbox within ${longestWaitMs / 1_000} s`);
    await pause(lookEveryMs);
  }
};

/** Leads applications to the door of the decision. */
const readyToConfirm = async (instance: Instance, count: number): Promise<readonly Submitted[]> => {
  const submitted: Submitted[] = [];
  for (let number = 1; number <= count; number += 1) submitted.push(await submit(instance, singleApplication(number)));
  await instance.settle();
  for (const each of submitted) await visit(instance, each);
  await instance.settle();
  await instance.advanceDays(noticeDays);
  await instance.settle();
  return submitted;
};

/** How long it takes from the moment the county confirms to the moment a department finds the referral in its inbox, one by one. */
const timesToInbox = async (progress: (text: string) => void, decisions: number): Promise<Measure[]> => {
  const instance = await startInstance();
  try {
    progress(`${decisions} decisions, one after the other`);
    const submitted = await readyToConfirm(instance, decisions + warmUps);
    const times: number[] = [];
    for (const [index, each] of submitted.entries()) {
      const begin = performance.now();
      await confirm(instance, each);
      await untilIn(instance, clientOf('healthcare-security'), each);
      if (index >= warmUps) times.push(performance.now() - begin);
      await instance.settle();
    }
    const p95 = rounded(atShare(times, 0.95), 0);
    return [
      atMost('confirmed to inbox, 95 %', p95, 'ms', 2_000),
      told('confirmed to inbox, half', rounded(atShare(times, 0.5), 0), 'ms'),
      told('decisions timed', times.length, 'decisions'),
    ];
  } finally {
    await instance.stop();
  }
};

/** Leads a referral from its inbox to the day somebody has seen that the aid arrived. */
const ledWell = async (instance: Instance, { referralId, department }: Referral): Promise<void> => {
  const steps = [
    [clientOf(department), 'acceptance', null],
    [clientOf(department), 'outcome', { kind: 'delivered', on: '2026-03-10', evidence: 'bench-1' }],
    ['county-worker', 'verification', { result: 'confirmed', how: 'household' }],
  ] as const;
  for (const [client, step, body] of steps) {
    await call(instance, client, `/referrals/${referralId}/${step}`, body);
    await instance.settle();
  }
};

/** What the referrals of one decision cost that go well: sent with the plan, accepted, answered, verified, closed. */
const costOfReferrals = async (progress: (text: string) => void): Promise<Measure[]> => {
  progress('the referrals of one decision, to their end');
  const instance = await startInstance(['--count-units']);
  try {
    const [submitted] = await readyToConfirm(instance, 1);
    if (submitted === undefined) throw new Error('nothing was submitted');
    await confirm(instance, submitted);
    await instance.settle();
    const planned = await unitsOf(instance);
    const referrals = await inboxOf(instance, 'county-worker');
    for (const referral of referrals) await ledWell(instance, referral);
    const after = await unitsOf(instance);
    const executions = await executionsOf(instance, 'referral-');
    if (executions.length !== referrals.length || executions.some(({ status }) => status !== 'SUCCEEDED'))
      throw new Error('not every referral has come to its end');
    const since = (key: string): number => after.of(key) - planned.of(key);
    const steps = after.writeUnits - planned.writeUnits - since(chainKey) - since(requestCountKey);
    const each = (units: number): number => rounded(units / referrals.length, 1);
    return [
      atMost(
        'state transitions of a referral',
        Math.max(...executions.map((one) => one.transitions)),
        'transitions',
        10,
      ),
      atMost(
        'write units of a referral, with its plan',
        each(planned.of('REFERRAL', 'PLAN') + steps),
        'write units',
        40,
      ),
      told('write units of its way to the inbox', each(planned.of('REFERRAL', 'PLAN')), 'write units'),
      told('write units of counting its requests', each(since(requestCountKey)), 'write units'),
      told('write units of the audit chain', each(since(chainKey)), 'write units'),
      told('referrals led to their end', referrals.length, 'referrals'),
    ];
  } finally {
    await instance.stop();
  }
};

/** How soon a department has what is referred to it, and what a referral that goes well costs. */
export const referral = async (progress: (text: string) => void, decisions: number): Promise<Report> => {
  const times = await timesToInbox(progress, decisions);
  return { name: 'referral', measures: [...times, ...(await costOfReferrals(progress))] };
};
