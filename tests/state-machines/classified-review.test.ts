import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  AwaitNoticeInput,
  CheckCompletenessInput,
  EvaluateTiersInput,
  OpenTaskInput,
  RecordDeterminationInput,
  VerifyMeansInput,
} from '../../contracts/tasks/classified-review.ts';
import { reviewTaskKinds } from '../../domain/lifecycles/task.ts';
import { nextSteps } from '../../domain/reviews/review.ts';
import type { Interruption } from '../../domain/workflows/workflows.ts';
import { type Answer, definition, fails, gives, walk } from './walk.ts';

const states = Object.keys(definition().States);

const beginning = ['CheckCompleteness', 'PapersComplete?', 'VerifyMeans', 'EvaluateTiers'];
const visit = ['AssessInField', 'FormOpinion', 'WhatFollows?'];
const end = ['ConfirmAtCounty', 'RecordDetermination'];
const straight = [...beginning, ...visit, 'AwaitNotice', ...end];
const fromPanel = ['ReferToPanel', 'VerifyMeans', 'EvaluateTiers', ...visit, 'AwaitNotice', ...end];

test('the definition is valid Amazon States Language, paths and ARNs included', () => {
  // The validator writes into what it checks.
  const checked = aslValidator(JSON.parse(JSON.stringify(definition())), { checkPaths: true, checkArn: true });
  expect(checked.isValid, checked.errorsText('\n')).toBe(true);
});

test('every state can be entered', async () => {
  const walks = await Promise.all([
    walk({ CheckCompleteness: [gives({ complete: false })] }),
    walk({ FormOpinion: [gives({ next: 'panel' })] }),
  ]);
  const entered = new Set(walks.flatMap((walked) => walked.entered));
  expect([...entered].toSorted()).toEqual(states.toSorted());
});

describe('a review that goes straight', () => {
  test('is published, confirmed and determined, in ten states', async () => {
    const { entered, status } = await walk();
    expect(status).toBe('succeeded');
    expect(entered).toEqual(straight);
    expect(entered.length).toBeLessThanOrEqual(12);
  });

  test('without aid goes to the county and not to the public', async () => {
    const { entered, status } = await walk({ FormOpinion: [gives({ next: 'confirm' })] });
    expect(status).toBe('succeeded');
    expect(entered).toEqual([...beginning, ...visit, ...end]);
  });

  test('with papers missing waits for them before it looks at means', async () => {
    const { entered, status } = await walk({ CheckCompleteness: [gives({ complete: false })] });
    expect(status).toBe('succeeded');
    const [check = '', papers = '', ...rest] = straight;
    expect(entered).toEqual([check, papers, 'AskForPapers', ...rest]);
  });

  test('gives every task what its contract asks for, and nothing about a person', async () => {
    const { inputs } = await walk({
      CheckCompleteness: [gives({ complete: false })],
      FormOpinion: [gives({ next: 'panel' })],
    });
    const reviewId = `rev_${'0'.repeat(32)}`;
    const Waiting = z.strictObject({ FunctionName: z.string(), Payload: z.looseObject({}) });
    const schemas: Readonly<Record<string, z.ZodType>> = {
      CheckCompleteness: CheckCompletenessInput,
      VerifyMeans: VerifyMeansInput,
      EvaluateTiers: EvaluateTiersInput,
      FormOpinion: EvaluateTiersInput,
      RecordDetermination: RecordDeterminationInput,
      AskForPapers: OpenTaskInput,
      AssessInField: OpenTaskInput,
      ConfirmAtCounty: OpenTaskInput,
      ReferToPanel: OpenTaskInput,
      AwaitNotice: AwaitNoticeInput,
    };
    expect(new Set(inputs.map(({ state }) => state))).toEqual(new Set(Object.keys(schemas)));
    for (const { state, input } of inputs) {
      const waiting = Waiting.safeParse(input);
      const given = waiting.success ? waiting.data.Payload : input;
      const asked = z
        .looseObject({ reviewId: z.literal('rev'), correlationId: z.literal('request-00000001') })
        .parse(given);
      expect(schemas[state]?.safeParse({ ...asked, reviewId }), state).toMatchObject({ success: true });
    }
  });
});

describe('what leads back to a new assessment', () => {
  const objected: Interruption = 'ObjectionRaised';
  const returned: Interruption = 'ReturnedForReassessment';
  const again = [...visit, 'AwaitNotice'];

  test('an objection to the notice', async () => {
    const { entered, status } = await walk({ AwaitNotice: [fails(objected)] });
    expect(status).toBe('succeeded');
    expect(entered).toEqual([...beginning, ...again, ...again, ...end]);
  });

  test('a return by the county', async () => {
    const { entered, status } = await walk({ ConfirmAtCounty: [fails(returned)] });
    expect(status).toBe('succeeded');
    expect(entered).toEqual([...beginning, ...again, 'ConfirmAtCounty', ...again, ...end]);
  });

  test('an objection, another one, and a return after it', async () => {
    const { entered, status } = await walk({
      AwaitNotice: [fails(objected), fails(objected)],
      ConfirmAtCounty: [fails(returned)],
    });
    expect(status).toBe('succeeded');
    expect(entered.filter((state) => state === 'AssessInField')).toHaveLength(4);
    expect(entered.slice(-2)).toEqual(end);
  });
});

describe('the case panel', () => {
  test('gets what the rules cannot decide, and the review goes on from its answer', async () => {
    const { entered, status } = await walk({ FormOpinion: [gives({ next: 'panel' })] });
    expect(status).toBe('succeeded');
    expect(entered).toEqual([...beginning, ...visit, ...fromPanel]);
  });

  test.for(states.filter((state) => definition().States[state]?.Type === 'Task' && state !== 'ReferToPanel'))(
    'gets a review that failed in %s, and the review goes on',
    async (state) => {
      const script: Record<string, Answer[]> = { [state]: [fails('SomethingNobodyExpected')] };
      if (state === 'AskForPapers') script['CheckCompleteness'] = [gives({ complete: false })];
      const { entered, status } = await walk(script);
      expect(status).toBe('succeeded');
      const at = entered.indexOf(state);
      expect(entered.slice(at + 1)).toEqual(fromPanel);
    },
  );

  test('is tried again when it cannot be reached itself', async () => {
    const { entered, inputs, status } = await walk({
      FormOpinion: [gives({ next: 'panel' })],
      ReferToPanel: [fails('Lambda.TooManyRequestsException'), fails('SomethingNobodyExpected')],
    });
    expect(status).toBe('succeeded');
    expect(inputs.filter(({ state }) => state === 'ReferToPanel')).toHaveLength(3);
    expect(entered.slice(-end.length)).toEqual(end);
  });

  test('does not get a review the household has withdrawn: that ends', async () => {
    const { inputs, status, entered } = await walk({
      EvaluateTiers: [fails('ReviewCancelled')],
      ReferToPanel: [fails('ReviewCancelled')],
    });
    expect(status).toBe('failed');
    expect(inputs.filter(({ state }) => state === 'ReferToPanel')).toHaveLength(1);
    expect(entered.at(-1)).toBe('ReferToPanel');
  });
});

describe('what passes by itself', () => {
  const tasks = states.filter((state) => definition().States[state]?.Type === 'Task');
  test.for(tasks)('is tried again in %s, six times, without a state more', async (state) => {
    const script: Record<string, Answer[]> = {
      [state]: Array.from({ length: 6 }, (_, index) =>
        fails(index % 2 === 0 ? 'RetryableError' : 'Lambda.ServiceException'),
      ),
    };
    if (state === 'AskForPapers') script['CheckCompleteness'] = [gives({ complete: false })];
    if (state === 'ReferToPanel') script['FormOpinion'] = [gives({ next: 'panel' })];
    const { inputs, entered, status } = await walk(script);
    expect(status).toBe('succeeded');
    const usual = state === 'ReferToPanel' || entered.indexOf(state) === entered.lastIndexOf(state) ? 1 : 2;
    expect(inputs.filter((input) => input.state === state)).toHaveLength(6 + usual);
    expect(entered.filter((name) => name === 'ReferToPanel')).toHaveLength(state === 'ReferToPanel' ? 1 : 0);
  });

  test('a waiting step is not tried again for an answer that is an outcome', async () => {
    const { inputs } = await walk({ AwaitNotice: [fails('ObjectionRaised')] });
    expect(inputs.filter(({ state }) => state === 'AwaitNotice')).toHaveLength(2);
  });
});

describe('the definition and the code agree', () => {
  const text = JSON.stringify(definition());

  test('every kind of task the machine opens is one of a review, and every one of them is opened', () => {
    const opened = [...text.matchAll(/"kind":"([\w-]+)"/gu)].map(([, kind]) => kind ?? '');
    expect([...new Set(opened)].toSorted()).toEqual([...reviewTaskKinds].toSorted());
  });

  test('every next step an opinion may name has its way', () => {
    const compared = [...text.matchAll(/"Variable":"\$\.opinion\.next","StringEquals":"(\w+)"/gu)].map(
      ([, step]) => step ?? '',
    );
    // The panel is the default: a step nobody foresaw goes to people.
    expect([...compared, 'panel'].toSorted()).toEqual([...nextSteps].toSorted());
  });

  test('no waiting step has a time-out: deadlines are data on the task', () => {
    const waiting = Object.values(definition().States).filter(({ Resource }) => Resource?.endsWith('waitForTaskToken'));
    expect(waiting).toHaveLength(5);
    for (const state of waiting) expect(Object.keys(state)).not.toContain('TimeoutSeconds');
  });
});
