import { z } from 'zod';
import { CorrelationId } from '../../domain/events/event.ts';
import { DeterminationId, ReviewId } from '../../domain/ids.ts';
import { reviewTaskKinds } from '../../domain/lifecycles/task.ts';
import { nextSteps } from '../../domain/reviews/review.ts';

/** What the state machine `classified-review` gives its task functions, and what it gets back: ids and steps, never a person. */
const ReviewInput = z.strictObject({ reviewId: ReviewId, correlationId: CorrelationId.nullable().default(null) });
const TaskToken = z.string().min(1).max(2_048);

export const CheckCompletenessInput = ReviewInput;
export const CheckCompletenessOutput = z.strictObject({ complete: z.boolean() });

export const VerifyMeansInput = ReviewInput;
export const VerifyMeansOutput = z.strictObject({ factsChecked: z.int(), discrepancies: z.int() });

export const evaluationStages = ['first-opinion', 'preliminary-review'] as const;
export const EvaluateTiersInput = ReviewInput.extend({ stage: z.enum(evaluationStages) });
export const EvaluateTiersOutput = z.strictObject({ next: z.enum(nextSteps) });

export const OpenTaskInput = ReviewInput.extend({ kind: z.enum(reviewTaskKinds), taskToken: TaskToken });
export const AwaitNoticeInput = ReviewInput.extend({ taskToken: TaskToken });
/** A waiting step's own answer is not read: the token's is. */
export const Opened = z.strictObject({ opened: z.string() });

export const RecordDeterminationInput = ReviewInput;
export const RecordDeterminationOutput = z.strictObject({ determinationId: DeterminationId });
