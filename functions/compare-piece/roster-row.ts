import type { Instant } from '../../domain/dates.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import { factKinds } from '../../domain/facts/fact-kinds.ts';
import { mergeFacts } from '../../domain/facts/merge-facts.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import { deathDayFault, withDeath } from '../../domain/households/death.ts';
import { mostFacts } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PersonId } from '../../domain/ids.ts';
import { isWithin } from '../../domain/people/divisions.ts';
import { isOtherName } from '../../domain/people/names.ts';

/** A row about somebody on the roster: who, and in which household. */
export interface Hit {
  readonly row: FeedRow;
  readonly roster: RosterHousehold;
  readonly personId: PersonId;
}

/** What a row comes to: the household as it would be, nothing new, or why it cannot be. */
export type RowSettled =
  | { readonly does: 'apply'; readonly roster: RosterHousehold }
  | { readonly does: 'nothing' }
  | { readonly does: 'reject'; readonly reason: RowReason };

/** Whether a file may change a household: it lives where whoever handed the file in works. */
export const mayChange = ({ division }: Pick<Feed, 'division'>, { household }: RosterHousehold): boolean =>
  isWithin(household.residenceDivision, division);

/** The facts of a row about its person and household, without those that are on file with the same value as of the same day. */
export const factsOf = (feed: Pick<Feed, 'dataset'>, { row, roster, personId }: Hit, recordedAt: Instant): Fact[] => {
  const { household } = roster;
  return row.facts
    .map(({ kind, value, unit, asOf }): Fact => {
      const subject = factKinds[kind].about === 'person' ? personId : household.householdId;
      return { kind, subject, value, unit, dataset: feed.dataset, asOf, recordedAt };
    })
    .filter((fact) => !household.facts.some((known) => isSame(known, fact)));
};

const isSame = (one: Fact, other: Fact): boolean =>
  one.kind === other.kind &&
  one.subject === other.subject &&
  one.dataset === other.dataset &&
  one.asOf === other.asOf &&
  JSON.stringify(one.value) === JSON.stringify(other.value);

/** Whether a death is told of somebody else than has the ID by the roster: a number that is right proves nobody, and payments would be held. */
const isOtherPerson = ({ row, roster, personId }: Hit): boolean => {
  const known = roster.identities.find((identity) => identity.personId === personId);
  const told = row.death?.name ?? null;
  return known !== undefined && told !== null && isOtherName(told, known.name);
};

/** Settles what a row comes to, as the household stands. A day after a person's death says nothing of that person any more. */
export const settleHit = (
  feed: Pick<Feed, 'dataset'>,
  hit: Hit,
  at: { readonly recordedAt: Instant; readonly today: FeedRow['asOf'] },
): RowSettled => {
  const { row, roster, personId } = hit;
  const member = roster.household.members.find((each) => each.personId === personId);
  if (member === undefined) return { does: 'nothing' };
  let { household } = roster;
  const diedOn = row.death?.diedOn ?? null;
  if (member.deceasedOn !== null && diedOn !== null && diedOn !== member.deceasedOn)
    return { does: 'reject', reason: 'death-on-record' };
  if (member.deceasedOn !== null && diedOn === null && row.asOf > member.deceasedOn)
    return { does: 'reject', reason: 'person-deceased' };
  if (diedOn !== null && member.deceasedOn === null) {
    if (isOtherPerson(hit)) return { does: 'reject', reason: 'name-differs' };
    if (deathDayFault(member, diedOn, at.today) !== null) return { does: 'reject', reason: 'death-before-birth' };
    ({ household } = withDeath(roster, personId, diedOn));
  }
  const facts = mergeFacts(household.facts, factsOf(feed, hit, at.recordedAt));
  if (facts.length > mostFacts) return { does: 'reject', reason: 'facts-full' };
  if (facts !== household.facts) household = { ...household, facts: [...facts] };
  return household === roster.household ? { does: 'nothing' } : { does: 'apply', roster: { ...roster, household } };
};
