import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { breakGlassOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'break-glass',
  operations: breakGlassOperations(dependencies),
  ...edgeOf(dependencies),
});
