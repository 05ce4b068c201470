import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { withTiers } from '../../domain/determinations/with-tiers.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';

/**
 * What the county's look at a policy change leads to. Confirmed, the decision holds and the household has its tiers; kept, what
 * stood goes on standing. A change that another decision or a newer policy has overtaken can only be left.
 */
export const checkedChange = async (
  { store, policies }: Dependencies,
  { householdId, determinationId }: CaseTask,
  decision: 'confirm' | 'keep',
  subject: string,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  const [roster, proposed] = await Promise.all([
    store.household(householdId),
    determinationId === undefined ? undefined : store.determination(determinationId),
  ]);
  if (roster === undefined || proposed?.policyChange === undefined) {
    throw new Error(`the decision to be checked for ${householdId} is not in the store`);
  }
  const { policyChange, policyVersion } = proposed;
  if (decision === 'keep') {
    const kept = {
      ...proposed,
      version: proposed.version + 1,
      policyChange: { ...policyChange, state: 'kept' as const },
    };
    return succeed([{ kind: 'determination', value: kept }]);
  }
  const isOvertaken =
    roster.determinationId !== policyChange.previous || (await policies.inForce()).version !== policyVersion;
  if (isOvertaken) return refuse('policy-change-overtaken');
  const confirmed = {
    ...proposed,
    version: proposed.version + 1,
    confirmedBy: subject,
    policyChange: { ...policyChange, state: 'in-force' as const },
  };
  return succeed([
    { kind: 'determination', value: confirmed },
    { kind: 'household', value: withTiers(roster, confirmed) },
  ]);
};
