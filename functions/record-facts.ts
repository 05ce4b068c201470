import type { Dependencies } from '../domain/dependencies.ts';
import { newEvent } from '../domain/events/new-event.ts';
import { type Fact, isOfDepartment } from '../domain/facts/fact.ts';
import { mergeFacts } from '../domain/facts/merge-facts.ts';
import { mostFacts } from '../domain/households/household.ts';
import type { HouseholdId } from '../domain/ids.ts';
import { WriteConflict, workflowActor } from '../domain/reviews/review-of.ts';

/** A household may be written by officers and by other parts of a file in the same moment; then it is read again, this often at the most. */
const maximumAttempts = 8;

/**
 * Records what a department's data say of a household and its members, in one transaction with the event `FactsRecorded`, which has it
 * looked at again within seconds. The newest as-of day counts, whatever order the data arrive in; `recordedAt` is when the data were
 * received, so that giving them again gives the same. Answers `unchanged` when all of it is on file, `not-a-member` when one of them is
 * about nobody who lives in the household, and `full` when it cannot keep more facts; then nothing is stored.
 * @throws WriteConflict when the household is being written all the time.
 */
export const recordFacts = async (
  { store, now, newId }: Dependencies,
  householdId: HouseholdId,
  facts: readonly Fact[],
): Promise<'recorded' | 'unchanged' | 'not-a-member' | 'full'> => {
  if (!facts.every(isOfDepartment)) throw new Error('only what a department says is recorded in this way');
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const roster = await store.household(householdId);
    if (roster === undefined) throw new Error(`${householdId} is not in the store`);
    const { household, version } = roster;
    const subjects = new Set<string>([householdId, ...household.members.map(({ personId }) => personId)]);
    if (!facts.every(({ subject }) => subjects.has(subject))) return 'not-a-member';
    const merged = mergeFacts(household.facts, facts);
    if (merged === household.facts) return 'unchanged';
    if (merged.length > mostFacts) return 'full';
    const result = await store.commit({
      aggregates: [
        {
          kind: 'household',
          value: { ...roster, version: version + 1, household: { ...household, facts: [...merged] } },
        },
      ],
      event: newEvent('FactsRecorded', now(), newId, { changed: householdId }),
      actor: workflowActor,
      division: household.residenceDivision,
    });
    if (result.ok) return 'recorded';
  }
  throw new WriteConflict(`${householdId} is being written all the time`);
};
