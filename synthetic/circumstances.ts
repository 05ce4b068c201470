import { type LocalDate, plusDays } from '../domain/dates.ts';
import { Fact } from '../domain/facts/fact.ts';
import type { FactKind } from '../domain/facts/fact-kinds.ts';
import type { Household } from '../domain/households/household.ts';
import type { HouseholdId, PersonId } from '../domain/ids.ts';
import { type Earned, incomesOf } from './incomes.ts';
import type { Sketch } from './people.ts';
import type { Profile, Sort } from './profiles.ts';
import type { Circumstance } from './provenance.ts';
import type { Random } from './random.ts';

/** What a household's circumstances are drawn from. `standard` is its own allowance standard in fen a month. */
export interface Setting {
  readonly sort: Sort;
  readonly profile: Profile;
  readonly people: readonly Sketch[];
  readonly settlement: Household['settlement'];
  readonly standard: number;
  readonly householdId: HouseholdId;
  readonly personIds: readonly PersonId[];
  readonly evaluatedOn: LocalDate;
}

const yuan = 100;

/** Income of the whole household in twelve months; the middle of the sort's range is likelier than its ends. */
const totalIncome = (random: Random, { profile, standard, people }: Setting): number => {
  const [low, high] = profile.income;
  const multiple = low + ((high - low) * (random.share() + random.share())) / 2;
  return Math.floor(standard * multiple) * 12 * people.length;
};

type Known = readonly (readonly [FactKind, unknown])[];

/** Whether the rules may ask who could support this member: the old, children, and people with a disability. */
const needsSupport = ({ age, disability }: Sketch): boolean => age >= 58 || age < 18 || disability !== null;

const capableSupporters = (random: Random): number =>
  random.weighted([
    [1, 6],
    [2, 3],
    [3, 1],
  ]);

const failedIndicators = (random: Random): number =>
  random.weighted([
    [0, 70],
    [random.integer(1, 3), 20],
    [random.integer(4, 6), 10],
  ]);

const ofPerson = (random: Random, sort: Sort, person: Sketch): Known => {
  const inHardship = sort === 'extreme-hardship';
  return [
    ...(person.disability === null ? [] : [['disability', person.disability] as const]),
    ...(person.ill ? [['illness.major', true] as const] : []),
    ...(needsSupport(person) ? [['supporters.capable', inHardship ? 0 : capableSupporters(random)] as const] : []),
    ...(inHardship ? [['self-care.failed', failedIndicators(random)] as const] : []),
  ];
};

/** Property within every limit of the pack: some savings, at most one dwelling, nothing else. */
const property = (random: Random, heads: number): Known => [
  ['asset.financial', random.integer(0, 45) * 200 * yuan * heads],
  ['asset.dwellings', random.chance(0.92) ? 1 : 0],
  ['asset.vehicles', 0],
  ['asset.businesses', 0],
  ['asset.non-residential', 0],
];

const earnedInAll = (incomes: readonly Earned[]): number =>
  incomes.reduce((sum, { kind, amount }) => (kind === 'income.exempt' ? sum : sum + amount), 0);

/**
 * Spending with receipts. Where it makes a household's tier it eats 85 to 220 % of the income; elsewhere it stays well below the
 * ratio of rigid expenditure (80 %).
 */
const spending = (random: Random, { sort, people }: Setting, income: number): Known => {
  const wholeYuan = (amount: number): number => Math.floor(amount / yuan) * yuan;
  const isRigid = sort === 'rigid-expenditure';
  const isIll = people.some(({ ill }) => ill);
  const schoolchildren = people.filter(({ student }) => student).length;
  const eaten = wholeYuan((income * random.integer(85, 220)) / 100) + yuan;
  const hospital = Math.min(random.integer(10, 120) * 100 * yuan, wholeYuan(income / 4));
  const school = Math.min(schoolchildren * random.integer(4, 40) * 100 * yuan, wholeYuan(income / 5));
  const medical = isRigid ? eaten : isIll ? hospital : 0;
  return [
    ...(medical > 0 ? [['expenditure.medical', medical] as const] : []),
    ...(school > 0 ? [['expenditure.education', school] as const] : []),
  ];
};

/** The day a household of the watch list left the allowance: less than two years before it was looked at again. */
const exit = (random: Random, { sort, evaluatedOn }: Setting): Known =>
  sort === 'watch-list' ? [['exit.on', plusDays(evaluatedOn, -random.integer(60, 690))]] : [];

const about = (subject: PersonId | HouseholdId | undefined, known: Known): Circumstance[] => {
  if (subject === undefined) throw new RangeError('a member has no id');
  return known.map(([kind, value]) => ({ kind, subject, value: Fact.shape.value.parse(value) }));
};

/** Everything that is true of a household and its members, without saying yet where it is known from. */
export const circumstancesOf = (random: Random, setting: Setting): readonly Circumstance[] => {
  const { people, settlement, personIds, householdId, sort } = setting;
  const incomes = incomesOf(random, people, settlement, totalIncome(random, setting));
  return [
    ...about(householdId, [
      ...property(random, people.length),
      ...spending(random, setting, earnedInAll(incomes)),
      ...exit(random, setting),
    ]),
    ...people.flatMap((person, index) => about(personIds[index], ofPerson(random, sort, person))),
    ...incomes.flatMap(({ member, kind, amount }) => about(personIds[member], [[kind, amount]])),
  ];
};
