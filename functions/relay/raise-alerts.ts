import { alertIdOf } from '../../domain/alerts/alert-moves.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { divisionOf } from '../../domain/policy-versions/change-determination.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { firedAlerts } from './fired-alerts.ts';
import { raiseAlert } from './raise-alert.ts';

/**
 * Looks at a household as it is and raises what the rules for alerts find, or makes the evidence of what is open new. It decides nothing
 * and takes nothing from anyone. `withDecision`: also what would be decided otherwise; left out where something else decides the household.
 * `afterReview`: of the others only those that fire on what the review did not see.
 * Told twice, or in another order, it finds the same, since only the household as it is is looked at.
 */
export const raiseAlerts = async (
  dependencies: Dependencies,
  householdId: HouseholdId,
  { withDecision, afterReview = false }: { readonly withDecision: boolean; readonly afterReview?: boolean },
): Promise<void> => {
  const { store, policies, now, digest } = dependencies;
  const [opened, policy] = await Promise.all([ifReadable(store.openedHousehold(householdId)), policies.inForce()]);
  // Nobody is left in it of whom anything could be read.
  if (opened === undefined) return;
  const { roster } = opened;
  const evaluation = evaluate(roster.household, policy, dateInChina(now()));
  const { fired, standing, alerts } = await firedAlerts(dependencies, {
    opened,
    policy,
    evaluation,
    withDecision,
    afterReview,
    alertsOf: (conditions) => conditions.map(({ rule }) => alertIdOf(digest, householdId, rule.code, 1)),
  });
  if (fired.length === 0) return;
  const place = { householdId, division: divisionOf(standing, roster), opened, alerts };
  for (const each of fired) await raiseAlert(dependencies, policy, place, each);
};
