import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { dailyScanOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'daily-scans',
  operations: dailyScanOperations(dependencies),
  ...edgeOf(dependencies),
});
