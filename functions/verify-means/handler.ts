import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { VerifyMeansInput, VerifyMeansOutput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { verifyMeans } from './verify-means.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'verify-means',
  input: VerifyMeansInput,
  output: VerifyMeansOutput,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId }) => verifyMeans(dependencies, reviewId),
});
