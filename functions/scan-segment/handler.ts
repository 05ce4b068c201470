import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { ScanSegmentInput, ScanSegmentOutput } from '../../contracts/tasks/daily-scan.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { scanSegment } from './scan-segment.ts';

const dependencies = { ...runtimeDependencies(), objects: runtimeObjects(process.env) };

export const handler = taskHandler({
  task: 'scan-segment',
  input: ScanSegmentInput,
  output: ScanSegmentOutput,
  handle: (step) => scanSegment(dependencies, step),
});
