import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { emergencyAidOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'emergency-aid',
  operations: emergencyAidOperations(dependencies),
  ...edgeOf(dependencies),
});
