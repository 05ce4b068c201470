import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { RecordDeterminationInput, RecordDeterminationOutput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { recordDetermination } from './record-determination.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'record-determination',
  input: RecordDeterminationInput,
  output: RecordDeterminationOutput,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId }) => recordDetermination(dependencies, reviewId),
});
