import type { ApplicationView } from '../../contracts/api/applications.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import { applicationLifecycle } from '../../domain/lifecycles/application.ts';
import { reviewLifecycle } from '../../domain/lifecycles/review.ts';
import { cancelledWork } from '../../domain/reviews/cancelled-work.ts';
import { viewOf, visibleApplication } from './read-application.ts';

/** Ends an application at the household's wish: application, review and whatever waits for someone, in one transaction. */
export const withdrawApplication = async (
  dependencies: Dependencies,
  principal: Principal,
  applicationId: ApplicationId,
  ifMatch: number | null,
): Promise<Outcome<ApplicationView>> => {
  const { store, now, newId } = dependencies;
  const found = await visibleApplication(dependencies, principal, applicationId);
  if (found === undefined) return refuse('not-found');
  const { application, household } = found;
  if (!applicationLifecycle.withdraw.from.includes(application.state)) {
    return refuse('lifecycle-conflict', { state: application.state });
  }
  if (ifMatch !== null && ifMatch !== application.version) {
    return refuse('version-conflict', { version: application.version });
  }
  const review = await store.review(application.reviewId);
  if (review === undefined) throw new Error(`${application.reviewId} is not in the store`);
  const withdrawn = { ...application, version: application.version + 1, state: applicationLifecycle.withdraw.to };
  const result = await store.commit({
    aggregates: [
      { kind: 'application', value: withdrawn, from: applicationLifecycle.withdraw.from },
      {
        kind: 'review',
        value: { ...review, version: review.version + 1, state: reviewLifecycle.cancel.to },
        from: reviewLifecycle.cancel.from,
      },
      ...(await cancelledWork(dependencies, review)),
    ],
    event: newEvent('ApplicationWithdrawn', now(), newId, application),
    actor: { role: principal.role, subject: principal.subject },
    division: application.division,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(viewOf(withdrawn, household, dependencies), { version: withdrawn.version });
};
