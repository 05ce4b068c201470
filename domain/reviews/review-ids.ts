import type { Digest } from '../dependencies.ts';
import { DeterminationId, NoticeId, type ReviewId, TaskId } from '../ids.ts';
import type { TaskKind } from '../lifecycles/task.ts';

/**
 * Ids of what a review brings forth are made from the review's own id, the kind and the round. A step that is repeated, because
 * a reply was lost or a machine stopped, therefore finds what it made before instead of making it twice.
 */
const derived = (digest: Digest, ...parts: readonly (string | number)[]): string =>
  digest(parts.join('|')).slice(0, 32);

export const taskIdOf = (digest: Digest, reviewId: ReviewId, kind: TaskKind, round: number): TaskId =>
  TaskId.parse(`tsk_${derived(digest, reviewId, kind, round)}`);

export const noticeIdOf = (digest: Digest, reviewId: ReviewId, round: number): NoticeId =>
  NoticeId.parse(`ntc_${derived(digest, reviewId, 'notice', round)}`);

export const determinationIdOf = (digest: Digest, reviewId: ReviewId): DeterminationId =>
  DeterminationId.parse(`det_${derived(digest, reviewId, 'determination')}`);
