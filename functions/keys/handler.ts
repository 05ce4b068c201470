import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { keyOperations } from './operations.ts';

const dependencies = runtimeDependencies();
const { DEFAULT_LANGUAGE, RETENTION_DAYS } = readEnvironment(process.env, ['DEFAULT_LANGUAGE', 'RETENTION_DAYS']);

export const handler = apiHandler({
  function: 'keys',
  operations: keyOperations({ ...dependencies, retentionDays: Number(RETENTION_DAYS) }),
  defaultLanguage: DEFAULT_LANGUAGE,
  edgeKey: async () => (await dependencies.keyring())('cursor'),
});
