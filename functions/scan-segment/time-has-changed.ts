import { type LocalDate, plusDays } from '../../domain/dates.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Household } from '../../domain/households/household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** What time has changed is found by the scan of any of so many nights; after as many without one, an alarm has long sounded. */
const daysLookedBack = 31;

const known = (household: Household, on: LocalDate): Household => ({
  ...household,
  facts: household.facts.map((fact) => (fact.asOf > on ? { ...fact, asOf: on } : fact)),
});

/**
 * What the rules would have given a month ago for the household as it is on file today: everything that is known now as if it had been
 * known then. Where that differs from what they give today, it is time that has changed it, and nothing else: a period has ended,
 * somebody has come of age, a standard of the year is in force, or facts have grown too old.
 */
export const evaluatedEarlier = (policy: PolicyPack, household: Household, today: LocalDate): Evaluation => {
  const earlier = plusDays(today, -daysLookedBack);
  return evaluate(known(household, earlier), policy, earlier);
};
