import type { Household } from '../../domain/households/household.ts';
import type { Case } from './generated-household.ts';

/** The same case with one thing less, for each thing that can be left out: members first, for their facts go with them. */
const withOneLess = ({ household }: Case): readonly Household[] => {
  const { members, facts } = household;
  const withoutMember = members.map((member) => ({
    ...household,
    members: members.filter((each) => each !== member),
    facts: facts.filter(({ subject }) => subject !== member.personId),
  }));
  const withoutFact = facts.map((fact) => ({ ...household, facts: facts.filter((each) => each !== fact) }));
  return members.length > 1 ? [...withoutMember, ...withoutFact] : withoutFact;
};

/** A case from which nothing more can be left out without what it breaks being whole again. */
export const smallest = (made: Case, breaks: (other: Case) => boolean): Case => {
  let found = made;
  for (;;) {
    const less = withOneLess(found)
      .map((household) => ({ ...found, household }))
      .find(breaks);
    if (less === undefined) return found;
    found = less;
  }
};

/** A household as it can be told: members by their place, nothing that is an id. */
export interface Told {
  readonly date: string;
  readonly policyVersion: string;
  readonly place: string;
  readonly tier: string;
  readonly members: readonly string[];
  readonly facts: readonly string[];
}

/** Puts a household into words without ids. */
export const toldOf = ({ household, date, policy }: Case): Told => {
  const { members, facts, settlement, registeredDivision, tier } = household;
  const whose = (subject: string): string => {
    const place = members.findIndex(({ personId }) => personId === subject);
    return place < 0 ? 'household' : `member ${place}`;
  };
  return {
    date,
    policyVersion: policy.version,
    place: `${settlement} ${registeredDivision}`,
    tier,
    members: members.map(({ personId, ...member }, place) => `${place}: ${JSON.stringify(member)}`),
    facts: facts.map(
      ({ kind, subject, value, unit, asOf, dataset }) =>
        `${whose(subject)}: ${kind} ${JSON.stringify(value)} ${unit} ${dataset} ${asOf}`,
    ),
  };
};
