import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Log, LogIds } from '../../../adapters/telemetry/log.ts';
import type { MessageCode } from '../../../adapters/telemetry/messages.ts';
import { taskHandler } from '../../../adapters/telemetry/task-handler.ts';
import { isTransient, retryableErrorName } from '../../../adapters/telemetry/transient.ts';
import { ReviewId } from '../../../domain/ids.ts';

const reviewId = `rev_${'0'.repeat(32)}`;
const context = { awsRequestId: 'request-0001' };

const recording = () => {
  const lines: { code: MessageCode; ids: LogIds }[] = [];
  const counted: string[] = [];
  const logWith = (fixed: LogIds): Log => ({
    write: (code, ids = {}) => void lines.push({ code, ids: { ...fixed, ...ids } }),
    with: (ids) => logWith({ ...fixed, ...ids }),
  });
  return {
    lines,
    counted,
    log: logWith({}),
    metrics: { count: (name: string) => void counted.push(name), flush: () => void counted.push('flush') },
  };
};

const handlerThat = (handle: () => unknown, records = recording()) =>
  taskHandler({
    task: 'check-completeness',
    input: z.strictObject({ reviewId: ReviewId }),
    output: z.strictObject({ complete: z.boolean() }),
    ids: (input) => ({ reviewId: input.reviewId }),
    log: records.log,
    metrics: records.metrics,
    handle: async () => (await handle()) as { complete: boolean },
  });

const failureOf = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a failure');
};

describe('a task function', () => {
  it('parses its input, checks its output, and says when it began and ended', async () => {
    const records = recording();
    expect(await handlerThat(() => ({ complete: true }), records)({ reviewId }, context)).toEqual({ complete: true });
    expect(records.lines.map(({ code }) => code)).toEqual(['TASK_STARTED', 'TASK_COMPLETED']);
    expect(records.lines[1]?.ids).toMatchObject({ reviewId, requestId: 'request-0001', task: 'check-completeness' });
    expect(records.counted).toEqual(['flush']);
  });

  it.each([
    [
      'an input not of its contract',
      () => ({ complete: true }),
      { reviewId, name: '王小明' },
      'InvalidTaskInput',
      'TASK_INPUT_REFUSED',
    ],
    [
      'an output not of its contract',
      () => ({ complete: '王小明' }),
      { reviewId },
      'InvalidTaskOutput',
      'TASK_OUTPUT_REFUSED',
    ],
  ])('fails under a name of its own for %s', async (_, handle, event, name, code) => {
    const records = recording();
    const failure = await failureOf(handlerThat(handle, records)(event, context));
    expect(failure.name).toBe(name);
    expect(records.lines.at(-1)?.code).toBe(code);
    expect(records.counted).toEqual(['UnexpectedErrors', 'flush']);
  });

  it.each([
    [
      'what may pass',
      Object.assign(new Error('王小明'), { name: 'ThrottlingException' }),
      retryableErrorName,
      'STORE_UNAVAILABLE',
    ],
    ['what nobody expected', new TypeError('王小明'), 'TypeError', 'UNEXPECTED_ERROR'],
  ])('lets the workflow see %s by name, and leaves the message behind', async (_, error, name, code) => {
    const records = recording();
    const throwing = () => {
      throw error;
    };
    const failure = await failureOf(handlerThat(throwing, records)({ reviewId }, context));
    expect(failure.name).toBe(name);
    expect(failure.cause).toBeUndefined();
    expect(`${failure.message} ${failure.stack}`).not.toContain('王小明');
    expect(records.lines.filter(({ code: written }) => written === code)).toHaveLength(1);
  });

  it('uses the name that every Retry of the state machine matches', () => {
    const machine = readFileSync(
      new URL('../../../state-machines/classified-review.asl.json', import.meta.url),
      'utf8',
    );
    expect(machine).toContain(`"${retryableErrorName}"`);
  });
});

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });
const cancelled = (...codes: string[]): Error =>
  named('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
    $metadata: { httpStatusCode: 400 },
  });

describe('what may pass by itself', () => {
  it.each([
    ['throttling', named('ThrottlingException')],
    ['too little capacity', named('ProvisionedThroughputExceededException')],
    ['a conflict of transactions', cancelled('None', 'TransactionConflict')],
    ['a conflict of one write', named('TransactionConflictException')],
    ['a fault of the service', named('Whatever', { $fault: 'server' })],
    ['a 5xx', named('Whatever', { $metadata: { httpStatusCode: 503 } })],
    ['a timeout', named('TimeoutError')],
    ['a lost connection', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
    ['what the SDK calls retryable', named('Whatever', { $retryable: { throttling: true } })],
  ])('is %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a refused condition', cancelled('ConditionalCheckFailed', 'None')],
    ['a refused condition beside a conflict', cancelled('ConditionalCheckFailed', 'TransactionConflict')],
    ['a cancellation that says nothing', named('TransactionCanceledException')],
    ['a malformed call', named('ValidationException', { $fault: 'client', $metadata: { httpStatusCode: 400 } })],
    ['a fault of the program', new TypeError('x')],
    ['something that is no error', 'ThrottlingException'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});
