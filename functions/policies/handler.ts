import { apiHandler } from '../../adapters/http/api-handler.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { policyOperations } from './operations.ts';

const dependencies = { ...runtimeDependencies(), builtIn: shanxiPack, isKnownDivision: knownDivision };

export const handler = apiHandler({
  function: 'policies',
  operations: policyOperations(dependencies),
  ...edgeOf(dependencies),
});
