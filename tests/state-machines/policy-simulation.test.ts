import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import {
  BeginPolicyRunInput,
  BeginPolicyRunOutput,
  beginnings,
  ConcludePolicyRunInput,
  CountSegmentInput,
  conclusions,
  EndPolicyRunInput,
  RedecideSegmentInput,
  runEnds,
} from '../../contracts/tasks/policy-simulation.ts';
import { type Answer, definitionOf, fails, gives, statesOf, walkOf } from './machine-walk.ts';

const file = 'policy-simulation.asl.json';
const states = statesOf(definitionOf(file));
const runId = `sim_${'0'.repeat(32)}`;
const until = '2026-03-02T00:00:00.000Z';

const begun = (next: string, segments: number): Answer =>
  gives(
    BeginPolicyRunOutput.parse({
      next,
      until,
      segments: Array.from({ length: segments }, (_, segment) => ({ runId, segment })),
    }),
  );
const done: Answer = { from: (input: object) => ({ ...input, done: true }) };
const notDone: Answer = { from: (input: object) => ({ ...input, done: false }) };

/** A simulation of two segments in which all goes straight. */
const usual: Readonly<Record<string, Answer>> = {
  BeginRun: begun('count', 2),
  CountSegment: done,
  ConcludeRun: gives({ next: 'end' }),
  RedecideSegment: done,
  FinishRun: gives({ ended: true }),
  NoteFailure: gives({ ended: true }),
};
const correlationId = 'request-00000001';
const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}) =>
  walkOf(file, { runId, correlationId }, usual, script);
const times = (entered: readonly string[], state: string): number => entered.filter((name) => name === state).length;
const outside = (entered: readonly string[]): readonly string[] => entered.filter((name) => !name.includes('Segment'));
const activation = { ConcludeRun: [gives({ next: 're-decide' })] };

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  const checked = aslValidator(JSON.parse(JSON.stringify(definitionOf(file))), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('every state can be entered', async () => {
  const walks = await Promise.all([
    walk(activation),
    walk({ BeginRun: [begun('wait', 0)] }),
    walk({ ConcludeRun: [fails('SomethingNobodyExpected')] }),
  ]);
  const entered = new Set(walks.flatMap((walked) => walked.entered));
  expect([...entered].toSorted()).toEqual(Object.keys(states).toSorted());
});

describe('a simulation', () => {
  test('counts every segment once and ends with its conclusion', async () => {
    const { entered, inputs, status } = await walk();
    expect(status).toBe('succeeded');
    expect(outside(entered)).toEqual([
      'BeginRun',
      'MayItBegin?',
      'CountRoster',
      'ConcludeRun',
      'WhatFollows?',
      'Ended',
    ]);
    const counted = inputs.filter(({ state }) => state === 'CountSegment').map(({ input }) => input);
    expect(counted).toEqual([
      { runId, segment: 0 },
      { runId, segment: 1 },
    ]);
  });

  test('calls a segment again, with the same input, until it is done', async () => {
    const { inputs, status } = await walk({ BeginRun: [begun('count', 1)], CountSegment: [notDone, notDone, done] });
    expect(status).toBe('succeeded');
    const counted = inputs.filter(({ state }) => state === 'CountSegment').map(({ input }) => input);
    expect(counted).toEqual([1, 2, 3].map(() => ({ runId, segment: 0 })));
  });

  test('decides nobody anew', async () => {
    const { entered } = await walk();
    expect(times(entered, 'RedecideHouseholds')).toBe(0);
  });

  test('that may not begin ends without counting', async () => {
    const { entered, status } = await walk({ BeginRun: [begun('stop', 0)] });
    expect(status).toBe('succeeded');
    expect(entered).toEqual(['BeginRun', 'MayItBegin?', 'Ended']);
  });
});

describe('an activation', () => {
  test('decides every segment anew after it has concluded, until each is done, and then is finished', async () => {
    const { entered, inputs, status } = await walk({ ...activation, RedecideSegment: [notDone] });
    expect(status).toBe('succeeded');
    expect(outside(entered).slice(-4)).toEqual(['WhatFollows?', 'RedecideHouseholds', 'FinishRun', 'Ended']);
    expect(inputs.filter(({ state }) => state === 'RedecideSegment')).toHaveLength(3);
    expect(inputs.at(-1)).toEqual({ state: 'FinishRun', input: { runId, correlationId, end: 'finished' } });
  });

  test('whose first day has not come waits for it and begins again', async () => {
    const { entered, status } = await walk({ BeginRun: [begun('wait', 0), begun('wait', 0)] });
    expect(status).toBe('succeeded');
    expect(entered.slice(0, 6)).toEqual([
      'BeginRun',
      'MayItBegin?',
      'WaitForFirstDay',
      'BeginRun',
      'MayItBegin?',
      'WaitForFirstDay',
    ]);
  });

  test('that is refused when it concludes decides nobody anew', async () => {
    const { entered, status } = await walk({ ConcludeRun: [gives({ next: 'end' })] });
    expect(status).toBe('succeeded');
    expect(times(entered, 'RedecideSegment')).toBe(0);
  });

  test('is never noted as failed once its version is in force: it fails where it stands, to be redriven', async () => {
    const { entered, status } = await walk({
      ...activation,
      RedecideSegment: Array.from({ length: 99 }, () => fails('SomethingNobodyExpected')),
    });
    expect(status).toBe('failed');
    expect(times(entered, 'NoteFailure')).toBe(0);
    expect(times(entered, 'FinishRun')).toBe(0);
  });
});

describe('what fails', () => {
  test.each(['BeginRun', 'CountSegment', 'ConcludeRun'])('in %s is noted with the run, which fails', async (state) => {
    const { inputs, status, error } = await walk({ [state]: [fails('SomethingNobodyExpected')] });
    expect(status).toBe('failed');
    expect(error).toBeDefined();
    expect(inputs.at(-1)).toEqual({ state: 'NoteFailure', input: { runId, correlationId, end: 'failed' } });
  });

  test.each(Object.keys(states).filter((state) => states[state]?.Type === 'Task'))(
    'and passes by itself is tried again in %s, eight times, without a state more',
    async (state) => {
      const passing = Array.from({ length: 8 }, (_, index) =>
        fails(index % 2 === 0 ? 'RetryableError' : 'Lambda.ServiceException'),
      );
      const begin = { BeginRun: [begun('count', 1)] };
      const failing = state === 'NoteFailure' ? { ConcludeRun: [fails('SomethingNobodyExpected')] } : activation;
      const script = { ...begin, ...failing };
      const own = script[state as keyof typeof script] ?? [];
      const { inputs, entered } = await walk({ ...script, [state]: [...passing, ...own] });
      expect(inputs.filter((input) => input.state === state)).toHaveLength(9);
      expect(times(entered, state)).toBe(1);
    },
  );
});

describe('the definition and the code agree', () => {
  test('every task is given what its contract asks for, and nothing about a household', async () => {
    const schemas = {
      BeginRun: BeginPolicyRunInput,
      CountSegment: CountSegmentInput,
      ConcludeRun: ConcludePolicyRunInput,
      RedecideSegment: RedecideSegmentInput,
      FinishRun: EndPolicyRunInput,
      NoteFailure: EndPolicyRunInput,
    };
    const walks = await Promise.all([walk(activation), walk({ ConcludeRun: [fails('SomethingNobodyExpected')] })]);
    const inputs = walks.flatMap((walked) => walked.inputs);
    expect(new Set(inputs.map(({ state }) => state))).toEqual(new Set(Object.keys(schemas)));
    for (const { state, input } of inputs) {
      expect(schemas[state as keyof typeof schemas].safeParse(input), state).toMatchObject({ success: true });
    }
  });

  test('every answer a step may give has its way, the last one by default', () => {
    const text = JSON.stringify(definitionOf(file));
    const compared = (path: string): string[] =>
      [...text.matchAll(new RegExp(`"Variable":"\\$\\.${path}","StringEquals":"([\\w-]+)"`, 'gu'))].map(
        ([, step]) => step ?? '',
      );
    expect([...compared('run\\.next'), 'stop'].toSorted()).toEqual([...beginnings].toSorted());
    expect([...compared('conclusion\\.next'), 'end'].toSorted()).toEqual([...conclusions].toSorted());
    const ends = [...text.matchAll(/"end":"(\w+)"/gu)].map(([, end]) => end ?? '');
    expect(ends.toSorted()).toEqual([...runEnds].toSorted());
  });
});
