import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { householdOperations } from './operations.ts';

const dependencies = runtimeDependencies();
const { DEFAULT_LANGUAGE } = readEnvironment(process.env, ['DEFAULT_LANGUAGE']);

export const handler = apiHandler({
  function: 'households',
  operations: householdOperations(dependencies),
  defaultLanguage: DEFAULT_LANGUAGE,
  edgeKey: async () => (await dependencies.keyring())('cursor'),
});
