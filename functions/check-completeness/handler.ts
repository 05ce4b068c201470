import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { CheckCompletenessInput, CheckCompletenessOutput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { checkCompleteness } from './check-completeness.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'check-completeness',
  input: CheckCompletenessInput,
  output: CheckCompletenessOutput,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId }) => checkCompleteness(dependencies, reviewId),
});
