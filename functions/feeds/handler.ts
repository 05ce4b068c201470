import { apiHandler } from '../../adapters/http/api-handler.ts';
import { runtimeObjects } from '../../adapters/objects/s3-objects.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { feedOperations } from './operations.ts';

const dependencies = { ...runtimeDependencies(), objects: runtimeObjects(process.env) };

export const handler = apiHandler({
  function: 'feeds',
  operations: feedOperations(dependencies),
  ...edgeOf(dependencies),
});
