import type { LocalDate } from '../../domain/dates.ts';
import type { Identity, RosterHousehold } from '../../domain/households/roster-household.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { SyntheticHousehold } from '../households.ts';
import { factOn } from '../provenance.ts';
import type { Random } from '../random.ts';
import { contactsOf } from './contacts.ts';
import { mistyped } from './mistyped.ts';
import type { Planted } from './truth.ts';

/**
 * What is wrong with a real roster beyond what every made-up county has (flaws.ts), with its share (domain reference, section 3.2). All of
 * them are assumptions.
 */
export const dirtShares = {
  /** Of households: no account, or one whose number cannot be right. */
  'account': 0.01,
  /** Of people: a number whose check character does not fit. */
  'bad-resident-id': 0.02,
  /** Of households: the same people are in another county as well. */
  'double-registration': 0.002,
  /** Of households: two departments have paid items that exclude each other. */
  'twin-payment': 0.001,
} as const;

/** Of households on the allowance or in extreme hardship these are also watched for a return to poverty [assumption of section 3.2]. */
const watchedShare = 0.04;

/** A household with what was planted in it. */
export interface Sown {
  readonly made: SyntheticHousehold;
  readonly planted: readonly Planted[];
}

const withRoster = (made: SyntheticHousehold, roster: RosterHousehold): SyntheticHousehold => ({ ...made, roster });

/** Whoever died since the decision is alive again as far as the roster knows; of whom there is no number no register could tell it. */
const withUnknownDeaths = (made: SyntheticHousehold, county: DivisionCode): Sown => {
  const { household } = made.roster;
  const { householdId } = household;
  const numbered = new Set(
    made.roster.identities.flatMap(({ personId, residentId }) => (residentId === null ? [] : [personId])),
  );
  const planted = household.members.flatMap(({ personId, deceasedOn }): Planted[] =>
    deceasedOn === null || !numbered.has(personId)
      ? []
      : [{ planted: 'death', householdId, county, personId, diedOn: deceasedOn }],
  );
  const members = household.members.map((member) => ({ ...member, deceasedOn: null }));
  return { made: withRoster(made, { ...made.roster, household: { ...household, members } }), planted };
};

const withMistypedIds = (random: Random, identities: readonly Identity[], but: readonly Planted[]): Identity[] =>
  identities.map((identity) => {
    const isMistyped = random.chance(dirtShares['bad-resident-id']);
    const hasDied = but.some((each) => each.planted === 'death' && each.personId === identity.personId);
    return identity.residentId === null || !isMistyped || hasDied
      ? identity
      : { ...identity, residentId: mistyped(identity.residentId, 1) };
  });

/** Which households are watched for a return to poverty: all that are on the roster for nothing else, and a few others. */
const isWatched = (random: Random, { sort }: SyntheticHousehold): boolean => {
  const drawn = random.chance(watchedShare);
  return sort === 'near-poor' || (drawn && (sort.startsWith('allowance') || sort === 'extreme-hardship'));
};

const watched = (random: Random, roster: RosterHousehold, date: LocalDate): RosterHousehold => {
  const { household } = roster;
  const kind = random.pick(['unstable-ex-poor', 'at-risk', 'sudden-hardship'] as const);
  const circumstance = { kind: 'monitoring.poverty-return', subject: household.householdId, value: kind } as const;
  const fact = factOn(random, circumstance, 'poverty-return-list', { asOf: date, recordedOn: date });
  return { ...roster, household: { ...household, facts: [...household.facts, fact] } };
};

/** Puts into a household what a real roster would have wrong with it, and says so. */
export const sow = (random: Random, given: SyntheticHousehold, county: DivisionCode, watchedSince: LocalDate): Sown => {
  const { made, planted } = withUnknownDeaths(given, county);
  const { householdId } = made.roster.household;
  const known = isWatched(random, made) ? watched(random, made.roster, watchedSince) : made.roster;
  const identities = withMistypedIds(random, known.identities, planted);
  const reached = contactsOf(random, known.household, made.decided !== null, dirtShares.account);
  const flaws = (['lives-elsewhere', 'stale-facts'] as const).filter((flaw) => made.flaws.includes(flaw));
  const isDecidable = !made.flaws.includes('stale-facts') && !made.flaws.includes('missing-fact');
  return {
    made: withRoster(made, {
      ...known,
      identities,
      ...(reached.contacts.length > 0 ? { contacts: reached.contacts } : {}),
    }),
    planted: [
      ...planted,
      ...flaws.map((flaw): Planted => ({ planted: flaw, householdId, county })),
      ...(made.sort === 'overlooked' && isDecidable
        ? [{ planted: 'undecided-household', householdId, county } satisfies Planted]
        : []),
      ...(reached.fault === null
        ? []
        : [{ planted: 'account', householdId, county, fault: reached.fault } satisfies Planted]),
      ...identities.flatMap(({ personId, residentId }, index): Planted[] =>
        residentId === known.identities[index]?.residentId
          ? []
          : [{ planted: 'bad-resident-id', householdId, county, personId }],
      ),
    ],
  };
};
