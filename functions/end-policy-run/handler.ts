import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { EndPolicyRunInput, EndPolicyRunOutput } from '../../contracts/tasks/policy-simulation.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { endPolicyRun } from './end-policy-run.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'end-policy-run',
  input: EndPolicyRunInput,
  output: EndPolicyRunOutput,
  ids: ({ runId }) => ({ policyRunId: runId }),
  handle: ({ runId, end }) => endPolicyRun(dependencies, runId, end),
});
