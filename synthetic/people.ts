import { type LocalDate, plusDays } from '../domain/dates.ts';
import type { HouseholdMember } from '../domain/households/household.ts';
import type { Disability } from '../domain/people/disability.ts';
import type { Profile, Sort } from './profiles.ts';
import type { Random } from './random.ts';

/** A member before ids and facts: who it is in the household, how old, and what is the matter with him or her. */
export interface Sketch {
  readonly relation: HouseholdMember['relation'];
  readonly age: number;
  readonly sex: HouseholdMember['sex'];
  readonly birthDate: LocalDate;
  readonly student: boolean;
  readonly disability: Disability | null;
  readonly ill: boolean;
}

type Relation = HouseholdMember['relation'];
/** A form a household can have: its members, and how old the applicant is. */
interface Form {
  readonly relations: readonly Relation[];
  readonly age: readonly [number, number];
}
const form = (from: number, to: number, ...others: Relation[]): Form => ({
  relations: ['applicant', ...others],
  age: [from, to],
});

/** Forms by size, with weights [assumption]: old people alone, couples, grandparents with grandchildren, families. */
const forms: readonly (readonly (readonly [Form, number])[])[] = [
  [
    [form(64, 90), 0.6],
    [form(46, 59), 0.28],
    [form(24, 45), 0.12],
  ],
  [
    [form(62, 84, 'spouse'), 0.42],
    [form(44, 61, 'spouse'), 0.2],
    [form(28, 48, 'child'), 0.16],
    [form(63, 80, 'child'), 0.12],
    [form(62, 74, 'grandchild'), 0.1],
  ],
  [
    [form(28, 52, 'spouse', 'child'), 0.6],
    [form(42, 56, 'spouse', 'parent'), 0.14],
    [form(30, 48, 'child', 'child'), 0.14],
    [form(62, 74, 'spouse', 'grandchild'), 0.12],
  ],
  [
    [form(29, 46, 'spouse', 'child', 'child'), 0.6],
    [form(34, 52, 'spouse', 'child', 'parent'), 0.4],
  ],
  [
    [form(32, 48, 'spouse', 'child', 'child', 'parent'), 0.6],
    [form(32, 44, 'spouse', 'child', 'child', 'child'), 0.25],
    [form(34, 48, 'spouse', 'child', 'child', 'parent', 'parent'), 0.15],
  ],
];
const alone = { old: form(64, 90), disabled: form(26, 57) } as const;

/** Of people in extreme hardship most are old; the others cannot work because of a disability [assumption]. */
const oldInExtremeHardship = 0.87;

const oldestAge = 99;
const ageOf = (random: Random, relation: Relation, applicant: number): number => {
  switch (relation) {
    case 'applicant':
      return applicant;
    case 'spouse':
      return Math.max(20, applicant + random.integer(-5, 4));
    case 'child':
      return Math.max(1, applicant - random.integer(22, 33));
    case 'parent':
      return Math.min(oldestAge, applicant + random.integer(20, 30));
    case 'grandchild':
      return Math.max(1, applicant - random.integer(52, 60));
    case 'grandparent':
    case 'sibling':
    case 'other':
      return applicant;
  }
};

/** Disabilities that count as no capacity to work (D43 article 5), and that open a single-person entry as well. */
const severe = (random: Random): Disability =>
  random.weighted<Disability>([
    [{ category: 'physical', level: random.integer(1, 2) }, 5],
    [{ category: 'intellectual', level: random.integer(1, 3) }, 3],
    [{ category: 'psychiatric', level: random.integer(1, 3) }, 3],
    [{ category: 'visual', level: 1 }, 1],
  ]);

const mild = (random: Random): Disability => ({
  category: random.pick(['physical', 'hearing', 'visual', 'speech']),
  level: random.integer(3, 4),
});

const disabilityOf = (random: Random, profile: Profile, needed: boolean): Disability | null => {
  const drawn = random.share();
  if (needed || drawn < profile.severe) return severe(random);
  return drawn < profile.severe + profile.mild ? mild(random) : null;
};

const formOf = (random: Random, sort: Sort, size: number): Form => {
  if (sort === 'extreme-hardship') return random.chance(oldInExtremeHardship) ? alone.old : alone.disabled;
  return random.weighted(forms[size - 1] ?? [[alone.old, 1]]);
};

/** An adult child who still lives with old parents mostly does so because of a disability. */
const staysBecauseDisabled = (random: Random, relation: Relation, age: number): boolean =>
  relation === 'child' && age >= 23 && random.chance(0.8);

const opposite = { female: 'male', male: 'female' } as const;

/** The people of one household of a sort, as they are on `date`. The first is the applicant. */
export const peopleOf = (random: Random, sort: Sort, profile: Profile, date: LocalDate): readonly Sketch[] => {
  const size = random.weighted(profile.sizes.map((weight, index) => [index + 1, weight] as const));
  const chosen = formOf(random, sort, size);
  const applicantAge = random.integer(...chosen.age);
  const applicantSex = random.chance(0.62) ? 'male' : 'female';
  const illOne = sort === 'rigid-expenditure' ? random.integer(0, chosen.relations.length - 1) : -1;
  return chosen.relations.map((relation, index) => {
    const age = ageOf(random, relation, applicantAge);
    const drawnSex = random.chance(0.5) ? 'male' : 'female';
    const needed =
      (sort === 'extreme-hardship' && chosen === alone.disabled) || staysBecauseDisabled(random, relation, age);
    const sex = relation === 'spouse' ? opposite[applicantSex] : relation === 'applicant' ? applicantSex : drawnSex;
    return {
      relation,
      age,
      sex,
      birthDate: plusDays(date, -Math.floor(age * 365.25) - random.integer(1, 360)),
      student: age >= 6 && (age < 18 || (age < 23 && random.chance(0.6))),
      disability: age < 6 ? null : disabilityOf(random, profile, needed),
      ill: index === illOne || random.chance(profile.ill),
    };
  });
};
