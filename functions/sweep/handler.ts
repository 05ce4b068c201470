import { z } from 'zod';
import { dynamodbAuditChain } from '../../adapters/dynamodb/audit-chain.ts';
import { retryPause } from '../../adapters/dynamodb/retry-pause.ts';
import { documentClient } from '../../adapters/dynamodb/tables.ts';
import { relayFailureOf } from '../../adapters/telemetry/relay-failure.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { runtimeWorkflows } from '../../adapters/workflows/runtime-workflows.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { counties } from '../../policies/divisions/divisions.ts';
import { chainDivisions } from '../chain-audit/chain-divisions.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { sweep } from './sweep.ts';
import { sweepAudit } from './sweep-audit.ts';
import { told } from './sweep-counts.ts';

const environment = readEnvironment(process.env, ['AUDIT_TABLE']);
const workflows = runtimeWorkflows(process.env);
const dependencies = { ...runtimeDependencies(), workflows };
const chains = dynamodbAuditChain({ client: documentClient(), audit: environment.AUDIT_TABLE });

/** What was left over is tried again by the next sweep; the failure still has to be seen. */
class SweepIncomplete extends Error {
  override readonly name = 'SweepIncomplete';
}

export const handler = taskHandler({
  task: 'sweep',
  input: z.unknown(),
  output: z.record(z.string(), z.int()),
  handle: async (_input, { log, metrics }) => {
    const onFailure = (error: unknown): void => log.write('SWEEP_ITEM_FAILED', {}, error);
    const counts = await sweep(
      dependencies,
      counties().map(({ code }) => code),
      onFailure,
      (error, at) => relayFailureOf(error, 'sweep', 'SWEEP_ITEM_FAILED', at),
    );
    for (const { message, metric, count } of told(counts)) {
      if (count === 0) continue;
      log.write(message, { count });
      metrics.count(metric, count);
    }
    // Last, so that what the sweep itself has just done is not taken for something the stream has lost.
    const audit = await sweepAudit({ ...dependencies, chains, pause: retryPause }, chainDivisions(), onFailure);
    const failed = counts.failed + audit.auditFailed;
    if (failed > 0) throw new SweepIncomplete(`${failed} items failed`);
    return { ...counts, ...audit };
  },
});
