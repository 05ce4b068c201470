import { dateOfDayNumber, dayNumber } from '../../../../domain/dates.ts';
import { memberTiers } from '../../../../domain/eligibility/tiers.ts';
import { factChoices, isChoiceSort } from '../../../../domain/facts/choices.ts';
import { datasets, Fact } from '../../../../domain/facts/fact.ts';
import { type FactKind, factKindNames, factKinds } from '../../../../domain/facts/fact-kinds.ts';
import { Household, notCountedReasons, relations } from '../../../../domain/households/household.ts';
import { disabilityCategories } from '../../../../domain/people/disability.ts';
import { householdId, person, today } from '../household-builder.ts';

const at = <Item>(list: readonly Item[], place: number): Item => {
  const item = list[place % list.length];
  if (item === undefined) throw new RangeError('an empty list');
  return item;
};
const daysAgo = (days: number): string => dateOfDayNumber(dayNumber(today) - days);

/** A value of a kind, another for each place, so that every choice and every category is written by some household. */
const valueAt = (kind: FactKind, place: number): unknown => {
  const { value: sort } = factKinds[kind];
  if (isChoiceSort(sort)) return at<string>(factChoices[sort], place);
  switch (sort) {
    case 'amount':
      return 150_000 + place * 7_777;
    case 'count':
      return place % 7;
    case 'flag':
      return place % 2 === 0;
    case 'date':
      return daysAgo(40 + place * 30);
    default:
      return { category: at(disabilityCategories, place), level: (place % 4) + 1 };
  }
};

/**
 * A household about which there is a fact of every kind: of each member, or of the household. `variant` moves every list on by one
 * place, so that a few variants together write everything a list holds. `kinds` leaves out kinds, and `sources` datasets,
 * that came later than so many.
 */
export const fullHousehold = (
  size: number,
  variant = 0,
  kinds = factKindNames.length,
  sources: number = datasets.length,
): Household => {
  const members = Array.from({ length: size }, (_, place) => ({
    personId: person(place + 1),
    relation: at(relations, place + variant),
    birthDate: daysAgo(9_000 + place * 2_500 + variant),
    sex: (place + variant) % 2 === 0 ? 'female' : 'male',
    fullTimeStudent: (place + variant) % 3 === 0,
    notCounted: null,
    tier: at(memberTiers, place + variant),
    deceasedOn: null,
  }));
  const facts = factKindNames.slice(0, kinds).flatMap((kind, slot) => {
    const subjects = factKinds[kind].about === 'household' ? [householdId] : members.map(({ personId }) => personId);
    return subjects.map((subject, place) =>
      Fact.parse({
        kind,
        subject,
        value: valueAt(kind, place + variant),
        unit: factKinds[kind].unit,
        dataset: at(datasets.slice(0, sources), slot + variant),
        asOf: daysAgo(30),
        recordedAt: '2026-11-01T00:00:00.000Z',
      }),
    );
  });
  return Household.parse({
    householdId,
    registeredDivision: '140105001',
    residenceDivision: variant % 2 === 0 ? '140105001' : '140922',
    settlement: variant % 2 === 0 ? 'rural' : 'urban',
    members,
    facts,
    tier: 'MINIMUM_LIVING_ALLOWANCE',
  });
};

/** A household with everything that is seldom: members who are not counted or died, facts that are old, early or spoilt, told twice. */
export const flawedHousehold = (kinds = factKindNames.length, sources: number = datasets.length): Household => {
  const whole = fullHousehold(7, 3, kinds, sources);
  const members = whole.members.map((member, place) => {
    const reason = place >= 2 && place < 6 ? notCountedReasons[place - 2] : undefined;
    if (reason !== undefined) return { ...member, notCounted: reason };
    return place === 6 ? { ...member, deceasedOn: today } : member;
  });
  const facts = whole.facts.map((fact, place): Fact => {
    if (place % 11 === 3) return { ...fact, unit: 'yuan' };
    if (place % 11 === 5) return { ...fact, value: 'orphan' };
    if (place % 11 === 7) return { ...fact, asOf: dateOfDayNumber(dayNumber(today) - 4_000) };
    return place % 11 === 9 ? { ...fact, asOf: dateOfDayNumber(dayNumber(today) + 1) } : fact;
  });
  const older = whole.facts.slice(0, 12).map((fact) => ({ ...fact, asOf: dateOfDayNumber(dayNumber(today) - 50) }));
  return { ...whole, members, facts: [...facts, ...older], tier: 'OTHER_LOW_INCOME' };
};
