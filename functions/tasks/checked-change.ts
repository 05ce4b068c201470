import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { householdSeen } from '../../domain/determinations/seen.ts';
import { withTiers } from '../../domain/determinations/with-tiers.ts';
import { isComposedAs } from '../../domain/households/apply-change.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';

/**
 * What the county's look at a policy change, or at a change in the household, leads to. Confirmed, the decision holds and the household
 * has its tiers; kept, what stood goes on standing. A decision that another one, a newer policy or a later change of the household has
 * overtaken can only be left, and so can a change that the rules could not decide.
 */
export const checkedChange = async (
  { store, policies }: Dependencies,
  { householdId, determinationId }: CaseTask,
  decision: 'confirm' | 'keep',
  subject: string,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  if (determinationId === undefined) {
    if (decision === 'keep') return succeed([]);
    return refuse('validation-failed', { errors: [{ field: '/decision', code: fault('change.undecided') }] });
  }
  const [roster, proposed] = await Promise.all([store.household(householdId), store.determination(determinationId)]);
  if (roster === undefined || proposed?.change === undefined) {
    throw new Error(`the decision to be checked for ${householdId} is not in the store`);
  }
  const { change, policyVersion, previous } = proposed;
  if (decision === 'keep') {
    const kept = {
      ...proposed,
      version: proposed.version + 1,
      change: { ...change, state: 'kept' as const },
    };
    return succeed([{ kind: 'determination', value: kept }]);
  }
  const isOvertaken =
    roster.determinationId !== (previous ?? null) ||
    !isComposedAs(roster.household, householdSeen(proposed)) ||
    (await policies.inForce()).version !== policyVersion;
  if (isOvertaken) return refuse('policy-change-overtaken');
  const confirmed = {
    ...proposed,
    version: proposed.version + 1,
    confirmedBy: subject,
    change: { ...change, state: 'in-force' as const },
  };
  return succeed([
    { kind: 'determination', value: confirmed },
    { kind: 'household', value: withTiers(roster, confirmed) },
  ]);
};
