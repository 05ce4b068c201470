import { apiHandler } from '../../adapters/http/api-handler.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { assistanceChainOperations } from './operations.ts';

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'assistance-chain',
  operations: assistanceChainOperations(dependencies),
  ...edgeOf(dependencies),
});
