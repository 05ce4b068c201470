import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { keyOperations } from './operations.ts';

const dependencies = runtimeDependencies();
const { RETENTION_DAYS } = readEnvironment(process.env, ['RETENTION_DAYS']);

export const handler = apiHandler({
  function: 'keys',
  operations: keyOperations({ ...dependencies, retentionDays: Number(RETENTION_DAYS) }),
  ...edgeOf(dependencies),
});
