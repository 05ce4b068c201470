import { z } from 'zod';
import type { Instance } from './instance.ts';

const Submitted = z.object({ applicationId: z.string(), reviewId: z.string(), householdId: z.string() });
export type Submitted = z.infer<typeof Submitted>;
const Tasks = z.object({ tasks: z.array(z.object({ taskId: z.string(), kind: z.string(), reviewId: z.string() })) });

/** What an officer answers; only its kind is looked at here. */
type TaskResult = { readonly kind: string; readonly [field: string]: unknown };

let requests = 0;

/** Calls an instance as one of its clients: without a body it reads, with `null` it posts none. Throws with what was answered when that is no success. */
export const call = async (instance: Instance, client: string, path: string, body?: unknown): Promise<unknown> => {
  requests += 1;
  const answer = await fetch(`${instance.apiUrl}${path}`, {
    headers: {
      'authorization': `Bearer ${await instance.token(client)}`,
      'content-type': 'application/json',
      'idempotency-key': `bench-request-number-${requests}`,
      'accept-language': 'en',
    },
    ...(body === undefined ? {} : { method: 'POST', body: body === null ? null : JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};

const finish = async (instance: Instance, client: string, reviewId: string, result: TaskResult): Promise<void> => {
  const { tasks } = Tasks.parse(await call(instance, client, '/tasks?limit=100'));
  const task = tasks.find((each) => each.reviewId === reviewId && each.kind === result.kind);
  if (task === undefined) throw new Error(`${reviewId} has no open ${result.kind}`);
  await call(instance, client, `/tasks/${task.taskId}/completion`, result);
};

export const submit = async (instance: Instance, application: Record<string, unknown>): Promise<Submitted> =>
  Submitted.parse(await call(instance, 'township-worker-1', '/applications', application));

export const visit = (instance: Instance, { reviewId }: Submitted): Promise<void> =>
  finish(instance, 'township-worker-1', reviewId, {
    kind: 'field-assessment',
    visitedOn: '2026-03-02',
    investigators: ['township-worker-1', 'township-worker-2'],
    findings: [],
  });

export const confirm = (instance: Instance, { reviewId }: Submitted): Promise<void> =>
  finish(instance, 'approver', reviewId, { kind: 'county-confirmation', decision: 'confirm' });

/** Days until a public notice that begins on 2 March 2026 has ended. */
export const noticeDays = 8;

/** The state of an application. */
export const stateOf = async (instance: Instance, { applicationId }: Submitted): Promise<string> =>
  z.object({ state: z.string() }).parse(await call(instance, 'approver', `/applications/${applicationId}`)).state;

const Stats = z.object({
  units: z.object({
    writeUnits: z.number(),
    readUnits: z.number(),
    byFirstKey: z.record(z.string(), z.object({ units: z.number() })),
  }),
});

/** Units that an instance has consumed so far, in all and by the first key of each write; it is to be started with `--count-units`. */
export const unitsOf = async (instance: Instance) => {
  const { units } = Stats.parse(await (await fetch(`${instance.controlUrl}/stats`)).json());
  const of = (...firstKeys: readonly string[]): number =>
    firstKeys.reduce((sum, key) => sum + (units.byFirstKey[key]?.units ?? 0), 0);
  return { ...units, of };
};

/** What the keys of the audit's chain begin with. It is written after the commands it is about, for many of them at once. */
export const chainKey = 'CHAIN';
/** What the keys of the count of requests begin with: one unit a request, whatever it asks for. */
export const requestCountKey = 'RATE';
/** What the keys of a daily scan's notes begin with: two units a night for the whole roster, however many applications there are. */
export const dailyScanKey = 'DAILY';

const Executions = z.object({
  executions: z.array(z.object({ name: z.string(), status: z.string(), transitions: z.number() })),
});

/** The executions whose names begin so. */
export const executionsOf = async (instance: Instance, prefix: string) => {
  const { executions } = Executions.parse(await (await fetch(`${instance.controlUrl}/executions`)).json());
  return executions.filter(({ name }) => name.startsWith(prefix));
};
