import { outboxEventsOf, StreamAnswer, StreamEvent } from '../../adapters/dynamodb/stream.ts';
import { relayFailureOf } from '../../adapters/telemetry/relay-failure.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { runtimeWorkflows } from '../../adapters/workflows/runtime-workflows.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { relayBatch } from './relay-batch.ts';

const workflows = runtimeWorkflows(process.env);
const dependencies = { ...runtimeDependencies(), workflows };

export const handler = taskHandler({
  task: 'relay',
  input: StreamEvent,
  output: StreamAnswer,
  handle: async (batch, { log, metrics }) => {
    const batchItemFailures = await relayBatch(
      dependencies,
      outboxEventsOf(batch),
      (error, ids) => {
        log.write('RECORD_FAILED', ids, error);
      },
      (error, at) => relayFailureOf(error, 'relay', 'RECORD_FAILED', at),
    );
    const count = batch.Records.length - batchItemFailures.length;
    log.write('OUTBOX_RELAYED', { count });
    metrics.count('OutboxRelayed', count);
    return { batchItemFailures };
  },
});
