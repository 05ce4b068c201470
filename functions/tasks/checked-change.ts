import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { conflictOfDuty, type IncompatibleDuties } from '../../domain/access/separation-of-duty.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ChangeCause } from '../../domain/determinations/determination.ts';
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
  const conflict = await conflictOf(store, change.cause, subject);
  if (conflict !== undefined) return refuse(conflict.problem);
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

/** What the review of an upheld grievance leads to is checked by nobody who had a hand in what was complained of. */
const conflictOf = async (
  store: Dependencies['store'],
  cause: ChangeCause,
  subject: string,
): Promise<IncompatibleDuties | undefined> => {
  if (cause.kind !== 'household-change' || cause.grievanceId === undefined) return undefined;
  const grievance = await store.grievance(cause.grievanceId);
  if (grievance === undefined) throw new Error(`${cause.grievanceId} is not in the store`);
  return conflictOfDuty('examine-grievance', subject, grievance.involved);
};
