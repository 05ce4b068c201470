import { apiHandler } from '../../adapters/http/api-handler.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { policyOperations } from './operations.ts';

const dependencies = { ...runtimeDependencies(), builtIn: shanxiPack, isKnownDivision: knownDivision };
const { DEFAULT_LANGUAGE } = readEnvironment(process.env, ['DEFAULT_LANGUAGE']);

export const handler = apiHandler({
  function: 'policies',
  operations: policyOperations(dependencies),
  defaultLanguage: DEFAULT_LANGUAGE,
  edgeKey: async () => (await dependencies.keyring())('cursor'),
  limiter: dependencies.limiter,
});
