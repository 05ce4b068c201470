import type { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, type Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { ResidentId } from '../../domain/people/resident-id.ts';
import type { AggregateWrite, Change, PersonClaim } from '../../domain/store/roster-store.ts';
import { answeredBefore } from '../answered-before.ts';
import { assembleApplication } from './assemble-application.ts';
import { checkApplication } from './check-application.ts';
import { findHousehold } from './find-household.ts';

export interface Submission {
  principal: Principal;
  body: SubmitApplicationBody;
  idempotencyKey: string;
  fingerprint: string;
}

/** What else is stored with an application, or why it may not be taken; asked again with each attempt. */
export type Beside = (application: {
  applicationId: ApplicationId;
  residentIds: readonly string[];
  at: Instant;
}) => Promise<Outcome<{ aggregates: readonly AggregateWrite[]; reportOnce: Change['reportOnce'] }>>;

const nothingBeside: Beside = async () => succeed({ aggregates: [], reportOnce: undefined });

/** Somebody else's write came between reading and writing: what was read is read again, this often at the most. */
const maximumAttempts = 4;

/**
 * Takes in a household's single application: application, household, review, one claim per person, idempotency record, event
 * and audit entry in one transaction. A person who is in another open application is refused; the same request gets the same
 * answer, also when it arrives twice at the same moment.
 */
export const submitApplication = async (
  dependencies: Dependencies,
  submission: Submission,
  beside: Beside = nothingBeside,
): Promise<Outcome<SubmittedApplication>> => {
  const { principal, body } = submission;
  const checked = checkApplication(body, principal, dateInChina(dependencies.now()));
  if (!checked.ok) {
    return (await answerBefore(dependencies, submission)) ?? refuse(checked.problem, { errors: checked.errors });
  }
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const outcome = await attemptSubmission(dependencies, submission, checked, beside);
    if (outcome !== 'again') return outcome;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

/**
 * The answer an earlier request with this key was given. It is looked for only once something stands in the way: whatever a
 * repetition meets, be it its own open application or its own record, leads here, and a first request is spared the reading.
 */
const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Submission,
): Promise<Outcome<SubmittedApplication> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: principal.subject, idempotencyKey, fingerprint },
    SubmittedApplication,
    (body) => ({ version: 1, location: `/applications/${body.applicationId}` }),
  );

const attemptSubmission = async (
  dependencies: Dependencies,
  submission: Submission,
  { residentIds, division }: { residentIds: readonly ResidentId[]; division: DivisionCode },
  beside: Beside,
): Promise<Outcome<SubmittedApplication> | 'again'> => {
  const { store, now, newId } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = submission;
  const found = await findHousehold(store, residentIds, principal);
  if (!found.ok) return (await answerBefore(dependencies, submission)) ?? found;
  const at = now();
  const { application, household, review, answer } = assembleApplication(
    {
      newId,
      body,
      residentIds,
      known: found.body,
      division,
      submittedBy: principal.subject,
      agency: principal.agency,
    },
    at,
  );
  const { applicationId } = application;
  const also = await beside({ applicationId, residentIds: residentIds.map(({ id18 }) => id18), at });
  if (!also.ok) return (await answerBefore(dependencies, submission)) ?? also;
  const { aggregates, reportOnce } = also.body;
  const claims = residentIds.map(
    ({ id18 }, index): PersonClaim => ({
      residentId: id18,
      seen: found.body.people[index],
      personId: answer.members[index]?.personId ?? raise('a member without an id'),
      householdId: application.householdId,
      applicationId: application.applicationId,
    }),
  );
  const result = await store.commit({
    aggregates: [
      { kind: 'application', value: application, from: [] },
      { kind: 'household', value: household },
      { kind: 'review', value: review, from: [] },
      ...aggregates,
    ],
    claims,
    ...(reportOnce === undefined ? {} : { reportOnce }),
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: answer },
    event: newEvent('ApplicationSubmitted', at, newId, application),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  if (result.ok) return succeed(answer, { version: 1, location: `/applications/${answer.applicationId}` });
  if (result.conflict === 'idempotency') return (await answerBefore(dependencies, submission)) ?? 'again';
  return 'again';
};

const raise = (message: string): never => {
  throw new Error(message);
};
