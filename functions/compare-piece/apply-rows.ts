import type { LocalDate } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import { withDeath } from '../../domain/households/death.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { forEachAtOnce } from '../at-once.ts';
import { comparisonActor } from '../feeds/feed-file.ts';
import { recordFacts } from '../record-facts.ts';
import type { Comparing } from './comparing.ts';
import { lookUp } from './look-up.ts';
import { factsOf, type Hit } from './roster-row.ts';
import { recordedAtOf } from './settle-rows.ts';

/** A household is written by officers and by other ranges in the same moment; then it is read again, this often at the most. */
const maximumAttempts = 8;

/**
 * Applies rows that were settled: deaths first, then all facts of a household in one command. Repeated, it changes nothing. Whoever is being moved
 * to another household in this moment is looked up again by the step that is repeated. Answers the rows that cannot be applied any more, since the
 * roster has changed after they were settled: nothing of them was written.
 */
export const applyRows = async (comparing: Comparing, rows: readonly FeedRow[]): Promise<readonly FeedRow[]> => {
  const { dependencies, feed } = comparing;
  const found = await lookUp(dependencies.store, feed, rows);
  const hits = rows.flatMap((row) => found.hit(row) ?? []);
  const households = [...Map.groupBy(hits, ({ roster }) => roster.household.householdId)];
  const left = rows.filter((row) => found.hit(row) === undefined);
  await forEachAtOnce(households, async ([householdId, own]) => {
    left.push(...(await applyTo(comparing, householdId, own)));
  });
  return left;
};

const applyTo = async (comparing: Comparing, householdId: HouseholdId, hits: readonly Hit[]): Promise<FeedRow[]> => {
  const left: FeedRow[] = [];
  for (const { row, personId } of hits) {
    if (row.death === null) continue;
    const isOnRecord = await recordDeath(comparing, { householdId, personId, diedOn: row.death.diedOn });
    if (!isOnRecord) left.push(row);
  }
  const others = hits.filter(({ row }) => !left.includes(row));
  return [...left, ...(await recordFactsOf(comparing, householdId, others))];
};

/** Where a household cannot hold all that several rows say, it holds what it can of one row after the other. */
const recordFactsOf = async (
  comparing: Comparing,
  householdId: HouseholdId,
  hits: readonly Hit[],
): Promise<readonly FeedRow[]> => {
  const { dependencies, feed } = comparing;
  const facts = hits.flatMap((hit) => factsOf(feed, hit, recordedAtOf(comparing)));
  if (facts.length === 0) return [];
  const outcome = await recordFacts(dependencies, householdId, facts);
  if (outcome === 'not-a-member') throw new WriteConflict(`${householdId}: somebody has just moved`);
  if (outcome !== 'full') return [];
  if (hits.length === 1) return hits.map(({ row }) => row);
  const left: FeedRow[] = [];
  for (const hit of hits) left.push(...(await recordFactsOf(comparing, householdId, [hit])));
  return left;
};

interface Death {
  readonly householdId: HouseholdId;
  readonly personId: PersonId;
  readonly diedOn: LocalDate;
}

/**
 * Records a death by what the department's register says. It holds payments, like one that a paper confirms. Answers whether this day is on record
 * now, and not another one.
 */
const recordDeath = async (comparing: Comparing, { householdId, personId, diedOn }: Death): Promise<boolean> => {
  const { store, now, newId } = comparing.dependencies;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const roster = await store.household(householdId);
    const member = roster?.household.members.find((each) => each.personId === personId);
    if (roster === undefined || member === undefined)
      throw new WriteConflict(`${householdId}: somebody has just moved`);
    if (member.deceasedOn !== null) return member.deceasedOn === diedOn;
    const result = await store.commit({
      aggregates: [{ kind: 'household', value: withDeath(roster, personId, diedOn) }],
      householdChange: { householdId, personId, change: 'death', evidence: 'department-register' },
      event: newEvent('DeathRecorded', now(), newId, { changed: householdId }),
      actor: comparisonActor,
      division: roster.household.residenceDivision,
    });
    if (result.ok) return true;
  }
  throw new WriteConflict(`${householdId} is being written all the time`);
};
