import type { SubmitApplicationBody, SubmittedApplication } from '../../contracts/api/applications.ts';
import type { TaskResult } from '../../contracts/api/tasks.ts';
import { TaskResult as TaskResultSchema } from '../../contracts/api/tasks.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReviewId, TaskId } from '../../domain/ids.ts';
import type { ReviewTaskKind as TaskKind } from '../../domain/lifecycles/task.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { NextStep, Review } from '../../domain/reviews/review.ts';
import { noticeIdOf, taskIdOf } from '../../domain/reviews/review-ids.ts';
import { pushIdOf } from '../../domain/subscriptions/referral-push.ts';
import { type CaseTask, isCaseTask } from '../../domain/tasks/task.ts';
import type { Workflows } from '../../domain/workflows/workflows.ts';
import { submitApplication } from '../../functions/applications/submit-application.ts';
import { awaitNotice } from '../../functions/await-notice/await-notice.ts';
import { checkCompleteness } from '../../functions/check-completeness/check-completeness.ts';
import { evaluateTiers } from '../../functions/evaluate-tiers/evaluate-tiers.ts';
import { openTask } from '../../functions/open-task/open-task.ts';
import { recordDetermination } from '../../functions/record-determination/record-determination.ts';
import { completeTask } from '../../functions/tasks/complete-task.ts';
import { verifyMeans } from '../../functions/verify-means/verify-means.ts';
import { approver, couple, investigators, townshipWorker } from './people.ts';

/** The body of a success; a refusal fails the test with what was refused. */
export const bodyOf = <Body>(outcome: Outcome<Body>): Body => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.body;
};

export const submissionOf = ({ digest }: Pick<Dependencies, 'digest'>, body: SubmitApplicationBody, key: string) => ({
  principal: townshipWorker,
  body,
  idempotencyKey: key,
  fingerprint: digest(JSON.stringify(body)),
});

/** Workflows that only remember what they were asked for. */
export const rememberingWorkflows = (): Workflows & { calls: string[] } => {
  const calls: string[] = [];
  const remember = async (...words: string[]): Promise<void> => {
    calls.push(words.join(' '));
  };
  return {
    calls,
    start: (reviewId) => remember('start', reviewId),
    goOn: (token) => remember('goOn', token),
    interrupt: (token, interruption) => remember('interrupt', token, interruption),
    stop: (reviewId) => remember('stop', reviewId),
    startReferral: (referralId) => remember('startReferral', referralId),
    startPush: (push) => remember('startPush', pushIdOf(push)),
    startComparison: ({ feedId, run }) => remember('startComparison', feedId, run),
    startPolicyRun: (runId) => remember('startPolicyRun', runId),
  };
};

/**
 * Leads reviews through their steps, in the order of the state machine, with the use cases themselves on a real store. It stands
 * where the workflow stands; what the workflow is told by the relay is tested apart.
 */
export const reviewSteps = (dependencies: Dependencies) => {
  const { store, digest } = dependencies;
  let keys = 0;

  const reviewNow = async (reviewId: ReviewId): Promise<Review> => {
    const review = await store.review(reviewId);
    if (review === undefined) throw new Error(`${reviewId} is not there`);
    return review;
  };
  const taskNow = async (reviewId: ReviewId, kind: TaskKind): Promise<CaseTask> => {
    const { round } = await reviewNow(reviewId);
    const task = await store.task(taskIdOf(digest, reviewId, kind, kind === 'supply-papers' ? 1 : round));
    if (task === undefined || !isCaseTask(task)) throw new Error(`${reviewId} has no task ${kind}`);
    return task;
  };
  const noticeNow = async (reviewId: ReviewId): Promise<Notice> => {
    const { round } = await reviewNow(reviewId);
    const notice = await store.notice(noticeIdOf(digest, reviewId, round));
    if (notice === undefined) throw new Error(`${reviewId} has no notice`);
    return notice;
  };
  const tokenOf = (reviewId: ReviewId, step: string): string => `token of ${step} of ${reviewId}`;

  const submit = async (body: SubmitApplicationBody = couple()): Promise<SubmittedApplication> => {
    keys += 1;
    return bodyOf(await submitApplication(dependencies, submissionOf(dependencies, body, `key-of-steps-${keys}`)));
  };
  const open = async (reviewId: ReviewId, kind: TaskKind): Promise<CaseTask> => {
    await openTask(dependencies, reviewId, kind, tokenOf(reviewId, kind));
    return taskNow(reviewId, kind);
  };
  /** From acceptance to the visit that waits for the investigators. */
  const toVisit = async (reviewId: ReviewId): Promise<CaseTask> => {
    await checkCompleteness(dependencies, reviewId);
    await verifyMeans(dependencies, reviewId);
    await evaluateTiers(dependencies, reviewId, 'first-opinion');
    return open(reviewId, 'field-assessment');
  };
  const visitResult = (findings: unknown[] = []): TaskResult =>
    TaskResultSchema.parse({
      kind: 'field-assessment',
      visitedOn: dateInChina(dependencies.now()),
      investigators: [...investigators],
      findings,
    });
  const complete = (taskId: TaskId, result: TaskResult, principal: Principal, ifMatch: number | null = null) =>
    completeTask(dependencies, { principal, taskId, result, ifMatch });
  const visit = async (reviewId: ReviewId, findings: unknown[] = []): Promise<NextStep> => {
    const { taskId } = await taskNow(reviewId, 'field-assessment');
    bodyOf(await complete(taskId, visitResult(findings), townshipWorker));
    return (await evaluateTiers(dependencies, reviewId, 'preliminary-review')).next;
  };
  const publish = async (reviewId: ReviewId): Promise<Notice> => {
    await awaitNotice(dependencies, reviewId, tokenOf(reviewId, 'notice'));
    return noticeNow(reviewId);
  };
  const decision = (chosen: 'confirm' | 'return'): TaskResult =>
    TaskResultSchema.parse({ kind: 'county-confirmation', decision: chosen });
  const confirm = async (reviewId: ReviewId): Promise<void> => {
    const { taskId } = await taskNow(reviewId, 'county-confirmation');
    bodyOf(await complete(taskId, decision('confirm'), approver));
  };
  const record = (reviewId: ReviewId) => recordDetermination(dependencies, reviewId);

  return {
    reviewNow,
    taskNow,
    noticeNow,
    tokenOf,
    submit,
    open,
    toVisit,
    visitResult,
    complete,
    visit,
    publish,
    decision,
    confirm,
    record,
    /** From submission to the visit. */
    submitToVisit: async (body?: SubmitApplicationBody): Promise<SubmittedApplication> => {
      const submitted = await submit(body);
      await toVisit(submitted.reviewId);
      return submitted;
    },
    /** From submission to the county's desk, past the notice when there is one. */
    submitToConfirmation: async (body?: SubmitApplicationBody): Promise<SubmittedApplication> => {
      const submitted = await submit(body);
      await toVisit(submitted.reviewId);
      if ((await visit(submitted.reviewId)) === 'publish') await publish(submitted.reviewId);
      await open(submitted.reviewId, 'county-confirmation');
      return submitted;
    },
  };
};
export type ReviewSteps = ReturnType<typeof reviewSteps>;
