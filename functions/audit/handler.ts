import { dynamodbAuditChain } from '../../adapters/dynamodb/audit-chain.ts';
import { documentClient } from '../../adapters/dynamodb/tables.ts';
import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { chainDivisions } from '../chain-audit/chain-divisions.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { auditOperations } from './operations.ts';

const { AUDIT_TABLE: audit } = readEnvironment(process.env, ['AUDIT_TABLE']);
const runtime = runtimeDependencies();
const chains = dynamodbAuditChain({ client: documentClient(), audit });

export const handler = apiHandler({
  function: 'audit',
  operations: auditOperations({ ...runtime, chains, divisions: chainDivisions() }),
  ...edgeOf(runtime),
});
