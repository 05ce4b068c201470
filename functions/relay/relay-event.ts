import type { Dependencies } from '../../domain/dependencies.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { cancelledWork } from '../../domain/reviews/cancelled-work.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { mustBeStored, workflowActor } from '../../domain/reviews/review-of.ts';
import type { Interruption, Workflows } from '../../domain/workflows/workflows.ts';
import { followReferral } from './follow-referral.ts';
import { closeTaskOf } from './met-need.ts';
import { moveAlerts } from './move-alerts.ts';
import { planAssistance } from './plan-assistance.ts';
import { pushReferral } from './push-referral.ts';
import { raiseAlerts } from './raise-alerts.ts';
import { redecideChanged, redecideKept } from './redecide-changed.ts';
import { walkPayments } from './walk-payments.ts';

/** The event does not name what it is about: it can never be passed on as it is. */
class EventIncomplete extends Error {
  override readonly name = 'EventIncomplete';
}
/** What the event names is not in the store, or not in the state that the event tells. */
class RecordNotAsTold extends Error {
  override readonly name = 'RecordNotAsTold';
}
/** Nobody can be told, because the token of the step that waits is not there. */
class TokenMissing extends Error {
  override readonly name = 'TokenMissing';
}

export type RelayDependencies = Dependencies & { workflows: Workflows };

/**
 * Passes an event on to the workflow that waits for it, and takes it out of the outbox. Every step may be repeated: an event that
 * arrives twice, from the stream and from the sweep, has one effect.
 */
export const relayEvent = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  const { store, workflows } = dependencies;
  switch (event.type) {
    case 'ApplicationSubmitted':
      await workflows.start(reviewIn(event), event.correlationId);
      break;
    case 'ApplicationWithdrawn':
      await workflows.stop(reviewIn(event));
      await cancelLeftovers(dependencies, event);
      await lookAgain(dependencies, event);
      break;
    case 'TaskCompleted':
      await finishTask(dependencies, event);
      break;
    case 'NoticeEnded':
      await tellOfNotice(dependencies, event, null);
      break;
    case 'ObjectionRaised':
      await tellOfNotice(dependencies, event, 'ObjectionRaised');
      break;
    case 'PolicyRunRequested':
      if (event.policyRunId === null) throw new EventIncomplete(`${event.eventId} names no run`);
      await workflows.startPolicyRun(event.policyRunId, event.correlationId);
      break;
    case 'DeterminationRecorded':
      await planAndFollow(dependencies, event);
      await lookAgain(dependencies, event);
      break;
    case 'PolicyChangeDecided':
    case 'HouseholdRedecided':
      await planAndFollow(dependencies, event);
      break;
    case 'PolicyChangeChecked':
      // Where the rules could not decide there was no decision to confirm, and none to plan by.
      if (event.determinationId === null) break;
      await planAndFollow(dependencies, event);
      await redecideKept(dependencies, event, event.determinationId);
      break;
    case 'ReferralAccepted':
    case 'ReferralReturned':
    case 'ReferralRerouted':
    case 'ReferralReported':
    case 'ReferralVerified':
    case 'ReferralDisputed':
      await tellOfMove(dependencies, event);
      break;
    case 'HouseholdChanged':
    case 'DeathRecorded':
    case 'HouseholdReviewed':
      if (event.householdId === null) throw new EventIncomplete(`${event.eventId} names no household`);
      await redecideChanged(dependencies, event, event.householdId);
      await moveAlerts(dependencies, event.householdId);
      await raiseAlerts(dependencies, event.householdId, { withDecision: false });
      break;
    case 'FactsRecorded':
      if (event.householdId === null) throw new EventIncomplete(`${event.eventId} names no household`);
      await raiseAlerts(dependencies, event.householdId, { withDecision: true });
      break;
    case 'PaymentRunRequested':
    case 'PaymentRunContinued':
    case 'PaymentRunReleaseBegun':
      if (event.paymentRunId === null) throw new EventIncomplete(`${event.eventId} names no payment run`);
      await walkPayments(dependencies, event.paymentRunId);
      break;
    case 'FeedCheckRequested':
    case 'FeedCommitted':
      if (event.feedId === null) throw new EventIncomplete(`${event.eventId} names no feed`);
      await workflows.startComparison(
        { feedId: event.feedId, run: event.type === 'FeedCommitted' ? 'commit' : 'dry-run' },
        event.correlationId,
      );
      break;
    default:
      // Nobody waits for it: it is in the outbox by mistake, and keeping it there would help nobody.
      break;
  }
  await store.eventRelayed(event);
};

const reviewIn = ({ eventId, reviewId }: DomainEvent): ReviewId => {
  if (reviewId === null) throw new EventIncomplete(`${eventId} names no review`);
  return reviewId;
};

/** Plans what other departments are to do, and starts to follow it. Both may be repeated; a plan that was made is found again. */
const planAndFollow = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  if (event.determinationId === null) throw new EventIncomplete(`${event.eventId} names no determination`);
  const { sent, ended } = await planAssistance(dependencies, event.determinationId);
  const { workflows } = dependencies;
  await Promise.all(sent.map((referralId) => workflows.startReferral(referralId, event.correlationId)));
  await Promise.all(ended.map((referralId) => followReferral(dependencies, referralId)));
  await Promise.all(ended.map((referralId) => closeTaskOf(dependencies, referralId)));
  await Promise.all(sent.map((referralId) => pushReferral(dependencies, referralId, 'sent', event)));
  await Promise.all(ended.map((referralId) => pushReferral(dependencies, referralId, 'withdrawn', event)));
};

/** A move of a referral: its workflow goes on, and the department that has it now is called, if it was not the one to move it. */
const tellOfMove = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  const { referralId } = event;
  if (referralId === null) throw new EventIncomplete(`${event.eventId} names no referral`);
  await followReferral(dependencies, referralId);
  await closeTaskOf(dependencies, referralId);
  if (event.type === 'ReferralRerouted') await pushReferral(dependencies, referralId, 'sent', event);
  if (event.type === 'ReferralDisputed') await pushReferral(dependencies, referralId, 'disputed', event);
};

const finishTask = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  if (event.taskId === null) throw new EventIncomplete(`${event.eventId} names no task`);
  const task = await dependencies.store.task(event.taskId);
  if (task?.completion == null) throw new RecordNotAsTold(`${event.taskId} is not completed in the store`);
  const token = await dependencies.store.token(event.taskId);
  if (token === undefined) throw new TokenMissing(`no task token is kept for ${event.taskId}`);
  await sendOn(dependencies, token, task.completion.outcome === 'returned' ? 'ReturnedForReassessment' : null);
};

/**
 * A notice is public with its opinion, before the workflow waits for it: as long as there is no token nobody waits, and whoever begins
 * to is told then (`awaitNotice`).
 */
const tellOfNotice = async (
  dependencies: RelayDependencies,
  { eventId, noticeId }: DomainEvent,
  interruption: Interruption | null,
): Promise<void> => {
  if (noticeId === null) throw new EventIncomplete(`${eventId} names no notice`);
  const token = await dependencies.store.token(noticeId);
  if (token !== undefined) await sendOn(dependencies, token, interruption);
};

const sendOn = ({ workflows }: RelayDependencies, token: string, interruption: Interruption | null): Promise<void> =>
  interruption === null ? workflows.goOn(token) : workflows.interrupt(token, interruption);

/** A step that was under way while the household withdrew may have opened something since; nobody shall work on it in vain. */
const cancelLeftovers = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  const { store, now, newId } = dependencies;
  const review = await reviewOf(dependencies, event);
  const leftovers = await cancelledWork(dependencies, review);
  if (leftovers.length === 0) return;
  const result = await store.commit({
    aggregates: leftovers,
    event: newEvent('TaskCancelled', now(), newId, review),
    actor: workflowActor,
    division: review.division,
  });
  mustBeStored(result, review.reviewId);
};

/**
 * A review has ended. While it was under way nothing was told of what would be decided otherwise, and it did not decide by all of it: not
 * when the household withdrew, and not by what came in after the opinion that was confirmed.
 */
const lookAgain = async (dependencies: RelayDependencies, event: DomainEvent): Promise<void> => {
  const { householdId } = await reviewOf(dependencies, event);
  await moveAlerts(dependencies, householdId);
  await raiseAlerts(dependencies, householdId, { withDecision: true, afterReview: true });
};

const reviewOf = async ({ store }: RelayDependencies, event: DomainEvent): Promise<Review> => {
  const reviewId = reviewIn(event);
  const review = await store.review(reviewId);
  if (review === undefined) throw new RecordNotAsTold(`${reviewId} is not in the store`);
  return review;
};
