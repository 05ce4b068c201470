import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { StateMachine } from 'aws-local-stepfunctions';
import { z } from 'zod';

/** What the library takes from the global scope to know the time and to wait. */
export type LibraryTime = {
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
  readonly clearTimeout: (handle: unknown) => void;
  readonly Date: DateConstructor;
};

const Exports = z.object({ StateMachine: z.custom<typeof StateMachine>((value) => typeof value === 'function') });

/** Shortest share of a jittered retry interval. Never nothing: a wait of no length asks for no timer, and the count of timers would differ in the next replay. */
const leastJitter = 0.001;

/**
 * Loads the interpreter of aws-local-stepfunctions with another clock. It knows only `setTimeout` and `Date`, and a timer of
 * Node's would neither follow the virtual clock, nor last longer than 24.8 days, nor outlive the process; so the module is compiled
 * with these names bound to ours. Its AWS clients, which it would use for tasks without a handler, are left out: here each task has one.
 */
export const loadInterpreter = (time: LibraryTime): typeof StateMachine => {
  const file = createRequire(import.meta.url).resolve('aws-local-stepfunctions');
  const libraryRequire = createRequire(file);
  const require = (name: string): unknown => (name.startsWith('@aws-sdk/') ? {} : libraryRequire(name));
  const math: unknown = Object.create(Math, {
    random: { value: () => leastJitter + Math.random() * (1 - leastJitter) },
  });
  const loaded = { exports: {} };
  const names = ['exports', 'require', 'module', 'setTimeout', 'clearTimeout', 'Date', 'Math'];
  const initialise = compileFunction(readFileSync(file, 'utf8'), names, { filename: file });
  Reflect.apply(initialise, undefined, [
    loaded.exports,
    require,
    loaded,
    time.setTimeout,
    time.clearTimeout,
    time.Date,
    math,
  ]);
  return Exports.parse(loaded.exports).StateMachine;
};
