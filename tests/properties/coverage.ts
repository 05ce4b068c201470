import { openItems } from '../../domain/catalogue/items.ts';
import type { TestLine } from '../../domain/eligibility/evaluation.ts';
import { householdTiers } from '../../domain/eligibility/tiers.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { otherPack } from './packs.ts';
import type { Made } from './properties.ts';
import { worsenings } from './worsenings.ts';

const problems = ['not-declared', 'stale', 'wrong-unit', 'wrong-value'] as const;

/** What has to be met at least once, or the run has shown nothing about it. */
export const mustBeMet: readonly string[] = [
  ...householdTiers.map((tier) => `tier: ${tier}`),
  'nobody can decide',
  'before the pack begins',
  'no standard for the place',
  'nobody to count',
  'a member in extreme hardship in another tier',
  'single-person entry',
  'kept by a grace period',
  'share cut for refusing work',
  'on the poverty-return list',
  'another pack',
  'nine members or more',
  'income exactly at a line',
  'property exactly at a limit',
  'spending exactly at the ratio',
  'items kept apart by an exclusion',
  ...problems.map((problem) => `fact ${problem}`),
  ...worsenings.map(({ name }) => `worse: ${name}`),
  ...['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'].map(
    (tier) => `smallest change: ${tier}`,
  ),
];

const settled: Readonly<Record<string, string>> = {
  'policy.policy': 'before the pack begins',
  'policy.standard': 'no standard for the place',
  'household.members': 'nobody to count',
};

const withoutExclusions = new WeakMap<PolicyPack, PolicyPack>();
const unexcluded = (policy: PolicyPack): PolicyPack => {
  const known = withoutExclusions.get(policy);
  if (known !== undefined) return known;
  const pack = { ...policy, exclusions: [] };
  withoutExclusions.set(policy, pack);
  return pack;
};

/** Items cost more than the rest, so what exclusions keep apart is looked for in some households only. */
const perLook = 40;

const countItems = ({ made, evaluation, count }: Made): void => {
  if (made.index % perLook !== 0) return;
  const { household, policy, date } = made;
  const open = openItems(evaluation, household, policy, date);
  if (openItems(evaluation, household, unexcluded(policy), date).length > open.length) {
    count('items kept apart by an exclusion');
  }
};

const countLine = ({ code, result, distance, cause, inputs }: TestLine, count: Made['count']): void => {
  if (distance === 0) {
    if (code.endsWith('.income')) count('income exactly at a line');
    else if (code.includes('.property.')) count('property exactly at a limit');
    else if (code === 'rigid.ratio') count('spending exactly at the ratio');
  }
  if (code === 'mla.work-refusal' && result === 'fail') count('share cut for refusing work');
  if (code === 'mla.grace' && result === 'pass' && inputs.length > 0) count('kept by a grace period');
  for (const problem of problems) if (cause?.includes(problem)) count(`fact ${problem}`);
};

/** Counts what one household has met. */
export const countCoverage = (all: Made): void => {
  const { made, evaluation, count } = all;
  const { status, householdTier, tests, memberTiers } = evaluation;
  const settling = settled[tests[0]?.code ?? ''];
  if (settling !== undefined) {
    count(settling);
    return;
  }
  count(status === 'decided' ? `tier: ${householdTier}` : 'nobody can decide');
  if (made.policy === otherPack) count('another pack');
  if (made.household.members.length > 8) count('nine members or more');
  if (evaluation.povertyReturnMonitoring !== null) count('on the poverty-return list');
  if (memberTiers.some(({ tier }) => tier === 'SINGLE_PERSON_ENTRY')) count('single-person entry');
  if (householdTier !== 'EXTREME_HARDSHIP' && memberTiers.some(({ tier }) => tier === 'EXTREME_HARDSHIP')) {
    count('a member in extreme hardship in another tier');
  }
  for (const line of tests) countLine(line, count);
  countItems(all);
};
