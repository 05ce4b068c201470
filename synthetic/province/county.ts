import { plusDays } from '../../domain/dates.ts';
import type { Household } from '../../domain/households/household.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { townshipsOf } from '../../policies/divisions/divisions.ts';
import { generateHouseholds, listedAgain, type SyntheticHousehold } from '../households.ts';
import { type Random, randomFrom } from '../random.ts';
import { sequencesInProvince } from '../resident-ids.ts';
import { type Row, type RowSealing, rosterRows } from '../roster-rows.ts';
import { mistyped } from './mistyped.ts';
import type { CountyJob } from './options.ts';
import { dirtShares, type Sown, sow } from './plant.ts';
import { listedHow, type Planted } from './truth.ts';
import { guardRows, twinPayment } from './twin-payment.ts';

/** A household of the province: what is known of it, what was planted in it, and what of it lies in the table. */
export interface ProvincialHousehold extends Sown {
  readonly rows: readonly Row[];
}

const dirtOf = ({ seed }: CountyJob, county: DivisionCode, index: number): Random =>
  randomFrom(`${seed}|${county}|${index}|dirt`);

/** The first thing drawn of a household's dirt, so that any county can tell it of any other's. */
const isSecondListing = (random: Random): boolean => random.chance(dirtShares['double-registration']);

const countyOptions = ({ seed, date }: CountyJob, county: DivisionCode, count: number) => ({
  ...{ seed, date, county, count },
  sequences: sequencesInProvince(county),
});

/** A household with nobody's number, or with numbers that have been mistyped: by them nobody would know that it is listed already. */
const disguised = (random: Random, made: SyntheticHousehold) => {
  const how = random.pick(listedHow);
  const identities = made.roster.identities.map(({ residentId, ...identity }) => ({
    ...identity,
    residentId: residentId === null || how === 'without-resident-id' ? null : mistyped(residentId, 2),
  }));
  return { how, made: { ...made, roster: { ...made.roster, identities } } };
};

const listedTwice = (
  county: DivisionCode,
  { householdId, members }: Household,
  first: { readonly county: DivisionCode; readonly household: Household },
  how: (typeof listedHow)[number],
): Planted => ({
  ...{ planted: 'double-registration', householdId, county, how },
  first: { county: first.county, householdId: first.household.householdId },
  people: first.household.members.flatMap(({ personId }, place) => {
    const second = members[place]?.personId;
    return second === undefined ? [] : [{ first: personId, second }];
  }),
});

const triedForOne = 50;

/** A household that another county lists already; null where no other county has one. */
const secondListing = (job: CountyJob, index: number, random: Random): Sown | null => {
  const others = job.counties.filter(({ county, households }) => county !== job.county && households > 0);
  if (others.length === 0) return null;
  const { county, households } = random.pick(others);
  const options = countyOptions(job, county, households);
  const township = random.pick(townshipsOf(job.county)).code;
  for (let tried = 0; tried < triedForOne; tried += 1) {
    const at = random.integer(0, households - 1);
    if (isSecondListing(dirtOf(job, county, at))) continue;
    const again = listedAgain(options, at, { place: `${job.seed}|${job.county}|${index}|listed again`, township });
    if (again.decided === null) continue;
    const first = listedAgain(options, at, { place: `${job.seed}|${county}|${at}`, township }).roster.household;
    const { how, made } = disguised(random, again);
    return { made, planted: [listedTwice(job.county, made.roster.household, { county, household: first }, how)] };
  }
  return null;
};

/** Which of a household's people died is told for the county that lists it first alone: one death is one fact to find. */
const withoutDeaths = (planted: readonly Planted[]): readonly Planted[] =>
  planted.filter((each) => each.planted !== 'death' && each.planted !== 'bad-resident-id');

const sownAt = (job: CountyJob, index: number, own: SyntheticHousehold): { random: Random; sown: Sown } => {
  const random = dirtOf(job, job.county, index);
  const second = isSecondListing(random) ? secondListing(job, index, random) : null;
  const watchedSince = plusDays(job.date, -random.integer(20, 200));
  const sown = sow(random, second?.made ?? own, job.county, watchedSince);
  if (second === null) return { random, sown };
  // Its numbers are as they were disguised.
  const { identities } = second.made.roster;
  const made = { ...sown.made, roster: { ...sown.made.roster, identities } };
  return { random, sown: { made, planted: [...second.planted, ...withoutDeaths(sown.planted)] } };
};

const paidTwice = (
  random: Random,
  { made, planted }: Sown,
  job: CountyJob,
  sealing: RowSealing,
): ProvincialHousehold => {
  const entries = twinPayment(random, made, job.date);
  const personId = made.roster.household.members[0]?.personId;
  if (entries === null || personId === undefined) return { made, planted, rows: rosterRows(made, sealing) };
  const [first, second] = entries;
  const others = entries.map((value): AggregateWrite => ({ kind: 'assistance-entry', value, from: [] }));
  const twin: Planted = {
    ...{ planted: 'twin-payment', householdId: made.roster.household.householdId, county: job.county, personId },
    entries: [first.entryId, second.entryId],
  };
  const rows = [...rosterRows(made, sealing, { others }), ...guardRows(first, sealing.keyring)];
  return { made, planted: [...planted, twin], rows };
};

/** The households of one county of the province, one at a time, with their rows. */
export function* householdsOf(job: CountyJob, sealing: RowSealing): Generator<ProvincialHousehold> {
  const count = job.counties.find(({ county }) => county === job.county)?.households ?? 0;
  let index = 0;
  for (const own of generateHouseholds(countyOptions(job, job.county, count))) {
    const { random, sown } = sownAt(job, index, own);
    index += 1;
    if (random.chance(dirtShares['twin-payment'])) yield paidTwice(random, sown, job, sealing);
    else yield { ...sown, rows: rosterRows(sown.made, sealing) };
  }
}
