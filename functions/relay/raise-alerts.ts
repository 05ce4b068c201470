import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { divisionOf } from '../../domain/policy-versions/change-determination.ts';
import { firedAlerts } from './fired-alerts.ts';
import { ifReadable } from './payment-facts.ts';
import { raiseAlert } from './raise-alert.ts';

/**
 * Looks at a household as it is and raises what the rules for alerts find, or makes the evidence of what is open new. It decides nothing
 * and takes nothing from anyone. `withDecision`: also what would be decided otherwise; left out where something else decides the household.
 * Told twice, or in another order, it finds the same, since only the household as it is is looked at.
 */
export const raiseAlerts = async (
  dependencies: Dependencies,
  householdId: HouseholdId,
  { withDecision }: { readonly withDecision: boolean },
): Promise<void> => {
  const { store, policies, now } = dependencies;
  const [roster, policy] = await Promise.all([ifReadable(store.household(householdId)), policies.inForce()]);
  // Nobody is left in it of whom anything could be read.
  if (roster === undefined) return;
  const evaluation = evaluate(roster.household, policy, dateInChina(now()));
  const { fired, standing } = await firedAlerts(dependencies, { roster, policy, evaluation, withDecision });
  const division = divisionOf(standing, roster);
  for (const each of fired) await raiseAlert(dependencies, policy, { householdId, division }, each);
};
