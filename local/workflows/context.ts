import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { Journal, Step, StepEnd } from './journal.ts';
import type { Run } from './run.ts';

export type RunnerParts = {
  readonly journal: Journal;
  readonly pool: LambdaPool;
  readonly clock: Clock;
  readonly activity: Activity;
};

/** What the parts that move executions on have in common. */
export type WorkflowContext = RunnerParts & {
  /** Passes under way, by the ARN of their execution. */
  readonly active: Map<string, Run>;
  /** The pass to which the code running at the moment belongs. */
  readonly current: AsyncLocalStorage<Run>;
  stopped: boolean;
  /** Sets the alarm for what becomes due next. */
  readonly rearm: () => void;
  /** Lets a pass go once all it does is wait. */
  readonly settle: (run: Run) => void;
  /** Ends a step and goes on with its execution; false if the step had ended before. */
  readonly endStep: (step: Step, end: StepEnd) => boolean;
};
