import { apiHandler } from '../../adapters/http/api-handler.ts';
import { counties } from '../../policies/divisions/divisions.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { alertOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'alerts',
  operations: alertOperations({ ...dependencies, counties: counties().map(({ code }) => code) }),
  ...edgeOf(dependencies),
});
