import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { CorrelationId } from '../../domain/events/event.ts';
import { PolicyRunId } from '../../domain/ids.ts';

/** What the state machine `policy-simulation` gives its task functions, and what it gets back: ids and steps, never a person. */
const RunInput = z.strictObject({ runId: PolicyRunId });
/** A segment is told by its run in the log; the steps of the run itself carry what led to it. */
const RunStep = RunInput.extend({ correlationId: CorrelationId.nullable().default(null) });
const Segment = RunInput.extend({ segment: z.int().min(0) });

export const BeginPolicyRunInput = RunStep;
/** `wait` when the first day of an activation has not come; `stop` when the run has ended before, or may not begin. */
export const beginnings = ['count', 'wait', 'stop'] as const;
export const BeginPolicyRunOutput = z.strictObject({
  next: z.enum(beginnings),
  /** Until when to wait; the present where there is nothing to wait for. */
  until: Instant,
  segments: z.array(Segment),
});

export const CountSegmentInput = Segment;
export const RedecideSegmentInput = Segment;
/** Not done: the step is called again and goes on where it stopped. */
export const SegmentOutput = Segment.extend({ done: z.boolean() });

export const ConcludePolicyRunInput = RunStep;
export const conclusions = ['end', 're-decide'] as const;
export const ConcludePolicyRunOutput = z.strictObject({ next: z.enum(conclusions) });

export const runEnds = ['finished', 'failed'] as const;
export const EndPolicyRunInput = RunStep.extend({ end: z.enum(runEnds) });
export const EndPolicyRunOutput = z.strictObject({ ended: z.boolean() });
