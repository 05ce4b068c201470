import type { DivisionCode } from '../people/divisions.ts';
import { countyOf } from '../people/divisions.ts';
import type { AlikePerson } from './likeness.ts';
import type { PossibleDouble } from './missed-need.ts';

/**
 * So many people may have the same name, birth date and sex before that is no hint any more: a name that stands for a missing one, or a
 * very common one. Each two of six are fifteen pairs to look at [assumption].
 */
const mostAlike = 6;

type People = Map<AlikePerson['personId'], AlikePerson>;

/** Everybody who has one mark, as far as it is worth to be kept, with how many of the living there are in each county. */
export interface Alike {
  readonly mark: string;
  readonly living: People;
  readonly deceased: People;
  readonly counties: Map<DivisionCode, number>;
}

/** One more person of a mark. Somebody who was read twice is one person. */
export const addAlike = (all: Map<string, Alike>, person: AlikePerson): void => {
  const { mark, personId, isDeceased } = person;
  const alike: Alike = all.get(mark) ?? { mark, living: new Map(), deceased: new Map(), counties: new Map() };
  all.set(mark, alike);
  const people = isDeceased ? alike.deceased : alike.living;
  if (people.has(personId)) return;
  const county = countyOf(person.division);
  if (!isDeceased) alike.counties.set(county, (alike.counties.get(county) ?? 0) + 1);
  if (people.size <= mostAlike) people.set(personId, person);
};

/** Whether somebody who is alive has the mark, and somebody else has it too. */
export const hasAlike = ({ living, deceased }: Alike): boolean => living.size > 0 && living.size + deceased.size > 1;

/** Whether too many have the mark for it to hint at anything. */
export const areTooMany = ({ living, deceased }: Alike): boolean =>
  living.size > mostAlike || deceased.size > mostAlike;

/** A line of the scan before it is known for the how manieth time it is found. */
export type FoundDouble = Omit<PossibleDouble, 'number'>;

const lineFor = (own: AlikePerson, other: AlikePerson): FoundDouble => ({
  kind: 'possible-double-registration',
  householdId: own.householdId,
  division: own.division,
  alike: {
    personId: own.personId,
    householdId: other.householdId,
    otherPersonId: other.personId,
    county: countyOf(other.division),
  },
});

/**
 * Two whose resident IDs both fit them are two people with one name and birthday, as there are thousands in a province: by the number each is on
 * the roster once. Where one has none, or one that cannot be right, nothing but the likeness says who it is.
 */
const mayBeOne = (one: AlikePerson, other: AlikePerson): boolean =>
  one.number !== 'well-formed' || other.number !== 'well-formed';

/**
 * A line for the household of each of two people who may be one; one for both where they are of one household. Who has died is asked about
 * nobody: there is a line for the household in which a record of the same person lives on.
 */
export const doublesIn = ({ living, deceased }: Alike): readonly FoundDouble[] => {
  const sorted = [...new Map([...deceased, ...living]).values()].toSorted((one, other) =>
    one.personId < other.personId ? -1 : 1,
  );
  return sorted.flatMap((one, place) =>
    sorted
      .slice(place + 1)
      .filter((other) => mayBeOne(one, other))
      .flatMap((other) => linesOf(one, other)),
  );
};

const linesOf = (one: AlikePerson, other: AlikePerson): readonly FoundDouble[] => {
  const lines = [...(one.isDeceased ? [] : [lineFor(one, other)]), ...(other.isDeceased ? [] : [lineFor(other, one)])];
  return one.householdId === other.householdId ? lines.slice(0, 1) : lines;
};
