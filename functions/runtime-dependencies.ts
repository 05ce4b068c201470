import type { Edge } from '../adapters/http/perform.ts';
import { createRuntime, type Runtime } from '../adapters/runtime.ts';
import { readEnvironment } from '../contracts/environment.ts';
import type { Language } from '../contracts/problems.ts';
import type { Dependencies } from '../domain/dependencies.ts';
import { createPolicies } from '../domain/policy-versions/policies.ts';
import { knownDivision } from '../policies/divisions/divisions.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { checkBreakGlass } from './break-glass/check-break-glass.ts';

/** What the use cases of every function are given when they run: the platform's adapters, Shanxi's policy and China's calendar. */
export const runtimeDependencies = (): Dependencies & Runtime => {
  const runtime = createRuntime(process.env);
  const { store, now } = runtime;
  return {
    ...runtime,
    policies: createPolicies({ store, builtIn: shanxiPack, isKnownDivision: knownDivision, now }),
    calendar: chinaCalendar,
  };
};

/** What the HTTP edge of every API function is set up with, from its environment. Throws at start when that is not complete. */
export const edgeOf = (dependencies: Dependencies & Runtime): Edge & { defaultLanguage: Language } => {
  const environment = readEnvironment(process.env, [
    'DEFAULT_LANGUAGE',
    'ROLE_CLAIM',
    'DIVISION_CLAIM',
    'AGENCY_CLAIM',
  ]);
  return {
    defaultLanguage: environment.DEFAULT_LANGUAGE,
    claimNames: {
      role: environment.ROLE_CLAIM,
      division: environment.DIVISION_CLAIM,
      agency: environment.AGENCY_CLAIM,
    },
    openBreakGlass: (breakGlassId, principal) => checkBreakGlass(dependencies, breakGlassId, principal),
    edgeKey: async () => (await dependencies.keyring())('cursor'),
    limiter: dependencies.limiter,
  };
};
