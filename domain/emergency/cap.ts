import type { LocalDate } from '../dates.ts';
import type { Household } from '../households/household.ts';
import { type Fen, fen } from '../money.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { parameterOn, standardOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';

/**
 * The most that quick aid may be, in fen: months of the minimum living allowance of the place where it happened (DTA26: at most
 * one month). Undefined when the policy has no standard or no cap on that day: then nobody can say, and nothing is granted.
 */
export const emergencyCapOn = (
  policy: PolicyPack,
  incidentDivision: DivisionCode,
  settlement: Household['settlement'],
  date: LocalDate,
): Fen | undefined => {
  const standard = standardOn(policy, incidentDivision, settlement, date);
  const months = parameterOn(policy, 'emergency.max_months_of_standard', date);
  return standard === null || months === null ? undefined : fen(standard.value * months.value);
};
