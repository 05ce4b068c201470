import type { ApplicationView, SupplementBody } from '../../contracts/api/applications.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Application } from '../../domain/applications/application.ts';
import { dateInChina, type Instant, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { MissingPaper } from '../../domain/households/papers.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import { type ApplicationAction, applicationLifecycle } from '../../domain/lifecycles/application.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { taskIdOf } from '../../domain/reviews/review-ids.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { viewOf, visibleApplication } from './read-application.ts';

/**
 * Takes in papers that were missing. The last of them accepts the application, starts the statutory clocks and finishes the
 * task that asked for them, in one transaction.
 */
export const supplementApplication = async (
  dependencies: Dependencies,
  principal: Principal,
  applicationId: ApplicationId,
  body: SupplementBody,
  ifMatch: number,
): Promise<Outcome<ApplicationView>> => {
  const { store, now, newId, digest } = dependencies;
  const found = await visibleApplication(dependencies, principal, applicationId);
  if (found === undefined) return refuse('not-found');
  const { application, household } = found;
  if (!applicationLifecycle.accept.from.includes(application.state)) {
    return refuse('lifecycle-conflict', { state: application.state });
  }
  if (application.version !== ifMatch) return refuse('version-conflict', { version: application.version });
  const at = now();
  const today = dateInChina(at);
  const errors = faultsOf(body, missingPapers({ ...household, date: today }, application.papers), today);
  if (errors.length > 0) return refuse('validation-failed', { errors });

  const supplied = withPapers(application, body, today);
  const complete = missingPapers({ ...household, date: today }, supplied.papers).length === 0;
  const move = applicationLifecycle[complete ? 'accept' : supplementIn(application.state)];
  const next: Application = { ...supplied, state: move.to, ...(complete ? { acceptedOn: today } : {}) };
  const task = await store.task(taskIdOf(digest, application.reviewId, 'supply-papers', 1));
  const finished =
    complete && task !== undefined ? [finishedTask(task, principal, at, digest(JSON.stringify(body)))] : [];
  const result = await store.commit({
    aggregates: [{ kind: 'application', value: next, from: move.from }, ...finished],
    event: newEvent(finished.length > 0 ? 'TaskCompleted' : 'PapersSupplied', at, newId, {
      ...application,
      ...(task === undefined ? {} : { taskId: task.taskId }),
    }),
    actor: { role: principal.role, subject: principal.subject },
    division: application.division,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(viewOf(next, household, dependencies), { version: next.version });
};

const supplementIn = (state: Application['state']): ApplicationAction =>
  applicationLifecycle['supplement-early'].from.includes(state) ? 'supplement-early' : 'supplement';

const faultsOf = (body: SupplementBody, missing: readonly MissingPaper[], today: LocalDate): FieldRefusal[] => {
  const isMissing = (paper: MissingPaper) =>
    missing.some(({ kind, personId }) => kind === paper.kind && personId === paper.personId);
  return [
    ...body.papers.flatMap((paper, index): FieldRefusal[] => {
      if (paper.kind === 'consent') return [{ field: `/papers/${index}`, code: fault('consent.undated') }];
      return isMissing(paper) ? [] : [{ field: `/papers/${index}`, code: fault('paper.not-needed') }];
    }),
    ...body.consents.flatMap(({ personId, givenOn }, index): FieldRefusal[] => {
      if (!isMissing({ kind: 'consent', personId }))
        return [{ field: `/consents/${index}`, code: fault('paper.not-needed') }];
      return givenOn > today ? [{ field: `/consents/${index}/givenOn`, code: fault('date.future') }] : [];
    }),
  ];
};

/** A consent is on file through its own entry, which has a date of expiry; the bare paper would have none. */
const withPapers = (application: Application, body: SupplementBody, today: LocalDate): Application => ({
  ...application,
  version: application.version + 1,
  consents: [...application.consents, ...body.consents],
  papers: [
    ...application.papers,
    ...body.papers.map((paper) => ({ ...paper, receivedOn: today })),
    ...body.consents
      .filter(({ expiresOn }) => expiresOn >= today)
      .map(({ personId }) => ({ kind: 'consent' as const, personId, receivedOn: today })),
  ],
});

const finishedTask = (task: Task, principal: Principal, at: Instant, requestHash: string): AggregateWrite => ({
  kind: 'task',
  value: {
    ...task,
    version: task.version + 1,
    state: 'completed',
    completion: { at, by: principal.subject, outcome: 'papers-supplied', investigators: [], note: null, requestHash },
  },
  from: taskLifecycle.complete.from,
});
