import type { TestInput, TestLine } from '../../../../domain/eligibility/evaluation.ts';
import { yuan } from '../household-builder.ts';
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
  worker,
} from './traced-family.ts';

/* What is expected of the tests of extreme hardship, of each member. */

const grounds = (age: number): TestInput[] => [derived('age', age, 'years'), derived('tier.present', 'NONE', 'tier')];

const workCapacity = {
  code: 'extreme-hardship.work-capacity',
  tier: 'EXTREME_HARDSHIP',
  comparison: 'any-of',
  unit: 'grounds',
  threshold: lineAt('extreme-hardship.age_from', 60, 'years'),
  distance: null,
  citation: cited('extreme-hardship.age_from', 'extreme-hardship.disabilities'),
  cause: null,
} as const;
const personalIncome = {
  code: 'extreme-hardship.income',
  tier: 'EXTREME_HARDSHIP',
  comparison: '<',
  unit: 'fen-per-month',
  threshold: atStandard(),
  citation: overStandard('extreme-hardship.income_comparison'),
  cause: null,
} as const;
const supporters = {
  code: 'extreme-hardship.supporters',
  tier: 'EXTREME_HARDSHIP',
  comparison: '<=',
  unit: 'persons',
  threshold: lineAt('extreme-hardship.supporters_at_most', 0, 'persons'),
  citation: cited('extreme-hardship.supporters_at_most'),
  cause: null,
} as const;
const incomeOf = (total: number): TestInput[] => [
  derived('income.total', total, 'fen-per-12-months'),
  derived('members.counted', 1, 'persons'),
  ofPack('extreme-hardship.income_of', inForce('extreme-hardship.income_of')),
];

export const ofWorker: TestLine[] = [
  {
    ...workCapacity,
    subject: worker,
    measured: 'none',
    inputs: grounds(46),
    result: 'fail',
    wouldChange: { name: 'disability', becomes: 'listed for extreme hardship' },
  },
  {
    ...personalIncome,
    subject: worker,
    measured: 50_000,
    inputs: [factOf('income.wages', worker, yuan(6_000)), ...incomeOf(yuan(6_000))],
    result: 'fail',
    distance: -400,
    wouldChange: { name: 'per-capita-income', below: 49_600 },
  },
  {
    ...supporters,
    subject: worker,
    measured: null,
    inputs: [],
    result: 'not-applicable',
    distance: null,
    wouldChange: null,
  },
];
export const ofParent: TestLine[] = [
  { ...workCapacity, subject: parent, measured: 'aged 76', inputs: grounds(76), result: 'pass', wouldChange: null },
  {
    ...personalIncome,
    subject: parent,
    measured: 5_000,
    inputs: [factOf('income.other', parent, yuan(600)), ...incomeOf(yuan(600))],
    result: 'pass',
    distance: 44_600,
    wouldChange: { name: 'per-capita-income', atLeast: 49_600 },
  },
  {
    ...supporters,
    subject: parent,
    measured: 0,
    inputs: [factOf('supporters.capable', parent, 0)],
    result: 'pass',
    distance: 0,
    wouldChange: { name: 'supporters.capable', atLeast: 1 },
  },
];
export const certificate = factOf('disability', child, 'visual 2');
export const ofChild: TestLine[] = [
  {
    ...workCapacity,
    subject: child,
    measured: 'minor of 11',
    inputs: [certificate, ...grounds(11)],
    result: 'pass',
    wouldChange: null,
  },
  {
    ...personalIncome,
    subject: child,
    measured: 0,
    inputs: incomeOf(0),
    result: 'pass',
    distance: 49_600,
    wouldChange: { name: 'per-capita-income', atLeast: 49_600 },
  },
  {
    ...supporters,
    subject: child,
    measured: 1,
    inputs: [derived('supporter.at_home', worker, 'person')],
    result: 'fail',
    distance: -1,
    wouldChange: { name: 'supporters.capable', below: 1 },
  },
];
export const selfCare: TestLine = {
  code: 'extreme-hardship.self-care',
  tier: 'EXTREME_HARDSHIP',
  subject: parent,
  comparison: 'any-of',
  measured: 'partial',
  unit: 'grade',
  inputs: [factOf('self-care.failed', parent, 2)],
  threshold: lineAt('self-care.total_from', 4, 'indicators-of-six'),
  result: 'pass',
  distance: 2,
  citation: cited('self-care.total_from'),
  wouldChange: null,
  cause: null,
};
