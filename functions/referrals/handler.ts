import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { referralOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'referrals',
  operations: referralOperations(dependencies),
  ...edgeOf(dependencies),
});
