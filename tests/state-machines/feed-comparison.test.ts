import aslValidator from 'asl-validator';
import { expect, test } from 'vitest';
import {
  BeginComparisonInput,
  BeginComparisonOutput,
  ComparePieceInput,
  ComparePieceOutput,
  EndComparisonInput,
  IndexPeopleInput,
  IndexPeopleOutput,
} from '../../contracts/tasks/feed-comparison.ts';
import { type Answer, definitionOf, fails, statesOf, walkOf } from './machine-walk.ts';

const file = 'feed-comparison.asl.json';
const states = statesOf(definitionOf(file));
const feedId = `fed_${'0'.repeat(32)}`;
const run = { feedId, run: 'dry-run' } as const;
const begun = (pieces: number): Answer => ({
  from: () =>
    BeginComparisonOutput.parse({ ...run, pieces: Array.from({ length: pieces }, (_, piece) => ({ ...run, piece })) }),
});
const done: Answer = { from: (input: object) => ComparePieceOutput.parse({ ...input, done: true }) };
const notDone: Answer = { from: (input: object) => ComparePieceOutput.parse({ ...input, done: false }) };
const indexed: Answer = { from: (input: object) => IndexPeopleOutput.parse({ ...input, done: true }) };
const notIndexed: Answer = { from: (input: object) => IndexPeopleOutput.parse({ ...input, done: false }) };
const ended: Answer = { from: () => run };
const walk = (script: Readonly<Record<string, readonly Answer[]>> = {}, pieces = 2) =>
  walkOf(
    file,
    { ...run, correlationId: 'request-00000001' },
    { BeginComparison: begun(pieces), IndexPeople: indexed, ComparePiece: done, EndComparison: ended },
    script,
  );

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  const checked = aslValidator(JSON.parse(JSON.stringify(definitionOf(file))), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('every state can be entered, and each piece is compared once when all goes straight', async () => {
  const { entered, inputs, status } = await walk();
  expect(status).toBe('succeeded');
  expect([...new Set(entered)].toSorted()).toEqual(Object.keys(states).toSorted());
  expect(inputs.map(({ input }) => input)).toEqual([run, run, { ...run, piece: 0 }, { ...run, piece: 1 }, run]);
});

test('a piece is called again, with the same input, until it is done', async () => {
  const { inputs, status } = await walk({ ComparePiece: [notDone, notDone, done] }, 1);
  expect(status).toBe('succeeded');
  expect(inputs.slice(2, -1).map(({ input }) => input)).toEqual([0, 0, 0].map((piece) => ({ ...run, piece })));
});

test('a file that cannot be read has no pieces, and its run is ended all the same', async () => {
  const { inputs, status } = await walk({}, 0);
  expect(status).toBe('succeeded');
  expect(inputs.map(({ input }) => input)).toEqual([run, run, run]);
});

test('the index of people is gone on with until it is there', async () => {
  const { inputs, status } = await walk({ IndexPeople: [notIndexed, notIndexed, indexed] }, 1);
  expect(status).toBe('succeeded');
  expect(inputs.filter(({ state }) => state === 'IndexPeople').map(({ input }) => input)).toEqual([run, run, run]);
});

test('where no index can be made the pieces are compared all the same', async () => {
  const { inputs, status } = await walk({ IndexPeople: Array.from({ length: 99 }, () => fails('SomethingElse')) });
  expect(status).toBe('succeeded');
  expect(inputs.filter(({ state }) => state === 'ComparePiece')).toHaveLength(2);
});

test('a step is given what its contract asks for: a feed and a piece, and nothing about a person', async () => {
  const { inputs } = await walk({}, 1);
  const contracts = [BeginComparisonInput, IndexPeopleInput, ComparePieceInput, EndComparisonInput];
  for (const [index, { input }] of inputs.entries())
    expect(contracts[index]?.safeParse(input)).toMatchObject({ success: true });
});

test('what fails and passes is tried again, twelve times, without a state more', async () => {
  const passing = Array.from({ length: 12 }, () => fails('SomethingNobodyExpected'));
  const { inputs, entered, status } = await walk({ ComparePiece: passing }, 1);
  expect(status).toBe('succeeded');
  expect(inputs).toHaveLength(16);
  expect(entered.filter((state) => state === 'ComparePiece')).toHaveLength(1);
});

test.each(['BeginComparison', 'ComparePiece', 'EndComparison'])(
  '%s that goes on failing ends the execution as failed, where it can be redriven',
  async (step) => {
    const { status } = await walk({ [step]: Array.from({ length: 99 }, () => fails('SomethingElse')) });
    expect(status).toBe('failed');
  },
);
