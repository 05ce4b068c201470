import { dayNumber } from '../../domain/dates.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';
import type { Disability } from '../../domain/people/disability.ts';
import type { DisabilityLevels } from '../../domain/policy/parameters.ts';
import {
  type FlatFacts,
  noFacts,
  numberIn,
  type Own,
  type Telling,
  type UsedFact,
  used,
  yearsBetween,
} from './known.ts';
import type { Terms } from './terms.ts';
import { atMostLimit, perHead, withoutTurning } from './told.ts';

/** A member as flat facts, with what the trace will say. */
export interface MemberLines {
  readonly member: HouseholdMember;
  readonly place: number;
  readonly flat: FlatFacts;
  /** In the order of the tests of a member. */
  readonly tellings: readonly Telling[];
  readonly selfCare: { readonly failed: number; readonly facts: readonly UsedFact[] } | null;
}

/** Milder than every level of a certificate, and more supporters than any limit: what an absent fact is compared as. */
const notThere = { category: 'none', level: 9, supporters: Number.MAX_SAFE_INTEGER } as const;

/** The grounds of a test in words; engines answer whether a test holds, not in the words of a caseworker. */
const inWords = (one: string | null, other: string | null): string => {
  if (one === null) return other ?? 'none';
  return other === null ? one : `${one}, ${other}`;
};

const listedIn = (levels: DisabilityLevels, disability: Disability | null): string | null => {
  if (disability === null || disability.level > (levels[disability.category] ?? 0)) return null;
  return `${disability.category} ${disability.level}`;
};

/** What an engine compares of a certificate; one that is not there is milder than every level. */
const comparedOf = (held: Disability | null): Pick<Disability, 'level'> & { category: string } => held ?? notThere;

/** Prepares a member: everything read from the pack is read once. */
export const memberPreparation = ({ date, value }: Terms): ((own: Own, standard: number) => MemberLines) => {
  const day = dayNumber(date);
  const ageFrom = value('extreme-hardship.age_from');
  const minorBelow = value('extreme-hardship.minor_below');
  const keptBelow = value('extreme-hardship.minor_kept_below');
  const hardshipLevels = value('extreme-hardship.disabilities');
  const entryLevels = value('single-entry.disabilities');
  const supportersAtMost = value('extreme-hardship.supporters_at_most');
  const byAge = (age: number, tier: HouseholdMember['tier']): string | null => {
    if (age >= ageFrom) return `aged ${age}`;
    if (age < minorBelow) return `minor of ${age}`;
    return age < keptBelow && tier === 'EXTREME_HARDSHIP' ? `minor of ${age}, already supported` : null;
  };
  return ({ member, place, facts, income, incomeFacts }, standard) => {
    const {
      disability,
      'illness.major': illness,
      'supporters.capable': supporters,
      'self-care.failed': failed,
    } = facts;
    const age = yearsBetween(member.birthDate, date);
    const held = typeof disability?.value === 'object' ? disability.value : null;
    const { category, level } = comparedOf(held);
    const certificate = disability === undefined ? noFacts : [used(disability, place, day)];
    const ill = illness?.value === true;
    const count = supporters === undefined ? notThere.supporters : numberIn(supporters);
    const flat = {
      age,
      tier: member.tier,
      category,
      level,
      ill,
      income,
      income_limit: standard * 12,
      supporters: count,
    };
    const conditions = illness === undefined ? certificate : [...certificate, used(illness, place, day)];
    const tellings = [
      withoutTurning(inWords(byAge(age, member.tier), listedIn(hardshipLevels, held)), ageFrom, certificate),
      perHead(income, 12, standard, incomeFacts),
      atMostLimit(count, supportersAtMost, supporters === undefined ? noFacts : [used(supporters, place, day)]),
      withoutTurning(inWords(listedIn(entryLevels, held), ill ? 'major illness' : null), null, conditions),
    ];
    const selfCare = failed === undefined ? null : { failed: numberIn(failed), facts: [used(failed, place, day)] };
    return { member, place, flat, tellings, selfCare };
  };
};
