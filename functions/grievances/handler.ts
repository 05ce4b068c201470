import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { grievanceOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'grievances',
  operations: grievanceOperations(dependencies),
  ...edgeOf(dependencies),
});
