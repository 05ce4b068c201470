import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { BeginPolicyRunInput, BeginPolicyRunOutput } from '../../contracts/tasks/policy-simulation.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { beginPolicyRun } from './begin-policy-run.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'begin-policy-run',
  input: BeginPolicyRunInput,
  output: BeginPolicyRunOutput,
  ids: ({ runId }) => ({ policyRunId: runId }),
  handle: ({ runId }) => beginPolicyRun(dependencies, runId),
});
