import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { CountSegmentInput, SegmentOutput } from '../../contracts/tasks/policy-simulation.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { countSegment } from './count-segment.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'count-segment',
  input: CountSegmentInput,
  output: SegmentOutput,
  ids: ({ runId }) => ({ policyRunId: runId }),
  handle: (step) => countSegment(dependencies, step),
});
