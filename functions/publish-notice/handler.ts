import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { Opened, PublishNoticeInput } from '../../contracts/tasks/classified-review.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { publishNotice } from './publish-notice.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'publish-notice',
  input: PublishNoticeInput,
  output: Opened,
  ids: ({ reviewId }) => ({ reviewId }),
  handle: ({ reviewId, taskToken }) => publishNotice(dependencies, reviewId, taskToken),
});
