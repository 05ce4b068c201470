import type { Application } from '../applications/application.ts';
import { type CatalogueItem, versionsInForce } from '../catalogue/catalogue.ts';
import { openItems } from '../catalogue/items.ts';
import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import type { Determination } from '../determinations/determination.ts';
import { householdSeen } from '../determinations/seen.ts';
import { newestFacts } from '../disclosure/newest-facts.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import type { Fact } from '../facts/fact.ts';
import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { isAdverse } from '../policy-versions/change-determination.ts';
import { decidingDepartment, needsOf } from '../referrals/plan-referrals.ts';
import { type Grant, grantOf } from '../reviews/grant.ts';
import type { AlertEvidence } from './alert.ts';
import type { DecisionTrigger } from './alert-rule.ts';
import { alertRulesOn } from './alert-rules-on.ts';
import { evidenceOf, type Fired, markOf, substanceOf } from './fired.ts';

/** What a decision is held against: what stands, by which policy, what was asked for, and what the rules give now. */
export interface DecisionCase {
  readonly standing: Determination;
  /** The version of the policy that the standing decision was made by. */
  readonly standingPolicy: PolicyPack;
  readonly application: Pick<Application, 'consentToNextTier'> | undefined;
  readonly household: Household;
  readonly policy: PolicyPack;
  readonly evaluation: Evaluation;
}

interface Found {
  readonly trigger: DecisionTrigger;
  readonly persons: readonly PersonId[];
  readonly substance: unknown;
}

type Decided = Pick<Determination, 'tier' | 'memberTiers' | 'entitlements'>;

const substanceOfDecision = ({ tier, memberTiers, entitlements }: Decided | Grant): unknown => [
  tier,
  memberTiers.map((member) => [member.personId, member.tier]),
  entitlements.map(({ item, personId, amount, period }) => [item, personId, amount, period]),
];

const leadOf = ({ catalogue }: PolicyPack, date: LocalDate): ReadonlyMap<string, CatalogueItem['leadDepartment']> =>
  new Map(versionsInForce(catalogue, ({ code }) => code, date).map((item) => [item.code, item.leadDepartment]));

/** Items of other departments that open now and did not open with the decision that stands. */
const openedSince = (digest: Digest, decided: DecisionCase, grant: Grant) => {
  const { standing, standingPolicy, household, policy, evaluation } = decided;
  const planned = new Set(needsOf(digest, standing, standingPolicy).map(({ item, personId }) => `${item} ${personId}`));
  const leads = leadOf(policy, evaluation.date);
  const granted = {
    status: evaluation.status,
    householdTier: grant.tier,
    memberTiers: grant.memberTiers,
    entitlements: grant.entitlements,
  };
  return openItems(granted, household, policy, evaluation.date).filter(
    ({ code, personId }) => leads.get(code) !== decidingDepartment && !planned.has(`${code} ${personId}`),
  );
};

const isSameDecision = (one: Decided | Grant, other: Decided | Grant): boolean =>
  JSON.stringify(substanceOfDecision(one)) === JSON.stringify(substanceOfDecision(other));

const foundIn = (digest: Digest, decided: DecisionCase): Found | null => {
  const { standing, evaluation, application } = decided;
  if (evaluation.status === 'cannot-decide') {
    const causes = evaluation.tests.flatMap(({ code, cause }) => (cause === null ? [] : [[code, cause]]));
    return { trigger: 'cannot-decide', persons: [], substance: causes };
  }
  const grant = grantOf(evaluation, application ?? { consentToNextTier: true });
  const entitlements = grant.entitlements.map(({ item, personId, amount, period }) => ({
    item,
    personId,
    amount,
    period,
  }));
  const substance = substanceOfDecision(grant);
  if (isAdverse(standing, { tier: grant.tier, memberTiers: [...grant.memberTiers], entitlements }))
    return { trigger: 'may-no-longer-qualify', persons: [], substance };
  if (!isSameDecision(standing, grant)) return { trigger: 'may-qualify', persons: [], substance };
  const items = openedSince(digest, decided, grant);
  if (items.length === 0) return null;
  const persons = new Set(items.flatMap(({ personId }) => (personId === null ? [] : [personId])));
  const opened = items.map(({ code, personId }) => [code, personId]);
  return { trigger: 'item-opens', persons: [...persons], substance: opened };
};

const keyOf = ({ kind, subject }: Fact): string => `${kind} ${subject}`;

/** The facts that say something else than what the standing decision saw, or were not there. */
const changedSince = ({ standing, household }: DecisionCase): readonly AlertEvidence[] => {
  const seen = new Map(householdSeen(standing).facts.map((fact) => [keyOf(fact), JSON.stringify(substanceOf(fact))]));
  return newestFacts(household.facts)
    .filter((fact) => seen.get(keyOf(fact)) !== JSON.stringify(substanceOf(fact)))
    .map((fact) => evidenceOf(fact, household));
};

/**
 * What the rules would decide otherwise than the decision that stands: less, more, the same with an item of another department that has
 * opened since, or nothing because they cannot. At most one of them; null where nothing differs.
 */
export const firedDecision = (digest: Digest, decided: DecisionCase): Fired | null => {
  const { standing, policy, evaluation } = decided;
  if (evaluation.date < policy.coversFrom) return null;
  const found = foundIn(digest, decided);
  const rule = found === null ? undefined : alertRulesOn(policy, evaluation.date).decisions.get(found.trigger);
  if (found === null || rule === undefined) return null;
  return {
    rule,
    persons: found.persons,
    evidence: changedSince(decided),
    mark: markOf(digest, rule, [standing.determinationId, found.substance]),
  };
};
