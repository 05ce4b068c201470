import { virtualDate } from '../lambda/virtual-date.ts';
import type { WorkflowContext } from './context.ts';
import type { Step } from './journal.ts';
import type { LibraryTime } from './library.ts';
import type { Run } from './run.ts';

/** Calls back every wait of a pass whose time has come. */
export const fireSleeps = ({ clock, journal, settle }: WorkflowContext, run: Run): void => {
  for (const [ordinal, { due, callback }] of run.sleepTimers) {
    if (due > clock.now()) continue;
    run.sleepTimers.delete(ordinal);
    journal.endSleep(run.execution.arn, ordinal);
    queueMicrotask(callback);
  }
  settle(run);
};

/** A task's timeout. One that the definition does not ask for is the library's own idea of a minute, and is not kept. */
const taskTimer = ({ journal, rearm }: WorkflowContext, run: Run, step: Step, timer: Timer): void => {
  if (run.machine.tasks.get(step.state)?.hasTimeout !== true) return;
  if (step.status === 'timed-out') {
    queueMicrotask(timer.callback);
    return;
  }
  run.taskTimers.set(step.key, timer.callback);
  if (step.timeoutDue !== null) return;
  step.timeoutDue = step.startedAt + timer.ms;
  journal.setStepTimeout(step, step.timeoutDue);
  rearm();
};

/** A Wait state, or the pause before a retry: due when it was first due, in whichever pass. */
const sleepTimer = (context: WorkflowContext, run: Run, { callback, ms }: Timer): void => {
  const { clock, journal, rearm } = context;
  const ordinal = run.sleepCount;
  run.sleepCount += 1;
  const kept = run.sleeps.get(ordinal);
  const due = kept?.due ?? clock.now() + ms;
  if (kept === undefined) journal.addSleep(run.execution.arn, ordinal, due);
  if (kept?.over === 1) {
    queueMicrotask(callback);
    return;
  }
  run.sleepTimers.set(ordinal, { due, callback });
  if (due <= clock.now()) fireSleeps(context, run);
  else rearm();
};

type Timer = { readonly callback: () => void; readonly ms: number };

/** Time for the interpreter: the virtual clock, and timers that are kept in the journal. */
export const interpreterTime = (context: WorkflowContext): LibraryTime => ({
  Date: virtualDate(context.clock.now),
  setTimeout: (callback, ms) => {
    const run = context.current.getStore();
    if (run === undefined || run.closed) return;
    const step = run.opening;
    run.opening = undefined;
    if (step === undefined) sleepTimer(context, run, { callback, ms });
    else taskTimer(context, run, step, { callback, ms });
  },
  // A timer is forgotten with its task's end or its run's; none needs taking back.
  clearTimeout: () => undefined,
});
