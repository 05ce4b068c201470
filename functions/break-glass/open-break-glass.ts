import { BreakGlassView, type OpenableRecord, type OpenBreakGlassBody } from '../../contracts/api/break-glass.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { ApplicationId, BreakGlassId, DeterminationId, HouseholdId, ReviewId, TaskId } from '../../domain/ids.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { viewOf } from './grant-view.ts';

export interface Opening {
  principal: Principal;
  body: OpenBreakGlassBody;
  idempotencyKey: string;
  fingerprint: string;
}

/**
 * Opens read access outside the caller's division, to a division or to one record, for a reason and for some minutes. The grant and
 * its audit entry are one transaction: there is no access that nobody can see.
 */
export const openBreakGlass = async (
  dependencies: Dependencies,
  opening: Opening,
): Promise<Outcome<BreakGlassView>> => {
  const { store, now, newId } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = opening;
  const repeated = await answerBefore(dependencies, opening);
  if (repeated !== undefined) return repeated;
  const place = await placeOf(dependencies, opening);
  if (!place.ok) return place;
  const at = now();
  const grant: BreakGlassGrant = {
    breakGlassId: BreakGlassId.parse(`bgl_${newId()}`),
    version: 1,
    state: 'open',
    subject: principal.subject,
    role: principal.role,
    division: place.body,
    recordId: body.recordId ?? null,
    reason: body.reason,
    openedAt: at,
    endsAt: Instant.parse(new Date(Date.parse(at) + body.minutes * 60_000).toISOString()),
    endedAt: null,
    endedBy: null,
  };
  const view = viewOf(grant, at);
  const { breakGlassId, recordId } = grant;
  const result = await store.commit({
    aggregates: [{ kind: 'break-glass', value: grant, from: [] }],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('BreakGlassOpened', at, newId, {
      breakGlass: { breakGlassId, operation: null, record: recordId },
    }),
    actor: { role: principal.role, subject: principal.subject },
    division: grant.division,
  });
  if (result.ok) return succeed(view, { version: 1, location: `/break-glass/${breakGlassId}` });
  return (await answerBefore(dependencies, opening)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Opening,
): Promise<Outcome<BreakGlassView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, BreakGlassView, (view) => ({
    version: 1,
    location: `/break-glass/${view.breakGlassId}`,
  }));

/** The division that is opened, or that of the record; refused when it is the caller's already, or is not there. */
const placeOf = async (dependencies: Dependencies, { principal, body }: Opening): Promise<Outcome<DivisionCode>> => {
  const field = body.recordId === undefined ? '/division' : '/recordId';
  const division = body.recordId === undefined ? body.division : await divisionOf(dependencies, body.recordId);
  if (division === undefined) return refuse('not-found');
  if (!knownDivision(division))
    return refuse('validation-failed', { errors: [{ field, code: fault('division.unknown') }] });
  if (mayReach(principal, { division })) {
    return refuse('validation-failed', { errors: [{ field, code: fault('break-glass.not-needed') }] });
  }
  return succeed(division);
};

/** Where a record is dealt with; undefined when there is none of that id. */
const divisionOf = async ({ store }: Dependencies, recordId: OpenableRecord): Promise<DivisionCode | undefined> => {
  const [application, review, task, determination, household] = [
    ApplicationId.safeParse(recordId).data,
    ReviewId.safeParse(recordId).data,
    TaskId.safeParse(recordId).data,
    DeterminationId.safeParse(recordId).data,
    HouseholdId.safeParse(recordId).data,
  ];
  if (application !== undefined) return (await store.application(application))?.division;
  if (review !== undefined) return (await store.review(review))?.division;
  if (task !== undefined) return (await store.task(task))?.division;
  if (determination !== undefined) return (await store.determination(determination))?.division;
  return household === undefined ? undefined : (await store.household(household))?.household.registeredDivision;
};
