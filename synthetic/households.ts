import { digest } from '../adapters/runtime.ts';
import { LocalDate } from '../domain/dates.ts';
import type { Household, HouseholdMember } from '../domain/households/household.ts';
import type { Identity, RosterHousehold } from '../domain/households/roster-household.ts';
import { ApplicationId, HouseholdId, PersonId, ReviewId } from '../domain/ids.ts';
import type { DivisionCode } from '../domain/people/divisions.ts';
import { standardOn } from '../domain/policy/look-up.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { type CaseFile, decidedCase } from './case-file.ts';
import { circumstancesOf } from './circumstances.ts';
import { type Flaw, flawed, flawsOf } from './flaws.ts';
import { nameBy, surnameBy } from './names.ts';
import { peopleOf, type Sketch } from './people.ts';
import { type Homes, homesOf } from './places.ts';
import { profiles, provincialSplit, type Sort, type Split, sorts } from './profiles.ts';
import { factsOf } from './provenance.ts';
import { type Random, randomFrom } from './random.ts';
import { type ResidentIds, residentIdsOf, type Sequences } from './resident-ids.ts';
import { type Timeline, timelineBefore } from './timeline.ts';

/** Which county to make up. Of equal options the households are equal, byte for byte; a larger count only adds to the end. */
export interface CountyOptions {
  readonly seed: string;
  readonly count: number;
  readonly county: DivisionCode;
  /** Today in the county: facts have their age from it. */
  readonly date: LocalDate;
  readonly split?: Split;
  /** Which resident IDs its people may have, where other counties give some of the same address. */
  readonly sequences?: Sequences;
}

/** A household of the synthetic county, with what is known about how it was made. */
export interface SyntheticHousehold {
  readonly sort: Sort;
  readonly flaws: readonly Flaw[];
  readonly roster: RosterHousehold;
  /** The case its tier comes from; null when it has never been decided on. */
  readonly decided: CaseFile | null;
  /** Whether that case is on record here; the others were taken over from the former system with their tier only. */
  readonly onRecord: boolean;
}

/**
 * The first day a county can be made up for: the oldest decisions in it lie up to 640 days back (timeline.ts), and before 2024 the
 * pack has no income ceiling for rigid expenditure, so that not every household could be decided on.
 */
export const earliestDate = LocalDate.parse('2025-10-02');

/** Share of decided households whose application and determination are on record [assumption]. */
const onRecordShare = 0.6;

/** Everything about one household that its makers need. */
interface Making {
  readonly random: Random;
  readonly sort: Sort;
  readonly flaws: readonly Flaw[];
  readonly people: readonly Sketch[];
  readonly settlement: Household['settlement'];
  readonly timeline: Timeline;
  readonly idOf: (what: string) => string;
}

const memberOf = (person: Sketch, personId: PersonId): HouseholdMember => ({
  personId,
  relation: person.relation,
  birthDate: person.birthDate,
  sex: person.sex,
  fullTimeStudent: person.student,
  notCounted: null,
  tier: 'NONE',
  deceasedOn: null,
});

const identitiesOf = (
  { random, people, flaws }: Making,
  members: readonly HouseholdMember[],
  residentIds: ResidentIds,
): Identity[] => {
  const family = surnameBy(random);
  const married = surnameBy(random);
  const withoutId = flaws.includes('no-resident-id') ? members.length - 1 : -1;
  return members.map(({ personId, birthDate, sex }, index) => {
    const fromOutside = people[index]?.relation === 'spouse';
    return {
      personId,
      name: nameBy(random, fromOutside ? married : family, sex, Number(birthDate.slice(0, 4))),
      residentId: index === withoutId ? null : residentIds(random, birthDate, sex),
    };
  });
};

const householdOf = (making: Making, homes: Homes, isDecided: boolean): Household => {
  const { random, sort, people, settlement, timeline, idOf } = making;
  const householdId = HouseholdId.parse(`hh_${idOf('household')}`);
  const personIds = people.map((_, index) => PersonId.parse(`per_${idOf(`person ${index}`)}`));
  const { evaluatedOn } = timeline;
  const standard = standardOn(shanxiPack, homes.registered, settlement, evaluatedOn);
  if (standard === null) throw new RangeError(`the pack has no ${settlement} standard for ${homes.registered}`);
  const circumstances = circumstancesOf(random, {
    ...{ sort, profile: profiles[sort], people, settlement, householdId, personIds, evaluatedOn },
    standard: standard.value,
  });
  return {
    householdId,
    registeredDivision: homes.registered,
    residenceDivision: homes.residence,
    settlement,
    members: people.flatMap((person, index) => {
      const personId = personIds[index];
      return personId === undefined ? [] : [memberOf(person, personId)];
    }),
    facts: circumstances.flatMap((circumstance) => [...factsOf(random, circumstance, timeline, isDecided)]),
    tier: 'NONE',
  };
};

const withTiers = (household: Household, { determination }: CaseFile): Household => ({
  ...household,
  tier: determination.tier,
  members: household.members.map((member) => ({
    ...member,
    tier: determination.memberTiers.find(({ personId }) => personId === member.personId)?.tier ?? 'NONE',
  })),
});

/** As what, and where, a household is on a roster for a second time. */
export interface SecondListing {
  /** Its ids follow from this, and differ from those it is listed under first. */
  readonly place: string;
  /** The township it lives in, which handles it. */
  readonly township: DivisionCode;
}

const makeHousehold = (
  options: CountyOptions,
  index: number,
  residentIds: ResidentIds,
  second?: SecondListing,
): SyntheticHousehold => {
  const { seed, county, date, split = provincialSplit } = options;
  const place = `${seed}|${county}|${index}`;
  const random = randomFrom(place);
  const sort = random.weighted(sorts.map((each) => [each, split[each]] as const));
  const profile = profiles[sort];
  const isDecided = sort !== 'overlooked';
  const flaws = flawsOf(random, isDecided);
  const settlement = random.chance(profile.ruralShare) ? 'rural' : 'urban';
  const first = homesOf(random, county, settlement, flaws.includes('lives-elsewhere'));
  const homes = second === undefined ? first : { ...first, residence: second.township, handling: second.township };
  const making: Making = {
    ...{ random, sort, flaws, settlement },
    people: peopleOf(random, sort, profile, date),
    timeline: timelineBefore(random, date, flaws.includes('stale-facts')),
    idOf: (what) => digest(`${second?.place ?? place}|${what}`).slice(0, 32),
  };
  const household = householdOf(making, homes, isDecided);
  const identities = identitiesOf(making, household.members, residentIds);
  const roster = { household, identities, version: 1, applicationId: null, determinationId: null };
  if (!isDecided) {
    return {
      sort,
      flaws,
      roster: flawed(random, roster, flaws, making.timeline, date),
      decided: null,
      onRecord: false,
    };
  }
  const decided = decidedCase(random, {
    ...{ household, division: homes.handling, timeline: making.timeline },
    applicationId: ApplicationId.parse(`app_${making.idOf('application')}`),
    reviewId: ReviewId.parse(`rev_${making.idOf('review')}`),
  });
  const onRecord = random.chance(onRecordShare);
  const { applicationId, determinationId } = decided.determination;
  const filed = { ...roster, ...(onRecord ? { applicationId, determinationId } : {}) };
  const tiered = { ...filed, household: withTiers(household, decided) };
  return { sort, flaws, roster: flawed(random, tiered, flaws, making.timeline, date), decided, onRecord };
};

/**
 * One household of a county as another county lists it a second time: the same people with the same facts, under ids of its own, registered
 * where they are registered and handled where they live.
 */
export const listedAgain = (options: CountyOptions, index: number, second: SecondListing): SyntheticHousehold =>
  makeHousehold(options, index, residentIdsOf(options.county, options.sequences), second);

/**
 * The households of a synthetic county, one at a time. Each has the tier that the rules give for its facts on the day it was
 * decided on; what has gone wrong since is named in `flaws`. Throws a RangeError for an unknown county and for a day before
 * `earliestDate`.
 */
export function* generateHouseholds(options: CountyOptions): Generator<SyntheticHousehold, void, undefined> {
  if (options.date < earliestDate) throw new RangeError(`no county can be made up for a day before ${earliestDate}`);
  const residentIds = residentIdsOf(options.county, options.sequences);
  for (let index = 0; index < options.count; index += 1) yield makeHousehold(options, index, residentIds);
}
