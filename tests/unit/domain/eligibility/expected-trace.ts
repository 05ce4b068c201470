import type { TestLine } from '../../../../domain/eligibility/evaluation.ts';
import { propertyLimitOn } from '../../../../domain/policy/look-up.ts';
import { assetKinds, type PropertyTier } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { householdId, today, yuan } from '../household-builder.ts';
import { certificate, ofChild, ofParent, ofWorker, selfCare } from './expected-hardship-trace.ts';
import {
  atStandard,
  child,
  cited,
  derived,
  factOf,
  inForce,
  lineAt,
  ofPack,
  overStandard,
  parent,
  standard,
  worker,
} from './traced-family.ts';

const ownIncome = [
  factOf('income.wages', worker, yuan(6_000)),
  factOf('income.other', parent, yuan(600)),
  derived('income.total', yuan(6_600), 'fen-per-12-months'),
  derived('members.counted', 3, 'persons'),
];
const householdLine = { subject: householdId, cause: null } as const;

const owned = { financial: yuan(1_000), dwellings: 1, vehicles: 0, businesses: 0, 'non-residential': 0 } as const;
/** The five property tests of a tier: money against 24 months of the urban standard a head, all else in pieces. */
const propertyOf = (tier: PropertyTier, prefix: string): TestLine[] =>
  assetKinds.map((asset) => {
    const name = asset.slice('asset.'.length) as keyof typeof owned;
    const isMoney = name === 'financial';
    const dated = propertyLimitOn(shanxiPack, tier, asset, today);
    if (dated === null) throw new Error(`the pack has no limit of ${asset}`);
    const limit = isMoney ? 24 * 62_800 * 3 : name === 'dwellings' ? 1 : 0;
    const unit = isMoney ? 'fen' : 'pieces';
    const months = { value: 24, unit: 'months', validFrom: standard('urban').validFrom };
    return {
      ...householdLine,
      code: `${prefix}.property.${name}`,
      tier,
      comparison: '<=',
      measured: owned[name],
      unit,
      inputs: isMoney
        ? [
            factOf(asset, householdId, owned[name]),
            derived('members.counted', 3, 'persons'),
            ofPack('mla.standard.urban', standard('urban')),
            ofPack('property.months_of_standard', months),
          ]
        : [factOf(asset, householdId, owned[name])],
      threshold: {
        parameter: `property.${tier}.${asset}`,
        value: limit,
        unit,
        validFrom: dated.validFrom,
        basis: dated.basis,
      },
      result: 'pass',
      distance: limit - owned[name],
      citation: dated.citation,
      wouldChange: { name: asset, atLeast: limit + 1 },
    };
  });

const perHead = {
  ...householdLine,
  comparison: '<',
  measured: 18_333,
  unit: 'fen-per-month',
  result: 'pass',
} as const;
const allowance: TestLine[] = [
  {
    ...perHead,
    code: 'mla.income',
    tier: 'MINIMUM_LIVING_ALLOWANCE',
    inputs: [
      ...ownIncome,
      ofPack('standard.division', {
        value: standard('rural').division,
        unit: 'division',
        validFrom: standard('rural').validFrom,
      }),
    ],
    threshold: atStandard(),
    distance: 49_600 - 18_333,
    citation: overStandard('mla.income_comparison'),
    wouldChange: { name: 'per-capita-income', atLeast: 49_600 },
  },
  {
    ...householdLine,
    code: 'mla.grace',
    tier: 'ALLOWANCE_AMOUNT',
    comparison: '<',
    measured: 3,
    unit: 'completed-months',
    inputs: [factOf('employment.started-on', worker, '2026-08-24'), factOf('allowance.paid', householdId, yuan(700))],
    threshold: lineAt('grace.max_months', 6, 'completed-months'),
    result: 'pass',
    distance: 3,
    citation: cited('grace.max_months'),
    wouldChange: null,
  },
];
const margin: TestLine = {
  ...perHead,
  code: 'marginal.income',
  tier: 'MARGINAL',
  inputs: [
    ...ownIncome,
    ofPack('mla.standard.rural', standard('rural')),
    ofPack('marginal.multiple', inForce('marginal.multiple')),
  ],
  threshold: lineAt('marginal.multiple', 74_400, 'fen-per-month'),
  distance: 74_400 - 18_333,
  citation: overStandard('marginal.income_comparison'),
  wouldChange: { name: 'per-capita-income', atLeast: 74_400 },
};
const entryKind = {
  code: 'single-person-entry.condition',
  tier: 'SINGLE_PERSON_ENTRY',
  comparison: 'any-of',
  unit: 'grounds',
  threshold: null,
  distance: null,
  citation: cited('single-entry.disabilities', 'single-entry.major_illness'),
  cause: null,
} as const;
const needsDisability = { name: 'disability', becomes: 'listed for single-person entry' };
const entry: TestLine[] = [
  { ...entryKind, subject: worker, measured: 'none', inputs: [], result: 'fail', wouldChange: needsDisability },
  { ...entryKind, subject: parent, measured: 'none', inputs: [], result: 'not-applicable', wouldChange: null },
  {
    ...entryKind,
    subject: child,
    measured: 'visual 2, major illness',
    inputs: [certificate, factOf('illness.major', child, true)],
    result: 'pass',
    wouldChange: null,
  },
];
const ceiling: TestLine = {
  ...householdLine,
  code: 'rigid.income',
  tier: 'RIGID_EXPENDITURE',
  comparison: '<',
  measured: 220_000,
  unit: 'fen-per-12-months',
  inputs: ownIncome,
  threshold: lineAt('rigid.ceiling.rural', yuan(17_677), 'fen-per-12-months'),
  result: 'pass',
  distance: yuan(17_677) - 220_000,
  citation: `${cited('rigid.income_comparison')}; ceiling: ${cited('rigid.ceiling.rural')}`,
  wouldChange: { name: 'per-capita-income', atLeast: yuan(17_677) },
};
const ratio: TestLine = {
  ...householdLine,
  code: 'rigid.ratio',
  tier: 'RIGID_EXPENDITURE',
  comparison: '>',
  measured: yuan(950),
  unit: 'fen-per-12-months',
  inputs: [
    factOf('expenditure.medical', householdId, yuan(900)),
    factOf('expenditure.education', householdId, yuan(50)),
    ...ownIncome.slice(0, 2),
    derived('spending.total', yuan(950), 'fen-per-12-months'),
    derived('income.total', yuan(6_600), 'fen-per-12-months'),
    ofPack('rigid.ratio', inForce('rigid.ratio')),
  ],
  threshold: lineAt('rigid.ratio', yuan(5_280), 'fen-per-12-months'),
  result: 'fail',
  distance: yuan(5_280) - yuan(950),
  citation: `${cited('rigid.ratio_comparison')}; ratio: ${cited('rigid.ratio')}`,
  wouldChange: { name: 'rigid-spending', atLeast: yuan(5_280) + 1 },
};
const exit: TestLine = {
  ...householdLine,
  code: 'other.exit',
  tier: 'OTHER_LOW_INCOME',
  comparison: '<',
  measured: 1,
  unit: 'completed-years',
  inputs: [factOf('exit.on', householdId, '2025-11-23')],
  threshold: lineAt('watchlist.exit_years', 2, 'years'),
  result: 'pass',
  distance: 1,
  citation: cited('watchlist.exit_years'),
  wouldChange: null,
};
const refusal: TestLine = {
  code: 'mla.work-refusal',
  tier: 'ALLOWANCE_AMOUNT',
  subject: worker,
  comparison: '<',
  measured: 3,
  unit: 'refusals',
  inputs: [factOf('work.refusals', worker, 3)],
  threshold: lineAt('work_refusal.count', 3, 'refusals'),
  result: 'fail',
  distance: 0,
  citation: cited('work_refusal.count'),
  wouldChange: { name: 'work.refusals', below: 3 },
  cause: null,
};
const overlay: TestLine = {
  ...householdLine,
  code: 'monitoring.poverty-return',
  tier: 'OVERLAY',
  comparison: 'any-of',
  measured: 'at-risk',
  unit: 'kind',
  inputs: [factOf('monitoring.poverty-return', householdId, 'at-risk')],
  threshold: null,
  result: 'pass',
  distance: null,
  citation: 'D39 section 4',
  wouldChange: null,
};

/** Every line of the trace of this family, in order: what it is about, and the lines. */
export const trace: readonly (readonly [string, readonly TestLine[]])[] = [
  ["the worker's own hardship (D43 articles 4 to 8)", ofWorker],
  ["the old parent's", ofParent],
  ["the child's, whom the worker at home is able to support (D43 article 8)", ofChild],
  ['the property of extreme hardship', propertyOf('EXTREME_HARDSHIP', 'extreme-hardship')],
  ['the rating of self-care, of the parent alone (D43 articles 21 and 22)', [selfCare]],
  ['the income of the allowance and its grace period (D14 article 9, D22 1(3))', allowance],
  ['the property of the allowance (D57 article 14)', propertyOf('MINIMUM_LIVING_ALLOWANCE', 'mla')],
  ['the income of a marginal household (D57 article 8)', [margin]],
  ['the property of a marginal household', propertyOf('MARGINAL', 'marginal')],
  ['single-person entry, for illness and disability (D57 article 8)', entry],
  ['the ceiling of rigid expenditure (DRE article 4)', [ceiling]],
  ['the property of rigid expenditure', propertyOf('RIGID_EXPENDITURE', 'rigid')],
  ['the ratio of rigid spending (DRE article 4)', [ratio]],
  ['the watch list of two years (DN24)', [exit]],
  ['refusals of work (D57 article 34)', [refusal]],
  ['the poverty-return overlay (D39 section 4)', [overlay]],
];
