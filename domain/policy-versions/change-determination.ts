import type { Application } from '../applications/application.ts';
import { dateInChina, firstOfNextMonth, type Instant, type LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import type { ChangeCause, ChangeState, Determination } from '../determinations/determination.ts';
import { householdSeen, seenOn } from '../determinations/seen.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import { householdTiers } from '../eligibility/tiers.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import type { DeterminationId } from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { evaluationHashOf, monthlyAmountOf } from '../reviews/form-opinion.ts';
import { type Grant, grantOf } from '../reviews/grant.ts';

/** What a household is decided anew from: the cause, its record, what stands, what was asked for, and what the rules give now. */
export interface ChangeCase {
  cause: ChangeCause;
  determinationId: DeterminationId;
  roster: Pick<RosterHousehold, 'household'>;
  standing: Determination | undefined;
  application: Application | undefined;
  policy: PolicyPack;
  evaluation: Evaluation;
  /** Who activated the version; of a change in the household or by time, the workflow that decided by it. */
  decidedBy: string;
  at: Instant;
}

type Decided = Pick<Determination, 'tier' | 'memberTiers' | 'entitlements'>;

const inHardship = ({ memberTiers }: Pick<Grant, 'memberTiers'>): string[] =>
  memberTiers.filter(({ tier }) => tier === 'EXTREME_HARDSHIP').map(({ personId }) => personId);

/** Whether a decision takes something from a household: a later tier, less money a month, or a member's extreme hardship. */
export const isAdverse = (standing: Decided, next: Decided): boolean => {
  const still = new Set(inHardship(next));
  return (
    householdTiers.indexOf(next.tier) > householdTiers.indexOf(standing.tier) ||
    monthlyAmountOf(next.entitlements) < monthlyAmountOf(standing.entitlements) ||
    inHardship(standing).some((personId) => !still.has(personId))
  );
};

/**
 * Where the decision lies: in the division of the one before it, unless the household has moved since that was decided: then where it
 * lives now.
 */
export const divisionOf = (
  standing: Determination | undefined,
  { household }: Pick<RosterHousehold, 'household'>,
): DivisionCode => {
  if (standing === undefined) return household.registeredDivision;
  // The same either way, and most households have not moved: what was seen of them need not be made again from its stored form.
  if (standing.division === household.residenceDivision) return standing.division;
  return householdSeen(standing).residenceDivision === household.residenceDivision
    ? standing.division
    : household.residenceDivision;
};

/**
 * How far the new decision holds. What only adds to aid that is being given holds at once. What takes something away waits for the
 * county, and so does what would begin aid: that is published before it is granted (D57 article 19).
 */
const stateOf = (standing: Determination | undefined, next: Decided & { granted: boolean }): ChangeState => {
  if (standing === undefined) return 'awaiting-application';
  const begins = standing.outcome === 'refused' && next.granted;
  return begins || isAdverse(standing, next) ? 'awaiting-check' : 'in-force';
};

type Compared = Decided & Pick<Determination, 'outcome' | 'division'>;

/** What a decision gives to whom and where, as text. What led to it is not in it. */
export const contentOf = (one: Compared): string => {
  const { outcome, division, tier, memberTiers, entitlements } = one;
  return JSON.stringify([
    outcome,
    division,
    tier,
    memberTiers.map(({ personId, tier: own }) => [personId, own]),
    entitlements.map(({ item, personId, amount, period }) => [item, personId, amount, period]),
  ]);
};

/** Whether a decision gives anything else than another, to anybody else or elsewhere. What led to either is not looked at. */
export const differs = (one: Compared, other: Compared): boolean => contentOf(one) !== contentOf(other);

/** What a household would be given, and where, without what leads to it: enough to see whether anything differs. */
export const givenAnew = ({
  roster,
  standing,
  application,
  evaluation,
}: Pick<ChangeCase, 'roster' | 'standing' | 'application' | 'evaluation'>): Compared & Pick<Grant, 'refusedFor'> => {
  const { tier, memberTiers, entitlements, refusedFor } = grantOf(
    evaluation,
    application ?? { consentToNextTier: true },
  );
  return {
    tier,
    memberTiers: [...memberTiers],
    entitlements: entitlements.map(({ item, personId, amount, period }) => ({ item, personId, amount, period })),
    refusedFor,
    outcome: refusedFor === null ? 'granted' : 'refused',
    division: divisionOf(standing, roster),
  };
};

/** The decision that a new version, or a change in the household, leads to for it, linked to the one before it. */
export const changeDetermination = (digest: Digest, change: ChangeCase): Determination => {
  const { cause, determinationId, roster, standing, policy, evaluation, decidedBy, at } = change;
  const given = givenAnew(change);
  const granted = given.refusedFor === null;
  const decidedOn: LocalDate = dateInChina(at);
  return {
    determinationId,
    version: 1,
    ...(standing === undefined ? {} : { previous: standing.determinationId }),
    reviewId: standing?.reviewId ?? null,
    applicationId: standing?.applicationId ?? null,
    householdId: roster.household.householdId,
    ...given,
    policyVersion: evaluation.policyVersion,
    evaluatedOn: evaluation.date,
    decidedOn,
    payableFrom: granted ? firstOfNextMonth(decidedOn) : null,
    recordedAt: at,
    confirmedBy: decidedBy,
    seen: seenOn(roster.household, policy, evaluation.date),
    evaluationHash: evaluationHashOf(digest, evaluation),
    workingDaysUsed: 0,
    change: {
      cause,
      state: stateOf(standing, { ...given, granted }),
    },
  };
};
