import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { conflictOfDuty, type IncompatibleDuties } from '../../domain/access/separation-of-duty.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { confirmedChange } from '../../domain/determinations/confirmed-change.ts';
import type { ChangeCause, Determination } from '../../domain/determinations/determination.ts';
import { householdSeen } from '../../domain/determinations/seen.ts';
import { withTiers } from '../../domain/determinations/with-tiers.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import { isComposedAs } from '../../domain/households/apply-change.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { differs, givenAnew } from '../../domain/policy-versions/change-determination.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';

/**
 * What the county's look at a policy change, or at a change in the household, leads to. Confirmed, the decision holds and the household
 * has its tiers; kept, what stood goes on standing. A decision that another one, a later change of the household, or a newer policy that
 * gives something else has overtaken can only be left, and is made anew then (`redecideKept`). So can a change that the rules could not
 * decide.
 */
export const checkedChange = async (
  dependencies: Dependencies,
  { householdId, determinationId }: CaseTask,
  decision: 'confirm' | 'keep',
  subject: string,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  if (determinationId === undefined) {
    if (decision === 'keep') return succeed([]);
    return refuse('validation-failed', { errors: [{ field: '/decision', code: fault('change.undecided') }] });
  }
  const { store, now } = dependencies;
  const [roster, proposed] = await Promise.all([store.household(householdId), store.determination(determinationId)]);
  if (roster === undefined || proposed?.change === undefined) {
    throw new Error(`the decision to be checked for ${householdId} is not in the store`);
  }
  const { change, previous } = proposed;
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
  const standing = previous === undefined ? undefined : await store.determination(previous);
  const isOvertaken =
    standing === undefined ||
    roster.determinationId !== standing.determinationId ||
    !isComposedAs(roster.household, householdSeen(proposed)) ||
    !(await isStillGiven(dependencies, { roster, standing }, proposed));
  if (isOvertaken) return refuse('policy-change-overtaken');
  const confirmed = confirmedChange(
    proposed,
    { standing, ...roster.household },
    { by: subject, on: dateInChina(now()) },
  );
  return succeed([
    { kind: 'determination', value: confirmed },
    { kind: 'household', value: withTiers(roster, confirmed) },
  ]);
};

/**
 * Whether the policy in force gives what was proposed, be it by an older one: then nothing is gained by asking again. Where it cannot decide,
 * nobody knows.
 */
const isStillGiven = async (
  { store, policies, now }: Dependencies,
  { roster, standing }: { readonly roster: RosterHousehold; readonly standing: Determination },
  proposed: Determination,
): Promise<boolean> => {
  const policy = await policies.inForce();
  if (policy.version === proposed.policyVersion) return true;
  const evaluation = evaluate(roster.household, policy, dateInChina(now()));
  if (evaluation.status === 'cannot-decide') return false;
  const application = roster.applicationId === null ? undefined : await store.application(roster.applicationId);
  return !differs(proposed, givenAnew({ roster, standing, application, evaluation }));
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
