import { apiHandler } from '../../adapters/http/api-handler.ts';
import { counties } from '../../policies/divisions/divisions.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { insightOperations } from './operations.ts';

/** So many rows are read for one answer [local setting]: what fits well into the time of a request. */
const mostCounted = 20_000;

const dependencies = runtimeDependencies();

export const handler = apiHandler({
  function: 'insights',
  operations: insightOperations({
    ...dependencies,
    counties: counties().map(({ code }) => code),
    mostCounted,
  }),
  ...edgeOf(dependencies),
});
