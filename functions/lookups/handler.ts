import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { lookupOperations } from './operations.ts';

const dependencies = runtimeDependencies();
const { DEFAULT_LANGUAGE } = readEnvironment(process.env, ['DEFAULT_LANGUAGE']);

export const handler = apiHandler({
  function: 'lookups',
  operations: lookupOperations(dependencies),
  defaultLanguage: DEFAULT_LANGUAGE,
  edgeKey: async () => (await dependencies.keyring())('cursor'),
});
