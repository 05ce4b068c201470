import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { AwaitNoticeInput, Opened } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { awaitNotice } from './await-notice.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'await-notice',
  input: AwaitNoticeInput,
  output: Opened,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId, taskToken }) => awaitNotice(dependencies, reviewId, taskToken),
});
