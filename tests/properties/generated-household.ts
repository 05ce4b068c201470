import type { LocalDate } from '../../domain/dates.ts';
import { planFor } from '../../domain/eligibility/plan.ts';
import { householdTiers } from '../../domain/eligibility/tiers.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import type { Household } from '../../domain/households/household.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { counties, townshipsOf } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { type Random, randomFrom } from '../../synthetic/random.ts';
import { dateOf, decisionDays, earlyDays } from './days.ts';
import type { Gathering } from './facts.ts';
import { everythingElse, type Standards, tellHome, tellMeans } from './means.ts';
import { otherPack } from './packs.ts';
import { membersOf } from './people.ts';
import { profileShares } from './profiles.ts';

/** A household, and the day and the pack it is decided by: what number `index` of a seed always is. */
export interface Case {
  readonly seed: string;
  readonly index: number;
  readonly household: Household;
  readonly date: LocalDate;
  readonly policy: PolicyPack;
}

/** As many facts as a household may have. */
const mostFacts = 400;

/** So many households in a row are decided on one day by one pack: a new day costs a plan and a catalogue. */
const inARow = 250;

const divisions: readonly DivisionCode[] = counties().flatMap(({ code }, index) => {
  const [township] = townshipsOf(code);
  return index % 3 === 0 && township !== undefined ? [code, township.code] : [code];
});

/** The day and the pack of a row of households; a few are decided on days of which no pack knows anything. */
const decidedBy = (seed: string, index: number, random: Random): { day: number; policy: PolicyPack } => {
  const ofRow = randomFrom(`${seed}/row/${Math.floor(index / inARow)}`);
  const policy = ofRow.chance(0.1) ? otherPack : shanxiPack;
  const day = ofRow.pick(decisionDays);
  return { day: random.chance(0.01) ? random.pick(earlyDays) : day, policy };
};

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');

/** The standards of a household's place; where there are none, some to make amounts from. */
const standardsOf = ({ registeredDivision, settlement }: Household, date: LocalDate, policy: PolicyPack): Standards => {
  const place = date < policy.coversFrom ? null : planFor(policy, date).placeOf(registeredDivision, settlement);
  return place === null
    ? { standard: 50_000, urbanStandard: 63_000 }
    : { standard: place.standard.value, urbanStandard: place.urbanStandard.value };
};

/** Number `index` of the households of a seed, which has nothing to do with those before it. */
export const caseAt = (seed: string, index: number): Case => {
  const random = randomFrom(`${seed}/${index}`);
  const { day, policy } = decidedBy(seed, index, random);
  const date = dateOf(day);
  const profile = random.weighted(profileShares);
  const division = random.pick(divisions);
  const facts: Fact[] = [];
  const household: Household = {
    householdId: `hh_${hex(index, 32)}` as Household['householdId'],
    registeredDivision: division,
    residenceDivision: random.chance(0.1) ? random.pick(divisions) : division,
    settlement: random.chance(0.6) ? 'rural' : 'urban',
    members: membersOf(profile, { random, day, idOf: (place) => `per_${hex(index, 28)}${hex(place, 4)}` }),
    facts,
    tier: profile === 'grace' ? 'MINIMUM_LIVING_ALLOWANCE' : random.pick(householdTiers),
  };
  const gathering: Gathering = { random, day, flaws: random.chance(0.3) ? random.pick([0.02, 0.08, 0.3]) : 0, facts };
  const standards = standardsOf(household, date, policy);
  tellMeans(gathering, household, profile, standards);
  tellHome(gathering, household, profile, standards);
  everythingElse(gathering, household);
  facts.splice(mostFacts);
  return { seed, index, household, date, policy };
};
