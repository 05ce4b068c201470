import type { Evaluation, TestInput, TestLine } from '../../domain/eligibility/evaluation.ts';
import type { DecisionLine, PeerDecision } from './decision.ts';

/** Grounds in words: each side says them in its own, so only their result is compared. */
const inWords = ['extreme-hardship.work-capacity', 'single-person-entry.condition'];

const isFact = ({ dataset }: TestInput): boolean => dataset !== 'derived' && dataset !== 'policy';

const factsOf = (line: TestLine): string =>
  line.inputs
    .filter(isFact)
    .map(({ name, value, dataset, asOf }) => `${name}=${value} (${dataset}, ${asOf})`)
    .join(', ');

const told = ({ facts }: DecisionLine): string =>
  facts.map(({ name, value, source, asOf }) => `${name}=${value} (${source}, ${asOf})`).join(', ');

const lineDifferences = (ours: TestLine, theirs: DecisionLine): string[] => {
  const differences: string[] = [];
  const compare = (what: string, our: unknown, their: unknown): void => {
    if (our !== their)
      differences.push(`${ours.code} of ${ours.subject}: ${what} ${String(our)}, not ${String(their)}`);
  };
  compare('code', ours.code, theirs.code);
  compare('subject', ours.subject, theirs.subject);
  compare('result', ours.result, theirs.result);
  compare('threshold', ours.threshold?.value ?? null, theirs.threshold);
  if (!inWords.includes(ours.code)) compare('measured', ours.measured, theirs.measured);
  compare('facts', factsOf(ours), told(theirs));
  return differences;
};

/** What a household is paid each month for its tier and its members': the items every peer reckons. */
const paid = ({ entitlements }: Evaluation): number =>
  entitlements
    .filter(({ item }) => item.startsWith('minimum-living-allowance') || item.startsWith('extreme-hardship.'))
    .reduce((sum, { amount }) => sum + amount, 0);

const tiersOf = (tiers: readonly { readonly personId: string; readonly tier: string }[]): string =>
  tiers.map(({ personId, tier }) => `${personId} ${tier}`).join(', ');

/**
 * In what a peer's decision differs from Hearth's: status, tiers, amount, and every test with what was measured, the threshold, the
 * result and the facts used. Empty when they agree.
 */
export const differencesBetween = (ours: Evaluation, theirs: PeerDecision): readonly string[] => {
  const whole = [
    ['status', ours.status, theirs.status],
    ['tier', ours.householdTier, theirs.householdTier],
    ['member tiers', tiersOf(ours.memberTiers), tiersOf(theirs.memberTiers)],
    ['income per head', ours.perCapitaMonthlyIncome, theirs.perCapitaMonthlyIncome],
    ['amount', paid(ours), theirs.amount],
    ['number of tests', ours.tests.length, theirs.tests.length],
  ] as const;
  return [
    ...whole.flatMap(([what, our, their]) => (our === their ? [] : [`${what}: ${our}, not ${their}`])),
    ...ours.tests.flatMap((line, index) => {
      const other = theirs.tests[index];
      return other === undefined ? [] : lineDifferences(line, other);
    }),
  ];
};
