import { pieceReader } from '../../adapters/feeds/piece-reader.ts';
import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { BeginComparisonInput, BeginComparisonOutput } from '../../contracts/tasks/feed-comparison.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { beginComparison } from './begin-comparison.ts';

const runtime = runtimeDependencies();
const dependencies = { ...runtime, objects: runtimeObjects(process.env), reader: pieceReader(runtime.keyring) };

export const handler = taskHandler({
  task: 'begin-comparison',
  input: BeginComparisonInput,
  output: BeginComparisonOutput,
  handle: (step) => beginComparison(dependencies, step),
});
