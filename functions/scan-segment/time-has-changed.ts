import { earlierOf, type LocalDate, laterOf, plusDays } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Household } from '../../domain/households/household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** The days that are looked back to lie so far apart: what time gives and takes again within fewer is not seen. */
const daysBetween = 31;

const known = (household: Household, on: LocalDate): Household => ({
  ...household,
  members: household.members.map((member) => ({
    ...member,
    birthDate: earlierOf(member.birthDate, on),
    deceasedOn: member.deceasedOn === null ? null : earlierOf(member.deceasedOn, on),
  })),
  facts: household.facts.map((fact) => (fact.asOf > on ? { ...fact, asOf: on } : fact)),
});

/** The days to look back to: a month ago, and on by months to the day that the standing decision looked at. */
const earlierDays = (evaluatedOn: LocalDate, today: LocalDate): readonly LocalDate[] => {
  const days = [plusDays(today, -daysBetween)];
  for (let last = days[0]; last !== undefined && last > evaluatedOn; last = days.at(-1)) {
    days.push(laterOf(evaluatedOn, plusDays(last, -daysBetween)));
  }
  return days;
};

/**
 * What the rules would have given on earlier days since the standing decision, and a month ago at the least, for the household as it is on
 * file today: everything that is known now, births and deaths too, as if it had been known then. Where any of it differs from what they
 * give today, it is time that has changed it, and nothing else: a period has ended, somebody has come of age, a standard of the year is in
 * force, or facts have grown too old. It is found however long nobody looked, such as while an application was under review.
 */
export const evaluatedEarlier = (
  policy: PolicyPack,
  household: Household,
  { evaluatedOn }: Pick<Determination, 'evaluatedOn'>,
  today: LocalDate,
): IteratorObject<Evaluation> =>
  earlierDays(evaluatedOn, today)
    .values()
    .map((day) => evaluate(known(household, day), policy, day));
