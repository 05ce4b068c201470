import { dynamodbAuditChain } from '../../adapters/dynamodb/audit-chain.ts';
import { retryPause } from '../../adapters/dynamodb/retry-pause.ts';
import { auditEntriesOf, StreamAnswer, StreamEvent } from '../../adapters/dynamodb/stream.ts';
import { documentClient } from '../../adapters/dynamodb/tables.ts';
import { digest, now } from '../../adapters/runtime.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { chainBatch } from './chain-batch.ts';
import { createChainer } from './chainer.ts';

const { AUDIT_TABLE: audit } = readEnvironment(process.env, ['AUDIT_TABLE']);
const chains = dynamodbAuditChain({ client: documentClient(), audit });
const chainer = createChainer({ chains, digest, now, pause: retryPause });

export const handler = taskHandler({
  task: 'chain-audit',
  input: StreamEvent,
  output: StreamAnswer,
  handle: async (batch, { log }) => ({
    batchItemFailures: await chainBatch(chainer, auditEntriesOf(batch), (error, [sequenceNumber = 'none']) => {
      log.write('RECORD_FAILED', { sequenceNumber }, error);
    }),
  }),
});
