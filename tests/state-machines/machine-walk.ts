import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';

const State = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  ItemProcessor: z.looseObject({ States: z.record(z.string(), z.looseObject({ Type: z.string() })) }).optional(),
});
const Definition = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), State) });
export type Definition = z.infer<typeof Definition>;

/** A definition with its substitutions filled in, as a deployment would: the ARN of a function tells which one it stands for. */
export const definitionOf = (file: string): Definition =>
  Definition.parse(
    JSON.parse(
      readFileSync(join(import.meta.dirname, '../../state-machines', file), 'utf8')
        .replaceAll('${Partition}', 'aws')
        .replaceAll(/\$\{(\w+)Arn\}/gu, 'arn:aws:lambda:us-east-1:123456789012:function:$1'),
    ),
  );

/** Every state of a definition, those inside a Map too. */
export const statesOf = ({ States }: Definition): Readonly<Record<string, { Type: string }>> =>
  Object.assign({}, States, ...Object.values(States).map(({ ItemProcessor }) => ItemProcessor?.States ?? {}));

/** What a task answers: a value, one made from its input, or an error by its name. */
export type Answer =
  | { readonly gives: unknown }
  | { readonly from: (input: never) => unknown }
  | { readonly fails: string };
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

const failure = (name: string): Error => Object.assign(new Error(`the task failed with ${name}`), { name });

/**
 * Runs a state machine with tasks that answer from a script: for a state, what it answers the first time, the second, and so on;
 * then, and for states that are not in the script, as in `usual`. Retries and waits come at once.
 */
export const walkOf = async (
  file: string,
  input: Parameters<StateMachine['run']>[0],
  usual: Readonly<Record<string, Answer>>,
  script: Readonly<Record<string, readonly Answer[]>>,
): Promise<Walk> => {
  const filled = definitionOf(file);
  const machine = new StateMachine(z.custom<StateMachineDefinition>().parse(filled), {
    validationOptions: { noValidate: true },
  });
  const states = statesOf(filled);
  const named = (type: string): string[] => Object.keys(states).filter((name) => states[name]?.Type === type);
  const tasks = named('Task');
  const times = new Map<string, number>();
  const inputs: { state: string; input: unknown }[] = [];
  const answerOf = (state: string): Answer => {
    const time = times.get(state) ?? 0;
    times.set(state, time + 1);
    const answer = script[state]?.[time] ?? usual[state];
    if (answer === undefined) throw new Error(`the walk knows no task ${state}`);
    return answer;
  };
  const handlerOf = (state: string) => async (given: unknown) => {
    inputs.push({ state, input: given });
    const answer = answerOf(state);
    if ('fails' in answer) throw failure(answer.fails);
    return z.json().parse('from' in answer ? answer.from(given as never) : answer.gives);
  };
  const run = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(tasks.map((state) => [state, handlerOf(state)])),
      retryIntervalOverrides: Object.fromEntries(tasks.map((state) => [state, 0])),
      waitTimeOverrides: Object.fromEntries(named('Wait').map((state) => [state, 0])),
    },
    context: { Task: { Token: 'the token' } },
  });
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
