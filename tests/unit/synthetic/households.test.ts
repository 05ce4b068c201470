import { describe, expect, test } from 'vitest';
import { digest } from '../../../adapters/runtime.ts';
import { LocalDate, plusDays } from '../../../domain/dates.ts';
import { evaluationAgain, householdSeen } from '../../../domain/determinations/seen.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import { RosterHousehold } from '../../../domain/households/roster-household.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { parseResidentId } from '../../../domain/people/resident-id.ts';
import { evaluationHashOf } from '../../../domain/reviews/form-opinion.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { flawShares } from '../../../synthetic/flaws.ts';
import { earliestDate, generateHouseholds, type SyntheticHousehold } from '../../../synthetic/households.ts';
import { provincialSplit, type Sort, sorts } from '../../../synthetic/profiles.ts';
import { wutai } from './county.ts';

const households = [...generateHouseholds(wutai)];
const identities = households.flatMap(({ roster }) => roster.identities);
const hashOf = (of: readonly SyntheticHousehold[]): string => digest(JSON.stringify(of));
const ofSort = (sort: Sort): SyntheticHousehold[] => households.filter((household) => household.sort === sort);
const meanSizeOf = (of: readonly SyntheticHousehold[]): number =>
  of.reduce((sum, { roster }) => sum + roster.household.members.length, 0) / of.length;

describe('the same county again', () => {
  test('the same seed gives the same households, byte for byte, on every machine', () => {
    const few = [...generateHouseholds({ ...wutai, count: 50 })];
    expect(hashOf(few)).toBe(hashOf(households.slice(0, 50)));
    // Who they are and what is known of them rests on the seed alone; what the rules make of it is tested below.
    expect(
      digest(JSON.stringify(few.map(({ roster }) => [roster.identities, roster.household.facts]))),
    ).toMatchInlineSnapshot(`"59214dec6391be210628bf5b6b28f5b2c92644a97b4550a4071fb38c189f666d"`);
  });

  test('another seed, county or date gives other households', () => {
    const some = { ...wutai, count: 20 };
    const hashes = [
      some,
      { ...some, seed: 'other' },
      { ...some, county: DivisionCode.parse('140105') },
      { ...some, date: LocalDate.parse('2026-03-03') },
    ].map((options) => hashOf([...generateHouseholds(options)]));
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('the days a county can be made up for', () => {
  test('on the first of them every household can be decided on, on the day before none is made', () => {
    const first = { ...wutai, date: earliestDate, split: { ...provincialSplit, 'rigid-expenditure': 5_000_000 } };
    expect([...generateHouseholds({ ...first, count: 1_500 })]).toHaveLength(1_500);
    expect(() => [...generateHouseholds({ ...first, date: plusDays(earliestDate, -1), count: 1 })]).toThrow(RangeError);
  });
});

describe('who is in it', () => {
  test('every household is in the form of the roster, and no id occurs twice', () => {
    for (const { roster } of households) RosterHousehold.parse(roster);
    const ids = households.flatMap(({ roster: { household } }) => [
      household.householdId,
      ...household.members.map(({ personId }) => personId),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('resident IDs lie in the unassigned block 1499xx, check, fit birth date and sex, and occur once', () => {
    const members = new Map(
      households.flatMap(({ roster }) => roster.household.members.map((member) => [member.personId, member] as const)),
    );
    const given = identities.filter(({ residentId }) => residentId !== null);
    expect(given.length).toBeGreaterThan(0.99 * identities.length);
    for (const { personId, residentId } of given) {
      const parsed = parseResidentId(residentId ?? '', wutai.date);
      expect(parsed).toMatchObject({ ok: true, value: { original15: null, warnings: [] } });
      expect(residentId).toMatch(/^1499/u);
      const { birthDate, sex } = members.get(personId) ?? {};
      expect(parsed.ok && parsed.value).toMatchObject({ birthDate, sex });
    }
    expect(new Set(given.map(({ residentId }) => residentId)).size).toBe(given.length);
  });

  test('names include rare characters, some beyond the basic plane, and names written with 「·」', () => {
    const names = identities.map(({ name }) => name);
    expect(names.some((name) => name.includes('·'))).toBe(true);
    expect(names.some((name) => [...name].some((character) => (character.codePointAt(0) ?? 0) > 0xff_ff))).toBe(true);
    expect(names.filter((name) => /[^\u4E00-\u9FFF]/u.test(name)).length).toBeLessThan(0.05 * names.length);
  });
});

describe('how the county is made up', () => {
  test('the sorts of households come in the proportions of the province, within three standard deviations', () => {
    const total = sorts.reduce((sum, sort) => sum + provincialSplit[sort], 0);
    for (const sort of sorts) {
      const share = provincialSplit[sort] / total;
      const tolerance = 3 * Math.sqrt(households.length * share * (1 - share));
      expect(Math.abs(ofSort(sort).length - share * households.length), sort).toBeLessThanOrEqual(tolerance);
    }
  });

  test.each([
    ['allowance-rural', 1.43],
    ['allowance-urban', 1.75],
    ['extreme-hardship', 1],
  ] as const)('households of the sort %s have %f members on average', (sort, mean) => {
    expect(Math.abs(meanSizeOf(ofSort(sort)) - mean)).toBeLessThanOrEqual(0.1);
  });

  test('each flaw is in about its share of households', () => {
    for (const [flaw, share] of Object.entries(flawShares)) {
      const count = households.filter(({ flaws }) => flaws.some((each) => each === flaw)).length;
      const expected = share * households.length;
      expect(count, flaw).toBeGreaterThan(0);
      expect(Math.abs(count - expected), flaw).toBeLessThanOrEqual(4 * Math.sqrt(expected));
    }
  });
});

describe('what it has been decided to be', () => {
  const decided = households.flatMap(({ decided: file, ...household }) =>
    file === null ? [] : [{ ...household, ...file }],
  );

  test('every tier on the roster is the one the rules give for the facts on the day of the opinion', () => {
    for (const { roster, determination } of decided) {
      const evaluation = evaluationAgain(determination, shanxiPack);
      expect(evaluation.status).toBe('decided');
      expect(roster.household.tier).toBe(evaluation.householdTier);
      expect(evaluationHashOf(digest, evaluation)).toBe(determination.evaluationHash);
      expect(roster.household.members.map(({ personId, tier }) => ({ personId, tier }))).toEqual(
        evaluation.memberTiers,
      );
    }
  });

  test('a sort is what its households turn out to be', () => {
    const tierOf: Partial<Record<Sort, string>> = {
      'allowance-rural': 'MINIMUM_LIVING_ALLOWANCE',
      'allowance-urban': 'MINIMUM_LIVING_ALLOWANCE',
      'extreme-hardship': 'EXTREME_HARDSHIP',
      'marginal': 'MARGINAL',
      'rigid-expenditure': 'RIGID_EXPENDITURE',
      'watch-list': 'OTHER_LOW_INCOME',
      'near-poor': 'NONE',
    };
    const asDrawn = decided.filter(({ sort, determination }) => determination.tier === tierOf[sort]);
    expect(asDrawn.length).toBeGreaterThanOrEqual(0.99 * decided.length);
  });

  test('the facts were known by the visit, and the decision came after it, before today', () => {
    for (const { application, determination } of decided) {
      const { evaluatedOn, decidedOn } = determination;
      expect(application.submittedAt.slice(0, 10) <= evaluatedOn).toBe(true);
      expect(evaluatedOn < decidedOn && decidedOn < wutai.date).toBe(true);
      const { facts } = householdSeen(determination);
      expect(facts.length).toBeGreaterThan(0);
      expect(facts.every(({ asOf }) => asOf <= evaluatedOn)).toBe(true);
    }
  });

  test('what is on record is named by the household, and nothing is named that is not on record', () => {
    for (const { roster, onRecord, application, determination } of decided) {
      expect(roster.determinationId).toBe(onRecord ? determination.determinationId : null);
      expect(roster.applicationId).toBe(onRecord ? application.applicationId : null);
    }
  });
});

describe('what is wrong with it', () => {
  const today = ({ roster }: SyntheticHousehold) => evaluate(roster.household, shanxiPack, wutai.date);
  const flawedBy = (flaw: keyof typeof flawShares): SyntheticHousehold[] =>
    households.filter(({ flaws }) => flaws.includes(flaw));

  test('the overlooked are on no tier, though the rules would give them one', () => {
    const overlooked = ofSort('overlooked').filter(({ flaws }) => flaws.length === 0);
    expect(overlooked.length).toBeGreaterThan(0);
    for (const household of overlooked) {
      expect(household.decided).toBeNull();
      expect(household.roster.household.tier).toBe('NONE');
      expect(today(household).householdTier).not.toBe('NONE');
    }
  });

  test.each(['stale-facts', 'missing-fact'] as const)('the rules cannot decide a household with %s today', (flaw) => {
    expect(flawedBy(flaw).map((household) => today(household).status)).toEqual(
      flawedBy(flaw).map(() => 'cannot-decide'),
    );
  });

  test('a household that lives elsewhere is registered in another division than it lives in', () => {
    for (const { roster, flaws } of households) {
      const { registeredDivision, residenceDivision } = roster.household;
      expect(registeredDivision !== residenceDivision).toBe(flaws.includes('lives-elsewhere'));
    }
  });

  test('someone has died, and still is on the tier, in a household with a death', () => {
    for (const { roster, decided } of flawedBy('deceased-still-counted')) {
      const dead = roster.household.members.filter(({ deceasedOn }) => deceasedOn !== null);
      expect(dead).toHaveLength(1);
      const [{ deceasedOn } = { deceasedOn: null }] = dead;
      expect(
        deceasedOn !== null && deceasedOn < wutai.date && deceasedOn > (decided?.determination.decidedOn ?? ''),
      ).toBe(true);
    }
  });
});
