import type { HouseholdMember } from '../households/household.ts';

type Relation = HouseholdMember['relation'];

/**
 * Who in the same household owes support by law, by relation to the applicant: spouses to each other, parents and children
 * to each other (Civil Code articles 1059, 1067). Duties between grandparents, grandchildren and siblings arise only in their
 * absence and are left to the assessment.
 */
const supportersByRelation: Readonly<Record<Relation, readonly Relation[]>> = {
  applicant: ['spouse', 'child', 'parent'],
  spouse: ['applicant', 'child'],
  child: ['applicant', 'spouse'],
  parent: ['applicant', 'sibling'],
  grandparent: ['parent'],
  grandchild: ['child'],
  sibling: ['parent'],
  other: [],
};

/** The members who owe this member support by law, as far as their relation to the applicant shows it. */
export const legalSupportersAmong = (
  member: HouseholdMember,
  members: readonly HouseholdMember[],
): readonly HouseholdMember[] =>
  members.filter(
    (other) => other.personId !== member.personId && supportersByRelation[member.relation].includes(other.relation),
  );
