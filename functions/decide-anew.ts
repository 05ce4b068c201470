import type { Dependencies } from '../domain/dependencies.ts';
import type { Determination } from '../domain/determinations/determination.ts';
import { withTiers } from '../domain/determinations/with-tiers.ts';
import type { EventType } from '../domain/events/event.ts';
import { newEvent } from '../domain/events/new-event.ts';
import type { RosterHousehold } from '../domain/households/roster-household.ts';
import type { DeterminationId, HouseholdId } from '../domain/ids.ts';
import type { PolicyPack } from '../domain/policy/policy-pack.ts';
import { changeTask } from '../domain/policy-versions/change-task.ts';
import { WriteConflict } from '../domain/reviews/review-of.ts';
import type { AggregateWrite, Change } from '../domain/store/roster-store.ts';

/** A household may be written by an officer in the same moment; then it is read again, this often at the most. */
const maximumAttempts = 4;

/** Which decision is to be made of whom, as what it is told, and by which policy its tasks are timed. */
export interface Anew {
  readonly householdId: HouseholdId;
  readonly determinationId: DeterminationId;
  readonly event: EventType;
  readonly actor: Change['actor'];
  readonly policy: PolicyPack;
}

/**
 * Decides a household anew, because a policy or the household has changed: determination, tiers on the roster where it holds at once,
 * and the county's task where it has to look first, in one transaction that rests on the household's version. Repeated, it finds what
 * it decided before. `decide` may answer why nothing is decided instead, and then nothing is stored.
 */
export const decideAnew = async <WhyNot extends string>(
  dependencies: Dependencies,
  anew: Anew,
  decide: (roster: RosterHousehold) => Promise<Determination | WhyNot>,
): Promise<Determination | WhyNot> => {
  const { store } = dependencies;
  const { householdId, determinationId } = anew;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const before = await store.determination(determinationId);
    if (before !== undefined) return before;
    const roster = await store.household(householdId);
    if (roster === undefined) throw new Error(`${householdId} is not in the store`);
    const decided = await decide(roster);
    if (typeof decided === 'string' || (await stored(dependencies, anew, roster, decided))) return decided;
  }
  throw new WriteConflict(`${householdId} is being written all the time`);
};

const stored = async (
  dependencies: Dependencies,
  { event, actor, policy }: Anew,
  roster: RosterHousehold,
  determination: Determination,
): Promise<boolean> => {
  const { store, newId } = dependencies;
  const { change, applicationId, reviewId, policyVersion, division, recordedAt } = determination;
  const holds = change?.state === 'in-force';
  const task =
    change?.state === 'awaiting-check' ? changeTask({ ...dependencies, policy }, determination, recordedAt) : undefined;
  const aggregates: AggregateWrite[] = [
    { kind: 'determination', value: determination },
    // Written also where nothing in it changes, so that the decision rests on the household as it was read.
    { kind: 'household', value: holds ? withTiers(roster, determination) : { ...roster, version: roster.version + 1 } },
    ...(task === undefined ? [] : [{ kind: 'task', value: task, from: [] } satisfies AggregateWrite]),
  ];
  const result = await store.commit({
    aggregates,
    event: newEvent(event, recordedAt, newId, {
      applicationId,
      reviewId,
      policyVersion,
      determinationId: determination.determinationId,
      ...(change?.cause.kind === 'policy-version' ? { runId: change.cause.runId } : {}),
      ...(task === undefined ? {} : { taskId: task.taskId }),
    }),
    actor,
    division,
  });
  return result.ok;
};
