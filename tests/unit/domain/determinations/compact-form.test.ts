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

/** Seven variants write every word of the longest list of choices; the eighth is the one with all that is seldom. */
const known: readonly (readonly [string, Household])[] = [
  ...Array.from({ length: 7 }, (_, variant) => [`full ${variant}`, fullHousehold(8, variant)] as const),
  ['flawed', flawedHousehold()],
];

const asked = (household: Household): Household => {
  const onlyCatalogue: readonly FactKind[] = [
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
  ];
  return { ...household, facts: household.facts.filter(({ kind }) => !onlyCatalogue.includes(kind)) };
};

/**
 * What is stored today has to be read for as long as decisions are kept. Whoever turns these red has moved an entry of a list that
 * is written by place, or changed what a test of this pack version comes to: then the form, or the pack, needs a new version.
 */
describe('the compact form of a decision', () => {
  it.each(known)('is byte for byte what it was: %s', (name, household) => {
    expect({ name, hex: hex(household) }).toStrictEqual(vectors.find((vector) => vector.name === name));
  });

  it.each(vectors)('is read again as the decision it was: $name', ({ name, hex: stored }) => {
    const household = known.find(([each]) => each === name)?.[1] ?? fullHousehold(1);
    const whose = { householdId: household.householdId, personIds: household.members.map(({ personId }) => personId) };
    const again = replay(Buffer.from(stored, 'hex'), whose, () => shanxiPack);
    expect(again).toStrictEqual(decide(household));
  });

  it('has a household for every entry of every list that is written by place', () => {
    const households = known.map(([, household]) => household);
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

  it('is at most 512 bytes for four members with a fact of every kind, and for six with all that the tiers ask', () => {
    expect(length(fullHousehold(4))).toBeLessThanOrEqual(512);
    expect(length(asked(fullHousehold(6)))).toBeLessThanOrEqual(512);
    expect(length(asked(fullHousehold(8)))).toBe(sizes.asked);
  });

  it('grows by less than 90 bytes a member when everything there is to know is on file', () => {
    expect([1, 2, 4, 8].map((size) => length(fullHousehold(size)))).toStrictEqual(sizes.full);
    const thirty = { ...fullHousehold(18), members: thirtyMembers() };
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
const sizes = { full: [201, 287, 458, 798], asked: 597, thirty: 1_743 };

/** Eighteen with everything and twelve of whom nothing is known: 392 facts, nearly the 400 there may be. */
const thirtyMembers = (): Household['members'] => {
  const [first, ...others] = fullHousehold(18).members;
  if (first === undefined) throw new RangeError('nobody');
  const more = Array.from({ length: 12 }, (_, place) => ({
    ...first,
    personId: `per_${'a'.repeat(30)}${10 + place}` as typeof first.personId,
  }));
  return [first, ...others, ...more];
};
