import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { RedecideSegmentInput, SegmentOutput } from '../../contracts/tasks/policy-simulation.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { redecideSegment } from './redecide-segment.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'redecide-segment',
  input: RedecideSegmentInput,
  output: SegmentOutput,
  ids: ({ runId }) => ({ policyRunId: runId }),
  handle: (step) => redecideSegment(dependencies, step),
});
