import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { HouseholdTier, MemberTier } from '../eligibility/tiers.ts';
import { Fact } from '../facts/fact.ts';
import { HouseholdId, PersonId } from '../ids.ts';
import { DivisionCode } from '../people/divisions.ts';
import { sexes } from '../people/sex.ts';
import { HouseholdChange, mostChanges } from './household-change.ts';

/** Relation to the person in whose name the household applies (D57 article 7 says who counts as a member). */
export const relations = [
  'applicant',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'grandchild',
  'sibling',
  'other',
] as const;

/** Why a member of the family is not counted (D57 article 7). */
export const notCountedReasons = [
  'imprisoned',
  'compulsory-drug-treatment',
  'declared-missing',
  'clergy-away-3-years',
] as const;

/** A member without identity: names and resident IDs live in the identity envelope, never here. */
export const HouseholdMember = z.strictObject({
  personId: PersonId,
  relation: z.enum(relations),
  birthDate: LocalDate,
  sex: z.enum(sexes),
  /** In full-time education up to a bachelor's degree: an adult child counts as a dependent member. */
  fullTimeStudent: z.boolean(),
  notCounted: z.enum(notCountedReasons).nullable(),
  tier: MemberTier,
  deceasedOn: LocalDate.nullable(),
});
export type HouseholdMember = z.infer<typeof HouseholdMember>;

/** More people than live in any household; whoever left is not among them. */
export const mostMembers = 30;
export const mostFacts = 400;

export const settlements = ['urban', 'rural'] as const;

/** Facts name whom they are about by the very text that names the household or member, for the reason given at `Fact`. */
const withOwnIds = <Parsed extends { householdId: HouseholdId; members: HouseholdMember[]; facts: Fact[] }>(
  household: Parsed,
): Parsed => {
  for (const fact of household.facts) {
    const about = household.members.find(({ personId }) => personId === fact.subject)?.personId;
    if (about !== undefined) fact.subject = about;
    else if (fact.subject === household.householdId) fact.subject = household.householdId;
  }
  return household;
};

/** What the evaluator sees of a household: everything needed to decide, nothing that says who they are. */
export const Household = z
  .strictObject({
    householdId: HouseholdId,
    registeredDivision: DivisionCode,
    residenceDivision: DivisionCode,
    settlement: z.enum(settlements),
    /** Empty when the last of them has left: what was decided is ended by the county, and what is known is kept. */
    members: z.array(HouseholdMember).max(mostMembers),
    facts: z.array(Fact).max(mostFacts),
    tier: HouseholdTier,
    /** What has changed in it, the first first. Nothing is decided on it: who is a member, and where they live, is said above. */
    history: z.array(HouseholdChange).min(1).max(mostChanges).optional(),
  })
  .overwrite(withOwnIds);
export type Household = z.infer<typeof Household>;

/** Those who live and are in the household: who has died is still in it, who has left is not. */
export const livingMembers = ({ members }: Pick<Household, 'members'>): readonly HouseholdMember[] =>
  members.filter(({ deceasedOn }) => deceasedOn === null);
