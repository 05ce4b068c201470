import { createRuntime, type Runtime } from '../adapters/runtime.ts';
import type { Dependencies } from '../domain/dependencies.ts';
import { createPolicies } from '../domain/policy-versions/policies.ts';
import { knownDivision } from '../policies/divisions/divisions.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';

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
