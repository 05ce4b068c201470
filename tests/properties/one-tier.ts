import type { Evaluation, TestLine } from '../../domain/eligibility/evaluation.ts';
import { type HouseholdTier, householdTiers } from '../../domain/eligibility/tiers.ts';

/** The rating sets the grade of care and opens no tier. */
const opensNoTier = 'extreme-hardship.self-care';

/** The tests that a household has to pass for a tier, read from its trace alone. */
const testsFor = (tests: readonly TestLine[], tier: HouseholdTier): readonly TestLine[] => {
  // In a grace period the income line of the allowance is not asked (D22 1(3)).
  const isBridged = tests.some(
    ({ code, result }) => code === 'mla.grace' && (result === 'pass' || result === 'unknown'),
  );
  return tests.filter(
    (line) => line.tier === tier && line.code !== opensNoTier && !(isBridged && line.code === 'mla.income'),
  );
};

type Standing = 'holds' | 'fails' | 'open';
const together = (lines: readonly TestLine[]): Standing => {
  const results = lines.map(({ result }) => result);
  if (results.includes('fail') || results.length === 0) return 'fails';
  return results.includes('unknown') ? 'open' : 'holds';
};
const standingIn = (tests: readonly TestLine[], tier: HouseholdTier): Standing => together(testsFor(tests, tier));

const itemTiers: Readonly<Record<string, HouseholdTier>> = {
  'minimum-living-allowance': 'MINIMUM_LIVING_ALLOWANCE',
  'minimum-living-allowance.single-person-entry': 'MARGINAL',
};

/** How someone's own tests of extreme hardship stand, with the property limits of the household. */
const hardshipOf = (tests: readonly TestLine[], personId: string): Standing => {
  const ofTier = testsFor(tests, 'EXTREME_HARDSHIP');
  const own = ofTier.filter(({ subject }) => subject === personId);
  const property = ofTier.filter(({ code }) => code.includes('.property.'));
  return own.length === 0 ? 'fails' : together([...own, ...property]);
};

const memberFaults = ({ memberTiers, tests }: Evaluation): readonly string[] =>
  memberTiers.flatMap(({ personId, tier }, place) =>
    (tier === 'EXTREME_HARDSHIP') === (hardshipOf(tests, personId) === 'holds')
      ? []
      : [`member ${place} has the tier ${tier}, and the member's own tests say otherwise`],
  );

const paymentFaults = ({ entitlements, householdTier, memberTiers }: Evaluation): readonly string[] => {
  const seen = new Set<string>();
  return entitlements.flatMap(({ item, personId, amount }) => {
    const place = memberTiers.findIndex((member) => member.personId === personId);
    const isOfTier = item.startsWith('extreme-hardship.')
      ? memberTiers[place]?.tier === 'EXTREME_HARDSHIP'
      : itemTiers[item] === householdTier;
    const key = `${item} ${place}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isOfTier && isNew && amount > 0 ? [] : [`${item} of ${amount} is paid in ${householdTier}, member ${place}`];
  });
};

const tierFaults = ({ status, householdTier, tests }: Evaluation): readonly string[] => {
  const found = householdTiers.indexOf(householdTier);
  const wanted = status === 'decided' ? 'fails' : 'open';
  const above = householdTiers.slice(0, found).flatMap((tier) => {
    const standing = standingIn(tests, tier);
    return standing === 'fails' || standing === wanted ? [] : [`${tier} ${standing}, and ${householdTier} was found`];
  });
  const own = householdTier === 'NONE' ? 'holds' : standingIn(tests, householdTier);
  return own === 'holds' ? above : [...above, `${householdTier} was found, and ${own}`];
};

/** Whether the tier that was found, and each member's own, would stand whatever else came to be known: only amounts may be open. */
export const isTierSure = ({ tests, householdTier, memberTiers }: Evaluation): boolean =>
  householdTiers.slice(0, householdTiers.indexOf(householdTier)).every((tier) => standingIn(tests, tier) === 'fails') &&
  memberTiers.every(({ personId }) => hardshipOf(tests, personId) !== 'open');

/**
 * What is wrong with the tier of an evaluation by its own trace: it is to be one tier, the first whose tests all hold; in each tier
 * above a test fails (or, while nothing can be decided, is open); members and payments are to follow from it.
 */
export const tierFaultsOf = (evaluation: Evaluation): readonly string[] => {
  const { tests, status, householdTier, entitlements } = evaluation;
  if (tests.length === 1) {
    return householdTier === 'NONE' && entitlements.length === 0 ? [] : [`${householdTier} without a test`];
  }
  const paid =
    status === 'cannot-decide' && entitlements.length > 0 ? ['something is paid though nothing is decided'] : [];
  return [...tierFaults(evaluation), ...memberFaults(evaluation), ...paymentFaults(evaluation), ...paid];
};
