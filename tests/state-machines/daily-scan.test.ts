import aslValidator from 'asl-validator';
import { expect, test } from 'vitest';
import {
  ComparePeopleInput,
  ComparePeopleOutput,
  DailyScanInput,
  ScanSegmentInput,
  ScanSegmentOutput,
} from '../../contracts/tasks/daily-scan.ts';
import { type Answer, definitionOf, fails, statesOf, walkOf } from './machine-walk.ts';

const file = 'daily-scan.asl.json';
const states = statesOf(definitionOf(file));
const day = '2026-04-11';
const inputOf = (segments: number): DailyScanInput =>
  DailyScanInput.parse({ day, segments: Array.from({ length: segments }, (_, segment) => ({ day, segment })) });

const done: Answer = { from: (input: object) => ScanSegmentOutput.parse({ ...input, done: true }) };
const notDone: Answer = { from: (input: object) => ScanSegmentOutput.parse({ ...input, done: false }) };
const compared = (isDone: boolean): Answer => ({
  from: (input: object) => ComparePeopleOutput.parse({ ...input, done: isDone }),
});
const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}, segments = 2) =>
  walkOf(file, inputOf(segments), { ScanSegment: done, ComparePeople: compared(true) }, script);

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  const checked = aslValidator(JSON.parse(JSON.stringify(definitionOf(file))), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('every state can be entered, and each segment is scanned once, and people are compared after all of them, when all goes straight', async () => {
  const { entered, inputs, status } = await walk();
  expect(status).toBe('succeeded');
  expect([...new Set(entered)].toSorted()).toEqual(Object.keys(states).toSorted());
  expect(inputs.map(({ input }) => input)).toEqual([{ day, segment: 0 }, { day, segment: 1 }, { day }]);
});

test('people are compared by more calls, with the same input, until it is done', async () => {
  const { inputs, status } = await walk({ ComparePeople: [compared(false), compared(true)] }, 1);
  expect(status).toBe('succeeded');
  expect(inputs.map(({ input }) => input)).toEqual([{ day, segment: 0 }, { day }, { day }]);
});

test('people are not compared when a segment could not be scanned', async () => {
  const { inputs, status } = await walk({ ScanSegment: Array.from({ length: 99 }, () => fails('SomethingElse')) }, 1);
  expect([status, inputs.filter(({ state }) => state === 'ComparePeople')]).toEqual(['failed', []]);
});

test('a segment is called again, with the same input, until it is done', async () => {
  const { inputs, status } = await walk({ ScanSegment: [notDone, notDone, done] }, 1);
  expect(status).toBe('succeeded');
  expect(inputs.map(({ input }) => input)).toEqual([...[1, 2, 3].map(() => ({ day, segment: 0 })), { day }]);
});

test('a step is given what its contract asks for: a day and a segment, and nothing about a household', async () => {
  const { inputs } = await walk();
  for (const { state, input } of inputs) {
    const contract = state === 'ComparePeople' ? ComparePeopleInput : ScanSegmentInput;
    expect(contract.safeParse(input)).toMatchObject({ success: true });
  }
});

test('what fails and passes is tried again, twelve times, without a state more', async () => {
  const passing = Array.from({ length: 12 }, () => fails('SomethingNobodyExpected'));
  const { inputs, entered, status } = await walk({ ScanSegment: passing }, 1);
  expect(status).toBe('succeeded');
  expect(inputs.filter(({ state }) => state === 'ScanSegment')).toHaveLength(13);
  expect(entered.filter((state) => state === 'ScanSegment')).toHaveLength(1);
});

test('what goes on failing ends the execution as failed, where it can be redriven', async () => {
  const { status } = await walk({ ScanSegment: Array.from({ length: 99 }, () => fails('SomethingElse')) });
  expect(status).toBe('failed');
});
