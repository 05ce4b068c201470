import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { DeterminationId, HouseholdId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { changeDetermination } from '../../domain/policy-versions/change-determination.ts';
import type { PolicyRun, Redecided } from '../../domain/policy-versions/policy-run.ts';
import { changeDeterminationIdOf } from '../../domain/policy-versions/run-ids.ts';
import { policyRunActor } from '../../domain/policy-versions/run-of.ts';
import { decideAnew } from '../decide-anew.ts';

export type Outcome = keyof Redecided;

/** What became of a household, from its decision: the same whenever it is asked, also after the county has looked. */
const outcomeOf = ({ version, change }: Determination): Outcome => {
  if (change?.state === 'awaiting-application') return 'awaitingApplication';
  return version === 1 && change?.state === 'in-force' ? 'inForce' : 'awaitingCheck';
};

/** Decides one household by the new version, once. */
export const redecideHousehold = async (
  dependencies: Dependencies,
  run: PolicyRun,
  policy: PolicyPack,
  householdId: HouseholdId,
): Promise<Outcome> => {
  const determinationId = changeDeterminationIdOf(dependencies.digest, run.runId, householdId);
  const decided = await decideAnew(
    dependencies,
    { householdId, determinationId, event: 'PolicyChangeDecided', actor: policyRunActor, policy },
    (roster) => decide(dependencies, run, { policy, determinationId }, roster),
  );
  return decided === 'cannotDecide' ? decided : outcomeOf(decided);
};

const decide = async (
  { store, digest, now }: Dependencies,
  run: PolicyRun,
  { policy, determinationId }: { policy: PolicyPack; determinationId: DeterminationId },
  roster: RosterHousehold,
): Promise<Determination | 'cannotDecide'> => {
  if (run.asOf === null) throw new Error(`${run.runId} decides and has not begun`);
  const evaluation = evaluate(roster.household, policy, run.asOf);
  if (evaluation.status === 'cannot-decide') return 'cannotDecide';
  const [standing, application] = await Promise.all([
    roster.determinationId === null ? undefined : store.determination(roster.determinationId),
    roster.applicationId === null ? undefined : store.application(roster.applicationId),
  ]);
  return changeDetermination(digest, {
    cause: { kind: 'policy-version', runId: run.runId },
    determinationId,
    roster,
    standing,
    application,
    policy,
    evaluation,
    decidedBy: run.requestedBy,
    at: now(),
  });
};
