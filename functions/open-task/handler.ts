import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { Opened, OpenTaskInput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { openTask } from './open-task.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'open-task',
  input: OpenTaskInput,
  output: Opened,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId, kind, taskToken }) => openTask(dependencies, reviewId, kind, taskToken),
});
