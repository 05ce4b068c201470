import { createRuntime, type Runtime } from '../adapters/runtime.ts';
import type { Dependencies } from '../domain/dependencies.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';

/** What the use cases of every function are given when they run: the platform's adapters, Shanxi's policy and China's calendar. */
export const runtimeDependencies = (): Dependencies & Runtime => ({
  ...createRuntime(process.env),
  policy: shanxiPack,
  calendar: chinaCalendar,
});
