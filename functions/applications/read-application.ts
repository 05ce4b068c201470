import type { ApplicationView } from '../../contracts/api/applications.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { Application } from '../../domain/applications/application.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Household } from '../../domain/households/household.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { ApplicationId } from '../../domain/ids.ts';

/** An application the caller may see, with its household; undefined when there is none or it is another division's. */
export const visibleApplication = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  applicationId: ApplicationId,
): Promise<{ application: Application; household: Household } | undefined> => {
  const application = await store.application(applicationId);
  if (application === undefined || !mayReach(principal, application)) return undefined;
  const stored = await store.household(application.householdId);
  if (stored === undefined) throw new Error(`${application.householdId} of ${applicationId} is not in the store`);
  return { application, household: stored.household };
};

/** An application as callers see it. */
export const viewOf = (
  application: Application,
  household: Household,
  { now }: Pick<Dependencies, 'now'>,
): ApplicationView => ({
  applicationId: application.applicationId,
  householdId: application.householdId,
  reviewId: application.reviewId,
  state: application.state,
  division: application.division,
  submittedAt: application.submittedAt,
  acceptedOn: application.acceptedOn,
  consentToNextTier: application.consentToNextTier,
  members: household.members.map(({ personId, relation }) => ({
    personId,
    relation,
    consentExpiresOn: application.consents.findLast((consent) => consent.personId === personId)?.expiresOn ?? null,
  })),
  papers: application.papers,
  missingPapers:
    application.acceptedOn === null
      ? [...missingPapers({ ...household, date: dateInChina(now()) }, application.papers)]
      : [],
  determinationId: application.determinationId,
});

/** Reads an application of the caller's division. */
export const readApplication = async (
  dependencies: Dependencies,
  principal: Principal,
  applicationId: ApplicationId,
): Promise<Outcome<ApplicationView>> => {
  const found = await visibleApplication(dependencies, principal, applicationId);
  if (found === undefined) return refuse('not-found');
  return succeed(viewOf(found.application, found.household, dependencies), { version: found.application.version });
};
