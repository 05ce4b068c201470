import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import type { DeterminationId, TaskId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { workOf } from '../../domain/reviews/open-work.ts';
import type { Task } from '../../domain/tasks/task.ts';

type Involved = Grievance['involved'];

/** What a grievance names. */
export interface NamedRecords {
  readonly determinationId: DeterminationId | null;
  readonly taskId: TaskId | null;
  readonly county: DivisionCode;
}

/**
 * Who had a hand in what a grievance names, as it was done; or that what it names is not there for the caller, or another county's.
 * It is asked once and kept with the grievance, so that it holds also when the records can no longer be read.
 */
export const involvedIn = async (
  dependencies: Pick<Dependencies, 'store' | 'digest'>,
  principal: Principal,
  { determinationId, taskId, county }: NamedRecords,
): Promise<Outcome<Involved>> => {
  const ofDecision = determinationId === null ? none : await inDecision(dependencies, principal, determinationId);
  if (ofDecision === undefined) return notThere('/determinationId');
  const ofWork = taskId === null ? none : await inTask(dependencies, principal, taskId);
  if (ofWork === undefined) return notThere('/taskId');
  const places = [...ofDecision.places, ...ofWork.places];
  if (places.some((place) => countyOf(place) !== county)) {
    return refuse('validation-failed', { errors: [{ field: '/county', code: fault('grievance.county') }] });
  }
  const all = [...ofDecision.involved, ...ofWork.involved];
  return succeed([...new Map(all.map((each) => [`${each.duty} ${each.subject}`, each])).values()]);
};

const notThere = (field: string) =>
  refuse('validation-failed', { errors: [{ field, code: fault('grievance.record') }] });

interface Found {
  readonly involved: Involved;
  readonly places: readonly DivisionCode[];
}
const none: Found = { involved: [], places: [] };

const inDecision = async (
  dependencies: Pick<Dependencies, 'store' | 'digest'>,
  principal: Principal,
  id: DeterminationId,
): Promise<Found | undefined> => {
  const { store } = dependencies;
  const determination = await store.determination(id);
  if (determination === undefined) return undefined;
  const { reviewId, applicationId, division, confirmedBy } = determination;
  const [review, application] = await Promise.all([
    reviewId === null ? undefined : store.review(reviewId),
    applicationId === null ? undefined : store.application(applicationId),
  ]);
  if (!mayReach(principal, { division, agency: application?.agency ?? null })) return undefined;
  const work = review === undefined ? [] : (await workOf(dependencies, review)).tasks;
  return {
    involved: [
      ...(application === undefined ? [] : [{ duty: 'hand-in' as const, subject: application.submittedBy }]),
      ...(review?.assessors ?? []).map((subject) => ({ duty: 'assess' as const, subject })),
      { duty: 'confirm', subject: confirmedBy },
      ...work.flatMap(performersOf),
    ],
    places: [division],
  };
};

/** Of work that is not finished nobody can say yet who did it. */
const inTask = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  id: TaskId,
): Promise<Found | undefined> => {
  const task = await store.task(id);
  if (task === undefined || task.completion === null || !mayReach(principal, task)) return undefined;
  return { involved: performersOf(task), places: [task.division] };
};

const performersOf = ({ completion }: Task): Involved =>
  completion === null
    ? []
    : [completion.by, ...completion.investigators].map((subject) => ({ duty: 'perform-task', subject }));
