import { describe, expect, test } from 'vitest';
import type { InvocationResult } from '../../../local/lambda/protocol.ts';
import { type BatchRules, processBatch, type StreamRecord } from '../../../local/streams/batch.ts';
import { compileFilter } from '../../../local/streams/filter.ts';

const record = (number: number): StreamRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(number) },
});
const records = (count: number): StreamRecord[] => Array.from({ length: count }, (_, index) => record(index + 1));
const numbers = (list: readonly StreamRecord[]): string =>
  list.map(({ dynamodb }) => dynamodb.SequenceNumber).join(' ');

/** Runs a batch against a function that fails for certain records, and writes down what happened. */
const run = async (
  count: number,
  rules: Partial<BatchRules>,
  behave: (batch: readonly StreamRecord[], call: number) => InvocationResult,
) => {
  const calls: string[] = [];
  const done: string[] = [];
  const givenUp: string[] = [];
  await processBatch(
    records(count),
    { bisect: false, retries: 2, reportsItemFailures: true, ...rules },
    {
      invoke: async (batch) => {
        calls.push(numbers(batch));
        return behave(batch, calls.length);
      },
      done: (batch) => void done.push(numbers(batch)),
      giveUp: (batch) => void givenUp.push(numbers(batch)),
      beforeRetry: async () => true,
    },
  );
  return { calls, done: done.filter((text) => text !== ''), givenUp };
};

const succeed: InvocationResult = { ok: true, payload: '{"batchItemFailures":[]}' };
const failAt = (number: string): InvocationResult => ({
  ok: true,
  payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: number }] }),
});
const crash: InvocationResult = { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } };

describe('a batch of stream records', () => {
  test('is done after one call when nothing fails', async () => {
    expect(await run(3, {}, () => succeed)).toEqual({ calls: ['1 2 3'], done: ['1 2 3'], givenUp: [] });
  });

  test('is tried again from the first record that failed', async () => {
    const { calls, done } = await run(4, {}, (_, call) => (call === 1 ? failAt('3') : succeed));
    expect(calls).toEqual(['1 2 3 4', '3 4']);
    expect(done).toEqual(['1 2', '3 4']);
  });

  test('is given up after the last retry, and what came before it is not', async () => {
    const { calls, givenUp } = await run(2, { retries: 1 }, () => failAt('2'));
    expect(calls).toEqual(['1 2', '2']);
    expect(givenUp).toEqual(['2']);
  });

  test('is split until a record that breaks the function is alone, without using up attempts', async () => {
    const behave = (batch: readonly StreamRecord[]): InvocationResult =>
      batch.some(({ dynamodb }) => dynamodb.SequenceNumber === '3') ? crash : succeed;
    const { done, givenUp, calls } = await run(4, { bisect: true, retries: 1 }, behave);
    expect(calls).toEqual(['1 2 3 4', '1 2', '3 4', '3', '3', '4']);
    expect(givenUp).toEqual(['3']);
    expect(done).toEqual(['1 2', '3', '4']);
  });

  test.each([
    ['an identifier that is not in it', failAt('99')],
    ['an empty identifier', failAt('')],
    ['an answer of another shape', { ok: true, payload: '{"batchItemFailures":"all"}' } as const],
  ])('fails as a whole on %s', async (_, answer) => {
    const { calls } = await run(2, { retries: 0 }, () => answer);
    expect(calls).toEqual(['1 2']);
    expect((await run(2, { retries: 0 }, () => answer)).givenUp).toEqual(['1 2']);
  });

  test('counts as done on any answer when failures of single items are not reported', async () => {
    expect((await run(2, { reportsItemFailures: false }, () => failAt('1'))).givenUp).toEqual([]);
  });
});

describe('a filter', () => {
  const outbox = { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } } };
  const insert = (pk: string, eventName = 'INSERT') => ({ eventName, dynamodb: { Keys: { pk: { S: pk } } } });

  test('lets through what matches every part of a pattern', () => {
    const matches = compileFilter([outbox]);
    expect(matches(insert('OUTBOX#1'))).toBe(true);
    expect(matches(insert('REVIEW#1'))).toBe(false);
    expect(matches(insert('OUTBOX#1', 'REMOVE'))).toBe(false);
    expect(matches({ eventName: 'INSERT' })).toBe(false);
  });

  test('lets through what matches any of several patterns, and everything when there is none', () => {
    const matches = compileFilter([outbox, { eventName: ['REMOVE'] }]);
    expect(matches(insert('X', 'REMOVE'))).toBe(true);
    expect(matches(insert('X', 'MODIFY'))).toBe(false);
    expect(compileFilter([])(insert('X'))).toBe(true);
  });

  test.each([
    ['suffix', [{ suffix: 'z' }], 'xyz', 'xy'],
    ['anything-but', [{ 'anything-but': ['a', 'b'] }], 'c', 'a'],
    ['anything-but prefix', [{ 'anything-but': { prefix: 'a' } }], 'ba', 'ab'],
    ['exists', [{ exists: true }], 'a', undefined],
    ['not exists', [{ exists: false }], undefined, 'a'],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'AbC' }], 'abc', 'abd'],
    ['numeric', [{ numeric: ['>', 1, '<=', 3] }], 3, 1],
    ['or', ['a', 'b'], 'b', 'c'],
  ])('knows %s', (_, rules, yes, no) => {
    const matches = compileFilter([{ field: rules }]);
    expect([matches({ field: yes }), matches({ field: no })]).toEqual([true, false]);
  });

  test('is refused when it has an operator that is not known', () => {
    expect(() => compileFilter([{ field: [{ wildcard: 'a*' }] }])).toThrow(
      'The filter operator "wildcard" is not known',
    );
  });
});
