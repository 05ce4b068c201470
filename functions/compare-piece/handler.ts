import { peopleIndexes } from '../../adapters/feeds/people-indexes.ts';
import { pieceReader } from '../../adapters/feeds/piece-reader.ts';
import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { ComparePieceInput, ComparePieceOutput } from '../../contracts/tasks/feed-comparison.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { comparePiece } from './compare-piece.ts';

const runtime = runtimeDependencies();
const dependencies = {
  ...runtime,
  objects: runtimeObjects(process.env),
  reader: pieceReader(runtime.keyring),
  indexes: peopleIndexes(),
};

export const handler = taskHandler({
  task: 'compare-piece',
  input: ComparePieceInput,
  output: ComparePieceOutput,
  handle: (step) => comparePiece(dependencies, step),
});
