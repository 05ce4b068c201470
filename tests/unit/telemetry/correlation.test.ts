import { expect, it } from 'vitest';
import { z } from 'zod';
import { presentCorrelation, withCorrelation } from '../../../adapters/telemetry/correlation.ts';
import type { Log, LogIds } from '../../../adapters/telemetry/log.ts';
import { taskHandler } from '../../../adapters/telemetry/task-handler.ts';
import { succeed } from '../../../contracts/outcome.ts';
import { CheckCompletenessInput } from '../../../contracts/tasks/classified-review.ts';
import { ask, completion, taskId, taskOperations } from '../http/gateway.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

it('the correlation of two pieces of work at once is kept apart, and there is none outside', async () => {
  const seen = await Promise.all(
    ['request-00000001', 'request-00000002', null].map((id) =>
      withCorrelation(id, async () => {
        await pause();
        return presentCorrelation();
      }),
    ),
  );
  expect(seen).toEqual(['request-00000001', 'request-00000002', null]);
  expect(presentCorrelation()).toBeNull();
});

it('a request does its work under the correlation id that is in its answer', async () => {
  let seen: string | null = null;
  const operations = taskOperations(async () => {
    await pause();
    seen = presentCorrelation();
    return succeed({ taskId });
  });
  const id = '0194f1a2-7c00-7000-8000-00000000abcd';
  await ask(completion({ outcome: 'done' }, { headers: { 'x-correlation-id': id } }), operations);
  expect(seen).toBe(id);
});

it.each([['request-00000001'], [null]])(
  'a task works and logs under the correlation id of its input: %s',
  async (id) => {
    const lines: LogIds[] = [];
    const logWith = (fixed: LogIds): Log => ({
      write: (_, ids = {}) => void lines.push({ ...fixed, ...ids }),
      with: (ids) => logWith({ ...fixed, ...ids }),
    });
    const handler = taskHandler({
      task: 'check-completeness',
      input: CheckCompletenessInput,
      output: z.strictObject({ seen: z.string().nullable() }),
      log: logWith({}),
      metrics: { count: () => undefined, flush: () => undefined },
      handle: async () => ({ seen: presentCorrelation() }),
    });
    const input = { reviewId: `rev_${'0'.repeat(32)}`, correlationId: id };
    expect(await handler(input, { awsRequestId: 'request' })).toEqual({ seen: id });
    expect(lines.map(({ correlationId }) => correlationId)).toEqual([id ?? undefined, id ?? undefined]);
  },
);
