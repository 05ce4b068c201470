import type { DivisionCode } from '../people/divisions.ts';
import { countyOf } from '../people/divisions.ts';
import type { AlikePerson } from './likeness.ts';
import type { PossibleDouble } from './missed-need.ts';

/**
 * So many people may have the same name, birth date and sex before that is no hint any more: a name that stands for a missing one, or a
 * very common one. Each two of six are fifteen pairs to look at [assumption].
 */
const mostAlike = 6;

/** Everybody who has one mark, as far as it is worth to be kept, with how many there are in each county. */
export interface Alike {
  readonly mark: string;
  readonly people: Map<AlikePerson['personId'], AlikePerson>;
  readonly counties: Map<DivisionCode, number>;
}

/** One more person of a mark. Somebody who was read twice is one person. */
export const addAlike = (all: Map<string, Alike>, person: AlikePerson): void => {
  const alike: Alike = all.get(person.mark) ?? { mark: person.mark, people: new Map(), counties: new Map() };
  all.set(person.mark, alike);
  if (alike.people.has(person.personId)) return;
  const county = countyOf(person.division);
  alike.counties.set(county, (alike.counties.get(county) ?? 0) + 1);
  if (alike.people.size <= mostAlike) alike.people.set(person.personId, person);
};

/** Whether too many have the mark for it to hint at anything. */
export const areTooMany = ({ people }: Alike): boolean => people.size > mostAlike;

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

/** A line for the household of each of two people who may be one; one for both where they are of one household. */
export const doublesIn = ({ people }: Alike): readonly FoundDouble[] => {
  const sorted = [...people.values()].toSorted((one, other) => (one.personId < other.personId ? -1 : 1));
  return sorted.flatMap((one, place) =>
    sorted
      .slice(place + 1)
      .filter((other) => mayBeOne(one, other))
      .flatMap((other) =>
        one.householdId === other.householdId ? [lineFor(one, other)] : [lineFor(one, other), lineFor(other, one)],
      ),
  );
};
