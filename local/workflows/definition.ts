import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';
import { functionNameOf, type MachineModel } from '../template/platform-model.ts';

/** How a task calls its function: as its resource, through lambda:invoke, or through lambda:invoke and then waiting for its token. */
export type TaskKind = 'function' | 'invoke' | 'invoke-and-wait';
export type TaskDefinition = {
  readonly state: string;
  readonly kind: TaskKind;
  /** Only for kind `function`; the others name it in their input. */
  readonly functionName: string | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly hasTimeout: boolean;
  /** Inside a Map, where the same state runs many times at once and is told apart by its input. */
  readonly repeated: boolean;
};
export type PreparedMachine = {
  readonly name: string;
  readonly arn: string;
  readonly definition: StateMachineDefinition;
  readonly original: string;
  readonly tasks: ReadonlyMap<string, TaskDefinition>;
  readonly timeoutSeconds: number | undefined;
};

const State = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: z.string().optional(),
  HeartbeatSeconds: z.number().optional(),
  Branches: z.array(z.unknown()).optional(),
  ItemProcessor: z.unknown().optional(),
  Iterator: z.unknown().optional(),
});
const Machine = z.looseObject({
  TimeoutSeconds: z.number().optional(),
  States: z.record(z.string(), State),
});

const Definition = z.custom<StateMachineDefinition>();

/** A definition as the interpreter takes it, from its JSON text; the interpreter checks it. */
export const definitionFrom = (text: string): StateMachineDefinition => Definition.parse(JSON.parse(text));

/** What a replay could not repeat, or the interpreter does not know. */
const refused: Readonly<Record<string, string>> = {
  '"QueryLanguage":"JSONata"': 'the query language JSONata',
  'States.UUID': 'States.UUID, whose value a restart could not repeat',
  'States.MathRandom': 'States.MathRandom, whose value a restart could not repeat',
  '$$.State.': 'the context object $$.State',
  '"ItemReader"': 'ItemReader (pass the list with ItemsPath)',
  '"HeartbeatSecondsPath"': 'HeartbeatSecondsPath',
};

/** Where the start time is put: the library fills `$$.Execution.StartTime` with the time of the replay. */
const startTime = { asWritten: '$$.Execution.StartTime', asRun: '$$.Run.StartTime' };

const fail = (machine: string, what: string): StartFailure =>
  new StartFailure(
    `The state machine ${machine} ${what}.`,
    'Change its definition, or teach local/workflows/definition.ts about it.',
  );

const kindOf = (machine: string, state: string, resource: string): Pick<TaskDefinition, 'kind' | 'functionName'> => {
  if (/:lambda:[^:]*:[^:]*:function:/u.test(resource))
    return { kind: 'function', functionName: functionNameOf(resource) };
  if (resource.endsWith(':states:::lambda:invoke')) return { kind: 'invoke', functionName: undefined };
  if (resource.endsWith(':states:::lambda:invoke.waitForTaskToken'))
    return { kind: 'invoke-and-wait', functionName: undefined };
  throw fail(machine, `calls ${resource} in its state ${state}, which does not run locally`);
};

const collectTasks = (
  machine: string,
  definition: unknown,
  repeated: boolean,
  into: Map<string, TaskDefinition>,
): void => {
  for (const [state, found] of Object.entries(Machine.parse(definition).States)) {
    if (found.Type === 'Task') {
      if (into.has(state)) throw fail(machine, `uses the state name ${state} twice`);
      into.set(state, {
        ...kindOf(machine, state, found.Resource ?? ''),
        state,
        heartbeatSeconds: found.HeartbeatSeconds,
        hasTimeout: found.TimeoutSeconds !== undefined || found.TimeoutSecondsPath !== undefined,
        repeated,
      });
    }
    for (const branch of found.Branches ?? []) collectTasks(machine, branch, repeated, into);
    const body = found.ItemProcessor ?? found.Iterator;
    if (body !== undefined) collectTasks(machine, body, true, into);
  }
};

/** Checks that a definition can be run here, and makes it ready for the interpreter, which checks it against the language. */
export const prepareMachine = ({ name, arn, definition }: MachineModel): PreparedMachine => {
  const original = JSON.stringify(definition);
  for (const [text, what] of Object.entries(refused)) if (original.includes(text)) throw fail(name, `uses ${what}`);
  const parsed = Machine.parse(definition);
  const { TimeoutSeconds: timeoutSeconds, ...run } = definitionFrom(
    original.replaceAll(startTime.asWritten, () => startTime.asRun),
  );
  const tasks = new Map<string, TaskDefinition>();
  collectTasks(name, parsed, false, tasks);
  return { name, arn, original, definition: run, tasks, timeoutSeconds };
};
