import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { lookupOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'lookups',
  operations: lookupOperations(dependencies),
  ...edgeOf(dependencies),
});
