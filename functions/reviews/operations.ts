import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { DeterminationView, ReviewView, TraceView } from '../../contracts/api/reviews.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { DeterminationId, ReviewId } from '../../domain/ids.ts';
import { readDetermination, readTrace } from './read-determination.ts';
import { readReview } from './read-review.ts';

const params = z.object({ determinationId: pathId(DeterminationId) });

/** The operations on reviews and on what they determine. */
export const reviewOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'readReview',
    summary: 'Read how far a review has got and on whose desk it lies',
    params: z.object({ reviewId: pathId(ReviewId) }),
    response: ReviewView,
    status: 200,
    handle: (call) => readReview(dependencies, call.principal, call.params.reviewId),
  }),
  defineOperation({
    operation: 'readDetermination',
    summary: 'Read a determination with its reasons and the way to appeal',
    params,
    response: DeterminationView,
    status: 200,
    handle: (call) => readDetermination(dependencies, call.principal, call.params.determinationId, call.language),
  }),
  defineOperation({
    operation: 'readTrace',
    summary: 'Read every test a determination rests on',
    params,
    response: TraceView,
    status: 200,
    handle: (call) => readTrace(dependencies, call.principal, call.params.determinationId),
  }),
];
