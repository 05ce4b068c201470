import type { Activity } from '../activity.ts';
import type { Service } from '../aws-endpoint.ts';
import type { Clock } from '../clock.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { StateStore } from '../state-folder.ts';
import type { MachineModel } from '../template/platform-model.ts';
import { prepareMachine } from './definition.ts';
import { type Journal, openJournal } from './journal.ts';
import { WorkflowError, workflowOperations } from './operations.ts';
import { createRunner, type Runner } from './runner.ts';

export type Workflows = {
  /** Step Functions, to be served at the AWS endpoint. Answers only after `begin`. */
  readonly service: Service;
  /** Goes on with every execution that was under way when the platform last ended. */
  readonly begin: (pool: LambdaPool) => { readonly journal: Journal; readonly runner: Runner };
};

/** Step Functions for the template's state machines. */
export const startWorkflows = (
  models: readonly MachineModel[],
  { store, clock, activity }: { readonly store: StateStore; readonly clock: Clock; readonly activity: Activity },
): Workflows => {
  const machines = models.map(prepareMachine);
  const journal = openJournal(store);
  const operations: Record<string, (input: unknown) => unknown> = {};
  return {
    service: {
      target: 'AWSStepFunctions',
      operations,
      failureOf: (error) => (error instanceof WorkflowError ? { type: error.type, message: error.message } : undefined),
    },
    begin: (pool) => {
      const runner = createRunner(machines, { journal, pool, clock, activity });
      Object.assign(operations, workflowOperations({ machines, journal, runner, clock }));
      for (const arn of journal.toRun()) runner.activate(arn);
      runner.wake();
      return { journal, runner };
    },
  };
};
