import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { paymentRunOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'payment-runs',
  operations: paymentRunOperations(dependencies),
  ...edgeOf(dependencies),
});
