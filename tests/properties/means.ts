import { ageOn } from '../../domain/dates.ts';
import { isCounted } from '../../domain/eligibility/situation.ts';
import { countedIncome } from '../../domain/facts/counted-income.ts';
import { type FactKind, factKindNames, factKinds } from '../../domain/facts/fact-kinds.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import { assetKinds } from '../../domain/policy/policy-pack.ts';
import type { Random } from '../../synthetic/random.ts';
import { dateOf } from './days.ts';
import { anyValue, type Gathering, isTold, tell } from './facts.ts';
import type { Profile } from './profiles.ts';

/** The standards of the household's place, in fen a month. */
export interface Standards {
  readonly standard: number;
  readonly urbanStandard: number;
}

/** Last year's disposable income per head, in fen a year: the ceilings of rigid expenditure that the pack has had. */
const ceilings = { urban: 4_132_700, rural: 1_767_700 } as const;
const near = (random: Random): number => random.pick([-2, -1, 0, 0, 1, 2]);

/** Income of twelve months of all heads together, in fen, crowded at the lines where mistakes hide. */
const incomeOf = (profile: Profile, random: Random, yearly: number, ceiling: number, heads: number): number => {
  if (profile === 'hardship') return random.chance(0.7) ? 0 : random.integer(0, yearly * heads);
  if (profile === 'poor') return random.integer(0, yearly * heads);
  if (profile === 'sick') return random.integer(Math.floor(yearly * 1.4), ceiling) * heads;
  if (profile === 'left' || profile === 'well-off') return random.integer(yearly * heads, ceiling * heads * 2);
  if (profile === 'grace') return random.integer(0, yearly * heads * 2);
  if (profile === 'at-a-line') {
    const line = random.pick([yearly, yearly, yearly * 1.5, yearly * 1.5, ceiling]) * heads;
    return Math.max(0, Math.ceil(line) + near(random));
  }
  return random.integer(0, ceiling * heads);
};

/** Income of one member: spread over one or two kinds. */
const tellIncome = (gathering: Gathering, subject: string, amount: number): void => {
  const { random } = gathering;
  const first = random.pick(countedIncome);
  const second = random.chance(0.2) ? random.pick(countedIncome) : first;
  const part = second === first ? amount : random.integer(0, amount);
  tell(gathering, first, subject, part);
  if (second !== first) tell(gathering, second, subject, amount - part);
  if (random.chance(0.1)) tell(gathering, 'income.exempt', subject, random.integer(0, 300_000));
  if (random.chance(0.12)) tell(gathering, 'income.basic-pension', subject, random.integer(100_000, 250_000));
};

/** What is on file about one person beside income. */
const tellCondition = (gathering: Gathering, { personId, birthDate }: HouseholdMember, profile: Profile): void => {
  const { random, day } = gathering;
  const age = ageOn(birthDate, dateOf(day));
  const isDisabled = random.chance(profile === 'any' ? 0.4 : 0.15);
  if (isDisabled) tell(gathering, 'disability', personId, anyValue('disability', random, day));
  if (random.chance(profile === 'sick' ? 0.4 : 0.12)) tell(gathering, 'illness.major', personId, random.chance(0.8));
  if (profile === 'hardship' || age >= 60 || age < 18 || isDisabled || random.chance(0.1)) {
    if (random.chance(0.97)) tell(gathering, 'self-care.failed', personId, random.integer(0, 6));
    const capable = profile === 'hardship' && random.chance(0.9) ? 0 : random.integer(0, 2);
    if (random.chance(0.93)) tell(gathering, 'supporters.capable', personId, capable);
  }
  if (isDisabled && random.chance(0.2)) {
    tell(gathering, 'income.support-of-disabled-adult', personId, random.integer(0, 600_000));
  }
  if (random.chance(0.02))
    tell(gathering, 'clergy.since', personId, dateOf(day - random.pick([10, 1_095, 1_096, 4_000])));
  if (age >= 16 && age < 25 && random.chance(0.4)) {
    tell(gathering, 'study.stage', personId, anyValue('study.stage', random, day));
  }
  if (random.chance(0.06)) tell(gathering, 'work.refusals', personId, random.pick([0, 1, 2, 3, 3, 4, 9]));
  if (random.chance(profile === 'grace' ? 0.6 : 0.03)) {
    tell(gathering, 'employment.started-on', personId, dateOf(day - random.pick([-3, 0, 30, 180, 181, 184, 185, 400])));
  }
};

/** Tells what each member has and is. */
export const tellMeans = (
  gathering: Gathering,
  household: Household,
  profile: Profile,
  { standard }: Standards,
): void => {
  const { random, day } = gathering;
  const heads = household.members.filter((member) => isCounted(member, dateOf(day)));
  const total = incomeOf(profile, random, standard * 12, ceilings[household.settlement], Math.max(1, heads.length));
  const earner = random.chance(0.7) ? 0 : heads.length - 1;
  const own = heads.length < 2 || random.chance(0.5) ? total : random.integer(0, total);
  const other = heads.length - 1 - earner;
  for (const member of household.members) {
    const place = heads.indexOf(member);
    const amount = place === earner ? own : place === other ? total - own : 0;
    const maySayNothing = amount === 0 && ageOn(member.birthDate, dateOf(day)) < 16;
    if (!maySayNothing || random.chance(0.2)) tellIncome(gathering, member.personId, amount);
    tellCondition(gathering, member, profile);
  }
};

const spendingKinds = ['expenditure.medical', 'expenditure.education', 'expenditure.rehabilitation'] as const;

/** Spending crowded at the ratio of 0.8 of what all members earn. */
const tellSpending = (gathering: Gathering, household: Household, profile: Profile): void => {
  const { random, facts } = gathering;
  if (profile !== 'sick' && !random.chance(0.3)) return;
  const income = facts.reduce(
    (sum, { kind, value }) => (countedIncome.some((each) => each === kind) ? sum + (Number(value) || 0) : sum),
    0,
  );
  const most = profile === 'sick' ? 2 : 1;
  const total = random.chance(0.35)
    ? Math.max(0, Math.ceil(income * 0.8) + near(random))
    : Math.floor(random.share() * most * Math.max(0, income)) + random.integer(0, 50_000);
  const part = random.chance(0.3) ? random.integer(0, total) : total;
  const first = random.pick(spendingKinds);
  tell(gathering, first, household.householdId, part);
  const [second] = spendingKinds.filter((kind) => kind !== first);
  if (part < total && second !== undefined) tell(gathering, second, household.householdId, total - part);
};

/** Property: mostly within every limit; else at the limit, or well above. */
const tellProperty = (gathering: Gathering, household: Household, { urbanStandard }: Standards): void => {
  const { random, day } = gathering;
  const heads = household.members.filter((member) => isCounted(member, dateOf(day))).length;
  const line = 24 * urbanStandard * heads;
  for (const kind of assetKinds) {
    const isModest = random.chance(0.95);
    if (kind === 'asset.financial') {
      const high = random.chance(0.6) ? Math.max(0, line + near(random)) : random.integer(0, line * 2);
      tell(gathering, kind, household.householdId, isModest ? random.integer(0, 100_000) : high);
    } else {
      const modest = kind === 'asset.dwellings' ? random.integer(0, 1) : 0;
      tell(gathering, kind, household.householdId, isModest ? modest : random.integer(0, 3));
    }
  }
};

/** Tells what the household as a whole has, spends and has been. */
export const tellHome = (gathering: Gathering, household: Household, profile: Profile, standards: Standards): void => {
  const { random, day } = gathering;
  const { householdId } = household;
  tellProperty(gathering, household, standards);
  tellSpending(gathering, household, profile);
  if (random.chance(profile === 'left' ? 0.9 : 0.05)) {
    tell(gathering, 'exit.on', householdId, dateOf(day - random.pick([-5, 0, 200, 729, 730, 731, 732, 900])));
  }
  // Never more than one standard: a grace period keeps whatever was paid, and no law yet says that it ends at what those who still
  // share in the allowance could be paid, so somebody in a tier above could be given less.
  if (random.chance(profile === 'grace' ? 0.85 : 0.05)) {
    tell(gathering, 'allowance.paid', householdId, random.integer(0, standards.standard));
  }
  if (random.chance(0.12)) {
    tell(gathering, 'monitoring.poverty-return', householdId, anyValue('monitoring.poverty-return', random, day));
  }
};

/** Kinds that only the catalogue asks about, and whatever is left: now and then of each, rarely all there are. */
export const everythingElse = (gathering: Gathering, household: Household): void => {
  const { random, day } = gathering;
  const share = random.chance(0.005) ? 1 : 0.08;
  const tellOf = (kind: FactKind, subject: string): void => {
    if (share < 1 && !random.chance(share)) return;
    if (isTold(gathering, kind, subject)) return;
    tell(gathering, kind, subject, anyValue(kind, random, day));
  };
  for (const kind of share < 1 ? catalogueKinds : factKindNames) {
    if (factKinds[kind].about === 'household') tellOf(kind, household.householdId);
    else for (const { personId } of household.members) tellOf(kind, personId);
  }
};

const catalogueKinds = [
  'illness.chronic',
  'insurance.basic-medical',
  'study.stage',
  'child.care',
  'work.registered-unemployed',
  'work.union-member',
  'need.legal-aid',
  'need.judicial-aid',
  'housing.condition',
  'extreme-hardship.support-form',
  'event.kind',
] as const satisfies readonly FactKind[];
