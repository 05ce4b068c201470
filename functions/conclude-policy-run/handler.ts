import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { ConcludePolicyRunInput, ConcludePolicyRunOutput } from '../../contracts/tasks/policy-simulation.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { concludePolicyRun } from './conclude-policy-run.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'conclude-policy-run',
  input: ConcludePolicyRunInput,
  output: ConcludePolicyRunOutput,
  ids: ({ runId }) => ({ policyRunId: runId }),
  handle: ({ runId }) => concludePolicyRun(dependencies, runId),
});
