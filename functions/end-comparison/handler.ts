import { pieceReader } from '../../adapters/feeds/piece-reader.ts';
import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { EndComparisonInput, EndComparisonOutput } from '../../contracts/tasks/feed-comparison.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { endComparison } from './end-comparison.ts';

const runtime = runtimeDependencies();
const dependencies = { ...runtime, objects: runtimeObjects(process.env), reader: pieceReader(runtime.keyring) };

export const handler = taskHandler({
  task: 'end-comparison',
  input: EndComparisonInput,
  output: EndComparisonOutput,
  handle: (step) => endComparison(dependencies, step),
});
