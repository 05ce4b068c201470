import { versionsInForce } from '../catalogue/catalogue.ts';
import { openItems } from '../catalogue/items.ts';
import type { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import type { Determination } from '../determinations/determination.ts';
import { evaluationAgain, householdSeen } from '../determinations/seen.ts';
import { type DeterminationId, type PersonId, ReferralId } from '../ids.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { AssistancePlan, PlannedNeed, Referral } from './referral.ts';
import { type ReferralClocks, stepFrom } from './referral-deadlines.ts';

/** The department that decides: what it leads is given by the determination itself and referred to nobody. */
export const decidingDepartment = 'civil-affairs';

/** A need is an item for somebody, led by another department. */
export interface Need extends PlannedNeed {
  readonly department: string;
}

/** Follows from decision, item and whom it is for, so that what is planned twice is planned once. */
const referralIdOf = (
  digest: Digest,
  determinationId: DeterminationId,
  item: string,
  personId: PersonId | null,
): ReferralId =>
  ReferralId.parse(`ref_${digest(['referral', determinationId, item, personId ?? ''].join('|')).slice(0, 32)}`);

/**
 * What a decision opens with other departments: the items of the catalogue it was decided by, for the tiers that were granted, in
 * the order of the catalogue. Made again from what the decision saw.
 */
export const needsOf = (digest: Digest, determination: Determination, policy: PolicyPack): readonly Need[] => {
  const { determinationId, evaluatedOn, tier, memberTiers, entitlements } = determination;
  const { status } = evaluationAgain(determination, policy);
  const granted = { status, householdTier: tier, memberTiers, entitlements };
  const leads = new Map(
    versionsInForce(policy.catalogue, ({ code }) => code, evaluatedOn).map((item) => [item.code, item.leadDepartment]),
  );
  return openItems(granted, householdSeen(determination), policy, evaluatedOn).flatMap(({ code: item, personId }) => {
    const department = leads.get(item);
    if (department === undefined || department === decidingDepartment) return [];
    return [{ referralId: referralIdOf(digest, determinationId, item, personId), item, personId, department }];
  });
};

const isSame = (one: PlannedNeed, other: PlannedNeed): boolean =>
  one.item === other.item && one.personId === other.personId;

/** What a later decision changes of a plan: needs that are new, those that stand as they were sent, and those that are gone. */
export interface Difference {
  readonly sent: readonly Need[];
  readonly standing: readonly PlannedNeed[];
  readonly gone: readonly PlannedNeed[];
}

export const differenceOf = (before: AssistancePlan | undefined, needs: readonly Need[]): Difference => {
  const planned = before?.needs ?? [];
  return {
    sent: needs.filter((need) => !planned.some((other) => isSame(need, other))),
    standing: planned.filter((need) => needs.some((other) => isSame(need, other))),
    gone: planned.filter((need) => !needs.some((other) => isSame(need, other))),
  };
};

/** The difference where a household has moved to another county: what is `left` behind is withdrawn there and sent here. */
export const elsewhere = (
  { sent, standing, gone }: Difference,
  needs: readonly Need[],
  left: readonly PlannedNeed[],
): Difference => {
  const isLeft = (need: PlannedNeed): boolean => left.some((each) => isSame(each, need));
  return {
    sent: [...sent, ...needs.filter(isLeft)],
    standing: standing.filter((need) => !isLeft(need)),
    gone: [...gone, ...standing.filter(isLeft)],
  };
};

/** A referral as it is sent: its department has the time of an acceptance to answer. */
export const newReferral = (
  clocks: ReferralClocks,
  { determinationId, householdId, division }: Determination,
  { referralId, item, personId, department }: Need,
  at: Instant,
): Referral => {
  const { step, lastDay } = stepFrom(clocks, 'sent', item, at);
  return {
    referralId,
    version: 1,
    state: 'sent',
    determinationId,
    householdId,
    personId,
    item,
    department,
    division,
    sentAt: at,
    acceptBy: lastDay,
    resultBy: null,
    ...step,
    escalations: 0,
    returns: [],
    outcome: null,
    verification: null,
    closedAt: null,
  };
};
