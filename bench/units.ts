import { z } from 'zod';
import { coupleApplication, singleApplication } from './applications.ts';
import { type Instance, startInstance } from './instance.ts';
import { atMost, type Measure, type Report, told } from './report.ts';

const Stats = z.object({
  units: z.object({
    writeUnits: z.number(),
    readUnits: z.number(),
    byFirstKey: z.record(z.string(), z.object({ units: z.number() })),
  }),
});
/** What the keys of the audit's chain begin with. It is written after the review's own commands, for many of them at once. */
const chainKey = 'CHAIN';
/** What the keys of the count of requests begin with: one unit a request, whatever it asks for. */
const requestCountKey = 'RATE';
/** What the requests that follow the decision begin with: the plan, with its entry in the audit, and a referral for each need. */
const planKeys = ['PLAN', 'REFERRAL'];
/** What the names of the keys begin with, which an instance makes once, when it first needs them. */
const keyringKey = 'KEYRING';
const Executions = z.object({
  executions: z.array(z.object({ name: z.string(), status: z.string(), transitions: z.number() })),
});
const Submitted = z.object({ applicationId: z.string(), reviewId: z.string() });
const Tasks = z.object({ tasks: z.array(z.object({ taskId: z.string(), kind: z.string(), reviewId: z.string() })) });

/** What an officer answers; only its kind is looked at here. */
type TaskResult = { readonly kind: string; readonly [field: string]: unknown };

const call = async (instance: Instance, client: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await fetch(`${instance.apiUrl}${path}`, {
    headers: {
      'authorization': `Bearer ${await instance.token(client)}`,
      'content-type': 'application/json',
      'idempotency-key': 'bench-units-of-one-application',
      'accept-language': 'en',
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};

const finish = async (instance: Instance, client: string, reviewId: string, result: TaskResult): Promise<void> => {
  const { tasks } = Tasks.parse(await call(instance, client, '/tasks'));
  const task = tasks.find((each) => each.reviewId === reviewId && each.kind === result.kind);
  if (task === undefined) throw new Error(`${reviewId} has no open ${result.kind}`);
  await call(instance, client, `/tasks/${task.taskId}/completion`, result);
  await instance.settle();
};

/** Drives one application, alone on its instance, from submission to determination, and counts what it cost. */
const costOf = async (what: string, application: Record<string, unknown>): Promise<Measure[]> => {
  const instance = await startInstance(['--count-units']);
  try {
    const { applicationId, reviewId } = Submitted.parse(
      await call(instance, 'township-worker-1', '/applications', application),
    );
    await instance.settle();
    await finish(instance, 'township-worker-1', reviewId, fieldAssessment);
    await instance.advanceDays(8);
    await instance.settle();
    await finish(instance, 'approver', reviewId, { kind: 'county-confirmation', decision: 'confirm' });
    const { state } = z
      .object({ state: z.string() })
      .parse(await call(instance, 'approver', `/applications/${applicationId}`));
    if (state !== 'granted') throw new Error(`the application of ${what} ended as ${state}, not granted`);
    const { units } = Stats.parse(await (await fetch(`${instance.controlUrl}/stats`)).json());
    const of = (...firstKeys: readonly string[]): number =>
      firstKeys.reduce((sum, key) => sum + (units.byFirstKey[key]?.units ?? 0), 0);
    const besides = of(chainKey, requestCountKey, keyringKey, ...planKeys);
    const { executions } = Executions.parse(await (await fetch(`${instance.controlUrl}/executions`)).json());
    const [execution, ...others] = executions.filter(({ name }) => name.startsWith('review-'));
    if (execution?.status !== 'SUCCEEDED' || others.length > 0)
      throw new Error(`not exactly one finished review of ${what}`);
    return [
      atMost(`state transitions, ${what}`, execution.transitions, 'transitions', 12),
      atMost(`write units, ${what}`, units.writeUnits - besides, 'write units', 80),
      told(`write units of the plan and its referrals, ${what}`, of(...planKeys), 'write units'),
      atMost(`write units of counting requests, ${what}`, of(requestCountKey), 'write units', 10),
      atMost(`write units of the audit chain, ${what}`, of(chainKey), 'write units', 40),
      told(`read units with one sweep of the province, ${what}`, units.readUnits, 'read units'),
    ];
  } finally {
    await instance.stop();
  }
};

const fieldAssessment = {
  kind: 'field-assessment',
  visitedOn: '2026-03-02',
  investigators: ['township-worker-1', 'township-worker-2'],
  findings: [],
};

/** State transitions and write units of a straightforward application, counted from the answers to real requests. */
export const units = async (progress: (text: string) => void): Promise<Report> => {
  progress('one person, from application to determination');
  const single = await costOf('one person', singleApplication(1));
  progress('a couple, from application to determination');
  const couple = await costOf('a couple', coupleApplication(2));
  return { name: 'units', measures: [...single, ...couple] };
};
