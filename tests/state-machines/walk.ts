import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';

const Definition = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string(), Resource: z.string().optional() })),
});

const text = readFileSync(join(import.meta.dirname, '../../state-machines/classified-review.asl.json'), 'utf8');

/** The definition with its substitutions filled in, as a deployment would: `fill` tells which function an ARN stands for. */
export const definition = (): z.infer<typeof Definition> =>
  Definition.parse(
    JSON.parse(
      text
        .replaceAll('${Partition}', 'aws')
        .replaceAll(/\$\{(\w+)Arn\}/gu, 'arn:aws:lambda:us-east-1:123456789012:function:$1'),
    ),
  );

/** What a task answers: a value, or an error by its name. */
export type Answer = { readonly gives: unknown } | { readonly fails: string };
export const gives = (value: unknown): Answer => ({ gives: value });
export const fails = (name: string): Answer => ({ fails: name });

export interface Walk {
  /** Names of the states in the order in which they were entered. */
  readonly entered: readonly string[];
  /** What each task was given, in order. */
  readonly inputs: readonly { readonly state: string; readonly input: unknown }[];
  readonly status: 'succeeded' | 'failed';
  readonly error: string | undefined;
}

/** What tasks answer unless a walk says otherwise: a review in which all goes straight. */
const straightforward: Readonly<Record<string, Answer>> = {
  CheckCompleteness: gives({ complete: true }),
  AskForPapers: gives({}),
  VerifyMeans: gives({ factsChecked: 10, discrepancies: 0 }),
  EvaluateTiers: gives({ next: 'publish' }),
  AssessInField: gives({}),
  FormOpinion: gives({ next: 'publish' }),
  PublishNotice: gives({}),
  ConfirmAtCounty: gives({}),
  RecordDetermination: gives({ determinationId: 'det' }),
  ReferToPanel: gives({}),
};

const failure = (name: string): Error => Object.assign(new Error(`the task failed with ${name}`), { name });

/**
 * Runs the state machine with tasks that answer from a script: for a state, what it answers the first time, the second, and so
 * on; then, and for states that are not in the script, as in a straightforward review. Retries come at once.
 */
export const walk = async (script: Readonly<Record<string, readonly Answer[]>> = {}): Promise<Walk> => {
  const filled = definition();
  const machine = new StateMachine(z.custom<StateMachineDefinition>().parse(filled), {
    validationOptions: { noValidate: true },
  });
  const tasks = Object.keys(filled.States).filter((name) => filled.States[name]?.Type === 'Task');
  const times = new Map<string, number>();
  const inputs: { state: string; input: unknown }[] = [];
  const answerOf = (state: string): Answer => {
    const time = times.get(state) ?? 0;
    times.set(state, time + 1);
    const answer = script[state]?.[time] ?? straightforward[state];
    if (answer === undefined) throw new Error(`the walk knows no task ${state}`);
    return answer;
  };
  const handlerOf = (state: string) => async (input: unknown) => {
    inputs.push({ state, input });
    const answer = answerOf(state);
    if ('fails' in answer) throw failure(answer.fails);
    return z.json().parse(answer.gives);
  };
  const run = machine.run(
    { reviewId: 'rev' },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(tasks.map((state) => [state, handlerOf(state)])),
        retryIntervalOverrides: Object.fromEntries(tasks.map((state) => [state, 0])),
      },
      context: { Task: { Token: 'the token' } },
    },
  );
  const entered: string[] = [];
  const following = (async () => {
    for await (const event of run.eventLogs) if (event.type === 'StateEntered') entered.push(event.state.name);
  })();
  const end = await run.result.then(
    () => ({ status: 'succeeded' as const, error: undefined }),
    (error: unknown) => ({ status: 'failed' as const, error: error instanceof Error ? error.name : String(error) }),
  );
  await following;
  return { entered, inputs, ...end };
};
