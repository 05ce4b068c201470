import type { DeterminationView, ItemView, TraceView } from '../../contracts/api/reviews.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Language } from '../../contracts/problems.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { itemReasonIn } from '../../domain/catalogue/item-wording.ts';
import { itemsOf } from '../../domain/catalogue/items.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluationAgain, householdSeen } from '../../domain/determinations/seen.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import { evidence } from '../../domain/eligibility/evidence.ts';
import { reasons } from '../../domain/eligibility/explain.ts';
import type { DeterminationId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { evaluationHashOf, monthlyAmountOf } from '../../domain/reviews/form-opinion.ts';
import { appealRoute, consentWithheld } from '../../policies/shanxi/notices.ts';

const visible = async (
  { store }: Dependencies,
  principal: Principal,
  id: DeterminationId,
): Promise<Determination | undefined> => {
  const determination = await store.determination(id);
  return determination !== undefined && mayReach(principal, determination) ? determination : undefined;
};

/** The evaluation behind a determination, and the pack it rests on. */
interface MadeAgain {
  readonly evaluation: Evaluation;
  readonly policy: PolicyPack;
}

/**
 * The evaluation behind a determination, made again from what was stored with it. Throws when it is not the one that was decided
 * on: an explanation that does not belong to the decision is worse than none.
 */
const madeAgain = async ({ policies, digest }: Dependencies, determination: Determination): Promise<MadeAgain> => {
  const policy = await versionOf(policies, determination.policyVersion, determination.determinationId);
  const evaluation = evaluationAgain(determination, policy);
  const isSame = evaluationHashOf(digest, evaluation) === determination.evaluationHash;
  if (!isSame || evaluation.date !== determination.evaluatedOn) {
    throw new Error(`the trace made again for ${determination.determinationId} is not the one it was decided on`);
  }
  return { evaluation, policy };
};

/**
 * Every item of the catalogue as it came out for what was granted: a tier that applies but was not consented to opens nothing. Made
 * again from the stored household and the pack of the decision, as the reasons are.
 */
const itemViews = (
  determination: Determination,
  { policy, evaluation: { status } }: MadeAgain,
  language: Language,
): ItemView[] => {
  const { evaluatedOn, tier, memberTiers, entitlements } = determination;
  const granted = { status, householdTier: tier, memberTiers, entitlements };
  return itemsOf(granted, householdSeen(determination), policy, evaluatedOn).map(
    ({ item, department, code, personId, result, amount, amountIs, period, deadline, reason }) => ({
      code,
      name: item.name[language],
      area: item.area,
      leadDepartment: { code: department.code, name: department.name[language] },
      personId,
      result,
      amount,
      amountIs,
      period,
      deadline,
      reason: itemReasonIn(reason, language),
    }),
  );
};

/** A determination of the caller's division, with its reasons and the way to appeal. */
export const readDetermination = async (
  dependencies: Dependencies,
  principal: Principal,
  determinationId: DeterminationId,
  language: Language,
): Promise<Outcome<DeterminationView>> => {
  const determination = await visible(dependencies, principal, determinationId);
  if (determination === undefined) return refuse('not-found');
  const {
    seen: _s,
    evaluationHash: _e,
    evaluatedOn: _o,
    confirmedBy: _c,
    refusedFor: _r,
    version,
    previous,
    change,
    ...shown
  } = determination;
  const again = await madeAgain(dependencies, determination);
  const { evaluation } = again;
  const explained = reasons(evaluation, language, determination);
  return succeed(
    {
      ...shown,
      origin: originOf(determination),
      change: change === undefined ? null : { previous: previous ?? null, state: change.state },
      monthlyAmount: monthlyAmountOf(determination.entitlements),
      // Also where a member is given something of his or her own: then nothing was refused, and yet a tier was not given.
      reasons: determination.tier === evaluation.householdTier ? explained : [consentWithheld[language], ...explained],
      evidence: [...evidence(evaluation, language)],
      items: itemViews(determination, again, language),
      appeal: appealRoute[language],
    },
    { version },
  );
};

const originOf = ({ change }: Determination): DeterminationView['origin'] => {
  if (change === undefined) return 'review';
  return change.cause.kind === 'policy-version' ? 'policy-change' : change.cause.kind;
};

/** Every test of every tier, with its inputs, their source and age, its threshold and its citation. */
export const readTrace = async (
  dependencies: Dependencies,
  principal: Principal,
  determinationId: DeterminationId,
): Promise<Outcome<TraceView>> => {
  const determination = await visible(dependencies, principal, determinationId);
  if (determination === undefined) return refuse('not-found');
  const { evaluation } = await madeAgain(dependencies, determination);
  const { policyVersion, date, status, householdTier, povertyReturnMonitoring, perCapitaMonthlyIncome, tests } =
    evaluation;
  return succeed({
    determinationId,
    policyVersion,
    date,
    status,
    householdTier,
    povertyReturnMonitoring,
    perCapitaMonthlyIncome,
    tests: tests.map((test) => ({ ...test, inputs: [...test.inputs] })),
  });
};
