import type { evaluationStages } from '../../contracts/tasks/classified-review.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { type ReviewAction, reviewLifecycle } from '../../domain/lifecycles/review.ts';
import { newNotice } from '../../domain/notices/new-notice.ts';
import { formOpinion } from '../../domain/reviews/form-opinion.ts';
import { taskOfKind } from '../../domain/reviews/open-work.ts';
import type { NextStep, Review } from '../../domain/reviews/review.ts';
import { mustBeStored, recordsOf, workflowActor } from '../../domain/reviews/review-of.ts';

type Stage = (typeof evaluationStages)[number];

const moves = {
  'first-opinion': { action: 'evaluate', event: 'TiersEvaluated' },
  'preliminary-review': { action: 'form-opinion', event: 'OpinionFormed' },
} as const satisfies Record<Stage, { action: ReviewAction; event: string }>;

/**
 * Tests every tier and keeps the opinion with the review: before the visit for the investigators, after it as the township's
 * first opinion, which is put before the public in the same command where it has to be. A repeated step answers with the opinion that is there.
 */
export const evaluateTiers = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
  stage: Stage,
): Promise<{ next: NextStep }> => {
  const { store, now, newId, digest, policies } = dependencies;
  const { review, application, roster } = await recordsOf(dependencies, reviewId);
  const { action, event } = moves[stage];
  const move = reviewLifecycle[action];
  if (review.state === move.to && review.opinion !== null) return { next: review.opinion.next };
  const at = now();
  const policy = await policies.inForce();
  const { opinion } = formOpinion(digest, roster.household, application, policy, dateInChina(at));
  const next: Review = {
    ...review,
    version: review.version + 1,
    state: move.to,
    opinion,
    assessors: stage === 'preliminary-review' ? await assessorsOf(dependencies, review) : review.assessors,
  };
  const notice =
    stage === 'preliminary-review' && opinion.next === 'publish'
      ? newNotice({ ...dependencies, policy }, { review, roster, opinion }, at)
      : null;
  const result = await store.commit({
    aggregates: [
      { kind: 'review', value: next, from: move.from },
      ...(notice === null ? [] : [{ kind: 'notice', value: notice, from: [] } as const]),
    ],
    event: notice === null ? newEvent(event, at, newId, review) : newEvent('NoticePublished', at, newId, notice),
    actor: workflowActor,
    division: review.division,
  });
  mustBeStored(result, reviewId);
  return { next: opinion.next };
};

/** Everyone who has assessed, in this round and before: none of them may confirm. */
const assessorsOf = async (dependencies: Dependencies, review: Review): Promise<string[]> => {
  const task = await taskOfKind(dependencies, review, 'field-assessment');
  if (task?.completion == null)
    throw new Error(`${review.reviewId} has no finished assessment in round ${review.round}`);
  return [...new Set([...review.assessors, task.completion.by, ...task.completion.investigators])];
};
