import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { DeterminationId, ReferralId } from '../../domain/ids.ts';
import { referralLifecycle } from '../../domain/lifecycles/referral.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { differenceOf, elsewhere, needsOf, newReferral } from '../../domain/referrals/plan-referrals.ts';
import type { AssistancePlan, PlannedNeed, Referral } from '../../domain/referrals/referral.ts';
import { withdrawn } from '../../domain/referrals/referral-moves.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';

/** So many referrals are written at once: a transaction takes a hundred items, and the plan, the event and the audit are some. */
const referralsAtOnce = 90;
const planActor = { role: 'workflow', subject: 'assistance-plan' } as const;

/** What the plan of a decision has to be followed, and what it ended. */
export interface Planned {
  readonly sent: readonly ReferralId[];
  readonly ended: readonly ReferralId[];
}

const nothing: Planned = { sent: [], ended: [] };

/**
 * Plans what other departments are to do for a household by the decision that stands: one referral for each need, all of them and
 * the plan together. Planned again for the same decision it finds what was planned; for a later one it withdraws what is no longer
 * opened and not yet reported, sends what is new, and leaves alone what stands; of a household that has moved to another county, what
 * no outcome was reported of goes to the departments there. A decision that another one has replaced, or that
 * does not hold yet, plans nothing.
 */
export const planAssistance = async (
  dependencies: Dependencies,
  determinationId: DeterminationId,
): Promise<Planned> => {
  const { store, policies, digest } = dependencies;
  const determination = await store.determination(determinationId);
  if (determination === undefined) throw new Error(`${determinationId} is not in the store`);
  const [roster, before] = await Promise.all([
    store.household(determination.householdId),
    store.plan(determination.householdId),
  ]);
  if (roster?.determinationId !== determinationId) return nothing;
  if (before?.determinationId !== determinationId) {
    const policy = await versionOf(policies, determination.policyVersion, determinationId);
    const needs = needsOf(digest, determination, policy);
    const difference = differenceOf(before, needs);
    const hasMoved = before !== undefined && countyOf(before.division) !== countyOf(determination.division);
    const left = hasMoved ? await withdrawable(dependencies, difference.standing) : [];
    return replan(dependencies, determination, before, elsewhere(difference, needs, left));
  }
  const sent = await Promise.all(before.needs.map(({ referralId }) => store.referral(referralId)));
  return {
    sent: sent.flatMap((each) => (each?.determinationId === determinationId ? [each.referralId] : [])),
    ended: before.dropped,
  };
};

const replan = async (
  dependencies: Dependencies,
  determination: Determination,
  before: AssistancePlan | undefined,
  { sent, standing, gone }: ReturnType<typeof differenceOf>,
): Promise<Planned> => {
  const { now, policies, calendar } = dependencies;
  const { householdId, division, determinationId } = determination;
  if (before === undefined && sent.length === 0) return nothing;
  const at = now();
  const clocks = { policy: await policies.inForce(), calendar };
  const leaving = await withdrawable(dependencies, gone);
  const isThere = await Promise.all(sent.map(({ referralId }) => dependencies.store.referral(referralId)));
  const writes: AggregateWrite[] = [
    ...sent
      .filter((_, index) => isThere[index] === undefined)
      .map((need) => referralWrite(newReferral(clocks, determination, need, at), [])),
    ...leaving.map((referral) => referralWrite(withdrawn(referral, at), referralLifecycle.withdraw.from)),
  ];
  const plan: AssistancePlan = {
    householdId,
    version: (before?.version ?? 0) + 1,
    division,
    determinationId,
    needs: [...standing, ...sent].map(({ referralId, item, personId }) => ({ referralId, item, personId })),
    dropped: leaving.map(({ referralId }) => referralId),
  };
  // The plan is the last to be stored: as long as it is not there, the whole is done again and finds what was stored before.
  for (; writes.length > referralsAtOnce; ) await store(dependencies, determination, writes.splice(0, referralsAtOnce));
  await store(dependencies, determination, [...writes, { kind: 'plan', value: plan }]);
  return { sent: sent.map(({ referralId }) => referralId), ended: plan.dropped };
};

const referralWrite = (value: Referral, from: readonly Referral['state'][]): AggregateWrite => ({
  kind: 'referral',
  value,
  from,
});

/** Of what is no longer opened the referrals that no outcome has been reported of: the others go their way to the end. */
const withdrawable = async (dependencies: Dependencies, gone: readonly PlannedNeed[]): Promise<readonly Referral[]> => {
  const found = await Promise.all(gone.map(({ referralId }) => dependencies.store.referral(referralId)));
  return found.flatMap((each) =>
    each !== undefined && referralLifecycle.withdraw.from.includes(each.state) ? [each] : [],
  );
};

const store = async (
  dependencies: Dependencies,
  { applicationId, reviewId, determinationId, division }: Determination,
  aggregates: readonly AggregateWrite[],
): Promise<void> => {
  const { now, newId } = dependencies;
  const result = await dependencies.store.commit({
    aggregates,
    event: newEvent('ReferralsPlanned', now(), newId, { applicationId, reviewId, determinationId }),
    actor: planActor,
    division,
  });
  if (!result.ok) throw new WriteConflict(`the plan of ${determinationId}: ${result.conflict}`);
};
