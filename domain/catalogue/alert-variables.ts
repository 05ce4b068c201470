import { householdTiers } from '../eligibility/tiers.ts';
import { countedIncome } from '../facts/counted-income.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import { type Readings, readingIn, slotOf } from '../facts/readings.ts';
import type { ConditionContext } from './condition-context.ts';
import type { Cause, ConditionVariable } from './variable.ts';

/** What stands for a share of an income of nothing: more than any share that a rule could ask for. */
const shareOfNothing = 1_000_000;

const medicalSlot = slotOf('expenditure.medical');
const incomeSlots = countedIncome.map(slotOf);

/** The income of twelve months of one of those present, in fen; `undefined` when there may be more than is known. */
const incomeIn = (file: Readings, mayHaveNone: boolean): number | undefined => {
  const readings = incomeSlots.map((slot) => readingIn(file, slot));
  if (readings.some((read) => !read.known && read.problem !== 'not-declared')) return undefined;
  const known = readings.flatMap((read) => (read.known ? [read.fact.value] : []));
  if (known.length === 0 && !mayHaveNone) return undefined;
  return known.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
};

const incomeOf = ({ present, files, settings }: ConditionContext): number | undefined => {
  let sum = 0;
  for (const [index, member] of present.entries()) {
    const adultFrom = Number(settings.on.date.slice(0, 4)) - settings.worksFrom;
    const isMinor = `${adultFrom}${settings.on.date.slice(4)}` < member.birthDate;
    const income = incomeIn(files[index] ?? [], member.fullTimeStudent || isMinor);
    if (income === undefined) return undefined;
    sum += income;
  }
  return sum;
};

/**
 * Medical spending of twelve months in thousandths of the income of twelve months, rounded up: so `> 400` holds for whatever is more than
 * 40 %, by however little, and not for 40 % itself.
 */
const medicalShare = (context: ConditionContext): number | undefined => {
  const read = readingIn(context.home, medicalSlot);
  if (!read.known) return read.problem === 'not-declared' && context.settings.undeclaredSpendingIsNone ? 0 : undefined;
  const spent = typeof read.fact.value === 'number' ? read.fact.value : 0;
  const income = incomeOf(context);
  if (income === undefined) return undefined;
  if (income === 0) return spent === 0 ? 0 : shareOfNothing;
  return Math.min(shareOfNothing, Math.ceil((spent * 1_000) / income));
};

const notSaid = (kind: FactKind) => (): readonly Cause[] => [{ problem: 'not-declared', name: kind, personId: null }];

/** Variables that the rules for alerts brought with them; those under `standing.` are for alerts alone. */
export const alertVariables = {
  'standing.tier': {
    type: 'string',
    unit: 'choice',
    choices: householdTiers,
    read: ({ household }) => household.tier,
    causes: () => [],
    meaning: { zh: '现行认定的困难层次', en: 'the tier by the decision that stands' },
  },
  'household.vehicles': {
    type: 'int',
    unit: 'vehicles',
    fact: 'asset.vehicles',
    absent: undefined,
    meaning: { zh: '机动车数量', en: 'the number of motor vehicles' },
  },
  'household.businesses': {
    type: 'int',
    unit: 'registrations',
    fact: 'asset.businesses',
    absent: undefined,
    meaning: { zh: '市场主体登记数量', en: 'the number of business registrations' },
  },
  'household.medicalShare': {
    type: 'int',
    unit: 'thousandths-of-income',
    read: medicalShare,
    causes: notSaid('expenditure.medical'),
    madeFrom: ['expenditure.medical', ...countedIncome],
    meaning: { zh: '医疗支出占家庭收入的千分比', en: 'medical spending in thousandths of the income' },
  },
  'person.hospitalStay': {
    type: 'int',
    unit: 'fen',
    fact: 'hospital.stay-self-paid',
    absent: 0,
    meaning: { zh: '单次住院个人自付费用', en: 'the self-paid part of one hospital bill' },
  },
} as const satisfies Record<string, ConditionVariable>;
