import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { EvaluateTiersInput, EvaluateTiersOutput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { evaluateTiers } from './evaluate-tiers.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'evaluate-tiers',
  input: EvaluateTiersInput,
  output: EvaluateTiersOutput,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId, stage }) => evaluateTiers(dependencies, reviewId, stage),
});
