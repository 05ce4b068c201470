import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { householdOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'households',
  operations: householdOperations(dependencies),
  ...edgeOf(dependencies),
});
