import { describe, expect, it } from 'vitest';
import { compactFormOf, slotMarks, writeCompact } from '../../../../domain/determinations/compact-form.ts';
import { outputOf } from '../../../../domain/determinations/octets.ts';
import { replay } from '../../../../domain/determinations/replay.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import { householdTiers, memberTiers } from '../../../../domain/eligibility/tiers.ts';
import { factChoices } from '../../../../domain/facts/choices.ts';
import { datasets } from '../../../../domain/facts/fact.ts';
import { type FactKind, factKindNames } from '../../../../domain/facts/fact-kinds.ts';
import { type Household, notCountedReasons, relations } from '../../../../domain/households/household.ts';
import { disabilityCategories } from '../../../../domain/people/disability.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { decide, householdOf, today } from '../household-builder.ts';
import vectors from './compact-vectors.json' with { type: 'json' };
import { flawedHousehold, fullHousehold } from './full-households.ts';

const plan = planFor(shanxiPack, today);
const hex = (household: Household): string => Buffer.from(compactFormOf(household, plan)).toString('hex');
const length = (household: Household): number => compactFormOf(household, plan).length;

interface Vector {
  readonly name: string;
  readonly kinds: number;
  readonly sources: number;
}

/**
 * The household of a vector. Seven variants write every word of the longest list of choices; another one has all that is seldom.
 * `kinds` and `sources` are how many kinds of facts and datasets there were when it was written: a new one takes a new vector, and the old
 * ones stay.
 */
const ofVector = ({ name, kinds, sources }: Vector): Household =>
  name.startsWith('flawed')
    ? flawedHousehold(kinds, sources)
    : fullHousehold(8, Number(name.split(' ')[1]), kinds, sources);

const asked = (household: Household): Household => {
  const onlyCatalogue: readonly FactKind[] = [
    'illness.chronic',
    'insurance.basic-medical',
    'child.care',
    'work.registered-unemployed',
    'work.union-member',
    'need.legal-aid',
    'need.judicial-aid',
    'housing.condition',
    'extreme-hardship.support-form',
    'event.kind',
    'hospital.stay-self-paid',
  ];
  return { ...household, facts: household.facts.filter(({ kind }) => !onlyCatalogue.includes(kind)) };
};

/**
 * What is stored today has to be read for as long as decisions are kept. Whoever turns these red has moved an entry of a list that
 * is written by place, or changed what a test of this pack version comes to: then the form, or the pack, needs a new version.
 */
describe('the compact form of a decision', () => {
  it.each(vectors)('is byte for byte what it was: $name of $kinds kinds from $sources datasets', (vector) => {
    expect(hex(ofVector(vector))).toBe(vector.hex);
  });

  it.each(vectors)('is read again as the decision it was: $name of $kinds kinds', (vector) => {
    const household = ofVector(vector);
    const whose = { householdId: household.householdId, personIds: household.members.map(({ personId }) => personId) };
    const again = replay(Buffer.from(vector.hex, 'hex'), whose, () => shanxiPack);
    expect(again).toStrictEqual(decide(household));
  });

  it('has a household for every entry of every list that is written by place', () => {
    const households = vectors.map(ofVector);
    const members = households.flatMap((household) => household.members);
    const facts = households.flatMap((household) => household.facts);
    const seen = (values: readonly unknown[]) => new Set(values.map((value) => JSON.stringify(value)));
    const values = seen(facts.map(({ value }) => (typeof value === 'object' ? value.category : value)));
    expect(seen(facts.map(({ kind }) => kind)).size).toBe(factKindNames.length);
    expect(seen(facts.map(({ dataset }) => dataset)).size).toBe(datasets.length);
    expect(seen(members.map(({ relation }) => relation)).size).toBe(relations.length);
    expect(seen(members.map(({ tier }) => tier)).size).toBe(memberTiers.length);
    expect(seen(members.flatMap(({ notCounted }) => notCounted ?? [])).size).toBe(notCountedReasons.length);
    expect(seen(households.map(({ tier }) => tier)).size).toBeGreaterThan(1);
    const words = [...Object.values(factChoices).flat(), ...disabilityCategories];
    expect(words.filter((word) => !values.has(JSON.stringify(word)))).toStrictEqual([]);
  });

  it('writes the tiers a household may have had in this order', () => {
    const places = householdTiers.map((tier) => {
      const one = householdOf([{ facts: { 'income.other': 0 } }]);
      // After the head, the first byte of the household holds it in three bits.
      const head = 2 + shanxiPack.version.length + 3;
      return (compactFormOf({ ...one, tier }, plan)[head] ?? 0) & 7;
    });
    expect(places).toStrictEqual([0, 1, 2, 3, 4, 5]);
    expect(householdTiers.indexOf('MARGINAL')).toBe(2);
  });

  it('has room for every kind of fact and every list in the bits it gives them', () => {
    expect(factKindNames.length).toBeLessThan(Math.min(slotMarks.wrongUnit, slotMarks.wrongValue));
    expect(relations.length).toBeLessThanOrEqual(8);
    expect(notCountedReasons.length).toBeLessThanOrEqual(7);
    expect(memberTiers.length).toBeLessThanOrEqual(8);
    expect(householdTiers.length).toBeLessThanOrEqual(8);
    expect(disabilityCategories.length).toBeLessThanOrEqual(64);
    expect(datasets.length).toBeLessThanOrEqual(256);
    for (const choices of Object.values(factChoices)) expect(choices.length).toBeLessThanOrEqual(256);
  });

  it('is at most 512 bytes for three members with a fact of every kind, and for five with all that the tiers ask', () => {
    expect(length(fullHousehold(3))).toBeLessThanOrEqual(512);
    expect(length(asked(fullHousehold(5)))).toBeLessThanOrEqual(512);
    expect(length(asked(fullHousehold(8)))).toBe(sizes.asked);
  });

  it('grows by less than 100 bytes a member when everything there is to know is on file', () => {
    expect([1, 2, 4, 8].map((size) => length(fullHousehold(size)))).toStrictEqual(sizes.full);
    const thirty = { ...fullHousehold(16), members: thirtyMembers() };
    expect(length(thirty)).toBe(sizes.thirty);
  });

  it('is the same whatever stands in the output before it, and needs no more room than it asks for', () => {
    const output = outputOf(3);
    writeCompact(output, flawedHousehold(), plan);
    const first = output.length;
    writeCompact(output, fullHousehold(8), plan);
    const second = Buffer.from(output.bytes.subarray(first, output.length)).toString('hex');
    expect(second).toBe(hex(fullHousehold(8)));
  });

  it('of a household that cannot be tested holds the household and nothing more', () => {
    const gone = householdOf([{ deceasedOn: today, facts: { 'income.other': 0 } }]);
    const without = { ...gone, facts: [] };
    expect(hex(gone)).toBe(hex(without));
    expect(writeCompact(outputOf(1), gone, plan)).toBeNull();
  });
});

/**
 * Bytes: of 1, 2, 4 and 8 members with a fact of every kind about each; of 8 with all that the tiers ask; of 30 with as many facts
 * as a household may have.
 */
const sizes = { full: [226, 327, 528, 928], asked: 711, thirty: 1_835 };

/** Sixteen with everything and fourteen of whom nothing is known: 382 facts, nearly the 400 there may be. */
const thirtyMembers = (): Household['members'] => {
  const [first, ...others] = fullHousehold(16).members;
  if (first === undefined) throw new RangeError('nobody');
  const more = Array.from({ length: 14 }, (_, place) => ({
    ...first,
    personId: `per_${'a'.repeat(30)}${10 + place}` as typeof first.personId,
  }));
  return [first, ...others, ...more];
};
