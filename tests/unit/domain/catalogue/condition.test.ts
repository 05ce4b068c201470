import { describe, expect, it } from 'vitest';
import { catalogueOn } from '../../../../domain/catalogue/catalogue-on.ts';
import { parseCondition } from '../../../../domain/catalogue/condition.ts';
import { choiceWords, conditionIn } from '../../../../domain/catalogue/item-wording.ts';
import { compileCondition, conditionCauses } from '../../../../domain/catalogue/run-condition.ts';
import { variableNamed } from '../../../../domain/catalogue/variables.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import { householdReadings } from '../../../../domain/eligibility/situation.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { householdOf, type MemberOptions, packWith, person, today, yuan } from '../household-builder.ts';

type Options = NonNullable<Parameters<typeof householdOf>[1]>;

const parsed = (source: string, subject: 'person' | 'household' = 'person') => {
  const result = parseCondition(source, subject);
  if (!result.ok) throw new Error(`${source}: ${result.faults[0]?.message}`);
  return result.condition;
};
const faultOf = (source: string, subject: 'person' | 'household' = 'person') => {
  const result = parseCondition(source, subject);
  if (result.ok) throw new Error(`${source} was accepted`);
  return result.faults[0];
};

const contextOf = (member: MemberOptions = {}, options: Options = {}, pack = shanxiPack) => {
  const household = householdOf([member], options);
  const plan = planFor(pack, today);
  const [home = [], own = []] = householdReadings(household, plan);
  return {
    household,
    present: household.members,
    settings: catalogueOn(plan).settings,
    decided: true,
    householdTier: 'MARGINAL',
    files: [own],
    home,
    own,
    member: household.members[0] ?? null,
    memberTier: 'MARGINAL',
    memberAge: 46,
  } as const;
};
const answer = (source: string, ...about: Parameters<typeof contextOf>) =>
  compileCondition(parsed(source))(contextOf(...about));

describe('a condition is refused when the pack is loaded', () => {
  it.each([
    ['that does not parse', 'person.age >=', 14, /EOF/u],
    ['with one = for two', 'person.age = 60', 12, /Unexpected character/u],
    ['of an unknown variable', 'nobody.age > 1', 1, /Unknown variable: nobody/u],
    ['of a misspelt field', 'person.majorIlness', 8, /No such key: majorIlness/u],
    ['that compares a number with a text', 'person.age == "old"', 1, /no such overload: int == string/u],
    ['that takes a text for a condition', 'household.tier ? true : false', 11, /must be bool/u],
    ['that is a number', 'person.age', 1, /is int, not a condition/u],
    [
      'of a text that the variable never has',
      'person.age > 1 && household.tier == "MARGNAL"',
      19,
      /never "MARGNAL"; it is one of EXTREME_HARDSHIP/u,
    ],
    ['of such a text in a list', 'household.tier in ["MARGINAL", "RICH"]', 32, /never "RICH"/u],
    ['of a fraction', 'person.age > 59.5', 14, /only whole numbers/u],
    [
      'of two variables with other units',
      'person.age < household.size',
      1,
      /person\.age is in years and household\.size in persons/u,
    ],
    ['of two variables with other choices', 'household.tier == household.settlement', 1, /cannot be compared/u],
    ['of two constants', '1 < 2', 1, /the same for everybody/u],
    ['that asks which text is greater', 'household.tier < "MARGINAL"', 1, /needs whole numbers/u],
    ['with arithmetic', 'person.age + 1 > 60', 1, /only a variable or a constant/u],
    ['with a function', 'household.tier.startsWith("M")', 1, /made of variables, constants/u],
    ['with an empty list', 'person.age in []', 15, /not an empty one/u],
    ['with a list of variables', 'person.age in [household.size]', 16, /may be listed/u],
    ['of a constant in a list', '1 in [1, 2]', 1, /only a variable may be looked for/u],
    ['of a group of variables', 'person == person', 1, /no such overload/u],
    ['of a group of variables in a list', 'person in [1]', 1, /no such overload|only a variable/u],
  ] as const)('%s, with the column', (_what, source, column, message) => {
    expect(faultOf(source)).toMatchObject({ column, message: expect.stringMatching(message) });
  });

  it('when an item for a household asks about one person', () => {
    expect(faultOf('person.age > 60', 'household')).toMatchObject({ column: 1, message: 'Unknown variable: person' });
    expect(() => parsed('household.size > 1', 'household')).not.toThrow();
  });
});

describe('a condition answers in three values', () => {
  const [yes, no, unknown] = ['person.age >= 46', 'person.age > 46', 'person.basicInsurance'];

  it.each([
    [yes, yes, true, true],
    [yes, no, false, true],
    [no, yes, false, true],
    [no, no, false, false],
    [yes, unknown, undefined, true],
    [unknown, yes, undefined, true],
    [no, unknown, false, undefined],
    [unknown, no, false, undefined],
    [unknown, unknown, undefined, undefined],
  ])('%s with %s: and %s, or %s', (left, right, and, or) => {
    expect(answer(`${left} && ${right}`)).toBe(and);
    expect(answer(`${left} || ${right}`)).toBe(or);
  });

  it('an unknown stays one when it is denied, compared or looked for', () => {
    expect(answer(`!${unknown}`)).toBeUndefined();
    expect(answer(`!(${no})`)).toBe(true);
    expect(answer('person.basicInsurance == true')).toBeUndefined();
    expect(answer('person.selfCareFailed in [0, 1]')).toBeUndefined();
    expect(answer('person.selfCareFailed >= 0')).toBeUndefined();
  });

  it('a choice whose test is unknown is known when both answers are the same', () => {
    expect(answer(`${unknown} ? ${yes} : ${yes}`)).toBe(true);
    expect(answer(`${unknown} ? ${yes} : ${no}`)).toBeUndefined();
    expect(answer(`${yes} ? ${no} : ${yes}`)).toBe(false);
    expect(answer(`${no} ? ${no} : ${yes}`)).toBe(true);
  });

  it.each([
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
  ])('%s is exact at the line and a fen on either side', (operator, expected) => {
    const at = (fen: number) =>
      answer(`household.spending.medical ${operator} 2000000`, {}, { facts: { 'expenditure.medical': fen } });
    expect([1_999_999, 2_000_000, 2_000_001].map(at)).toStrictEqual(expected);
  });

  it('the number may stand on the left, and two variables of one unit may be compared', () => {
    expect(answer('46 <= person.age')).toBe(true);
    expect(
      answer('household.spending.medical > household.spending.education', {}, { facts: { 'expenditure.medical': 1 } }),
    ).toBe(true);
  });
});

describe('what a variable is', () => {
  it('silence about spending is none or unknown, as the pack says', () => {
    expect(answer('household.spending.medical == 0')).toBe(true);
    const silent = packWith({ 'facts.undeclared_spending': 'unknown' });
    expect(answer('household.spending.medical == 0', {}, {}, silent)).toBeUndefined();
    expect(answer('household.spending.medical > 100', {}, { facts: { 'expenditure.medical': yuan(2) } })).toBe(true);
  });

  it('no certificate is no disability, and neither a severe nor a mild level', () => {
    expect(answer('person.disability.certified')).toBe(false);
    expect(answer('person.disability.category == "none"')).toBe(true);
    expect(answer('person.disability.level <= 2')).toBeUndefined();
    expect(answer('person.disability.certified && person.disability.level <= 2')).toBe(false);
    const severe = { facts: { disability: { category: 'visual', level: 2 } } };
    expect(answer('person.disability.certified && person.disability.level <= 2', severe)).toBe(true);
    expect(answer('person.disability.category == "visual"', severe)).toBe(true);
  });

  it('able to work is of working age, without a disability that the law takes for the loss of it', () => {
    const at = (memberAge: number, member: MemberOptions = {}) =>
      compileCondition(parsed('person.ableToWork'))({ ...contextOf(member), memberAge });
    expect([15, 16, 59, 60].map((age) => at(age))).toStrictEqual([false, true, true, false]);
    expect(at(40, { facts: { disability: { category: 'physical', level: 2 } } })).toBe(false);
    expect(at(40, { facts: { disability: { category: 'physical', level: 3 } } })).toBe(true);
    expect(at(40, { facts: { disability: { category: 'physical', level: 3 } }, asOf: '2010-01-01' })).toBeUndefined();
    expect(at(70, { facts: { disability: { category: 'physical', level: 3 } }, asOf: '2010-01-01' })).toBe(false);
  });

  it('the stage of study of a child or student nobody has asked about is unknown; an adult studies nowhere', () => {
    const at = (memberAge: number, member: MemberOptions = {}) =>
      compileCondition(parsed('person.stage == "none"'))({ ...contextOf(member), memberAge });
    expect([at(15), at(16), at(20, { fullTimeStudent: true })]).toStrictEqual([undefined, true, undefined]);
    expect(answer('person.stage == "university"', { facts: { 'study.stage': 'university' } })).toBe(true);
  });

  it('the days since an event are counted from the day it is true of', () => {
    const event = { facts: { 'event.kind': 'accident' }, asOf: '2026-10-25' };
    expect(answer('event.daysAgo <= 30', {}, event)).toBe(true);
    expect(answer('event.daysAgo <= 29', {}, event)).toBe(false);
    expect(answer('event.kind == "accident" && event.daysAgo <= 30')).toBe(false);
  });

  it('a tier that could not be decided is unknown', () => {
    const undecided = { ...contextOf(), decided: false };
    for (const source of ['household.tier == "MARGINAL"', 'person.tier == "MARGINAL"']) {
      expect(answer(source)).toBe(true);
      expect(compileCondition(parsed(source))(undecided)).toBeUndefined();
      expect(conditionCauses(parsed(source), undecided)).toStrictEqual([
        { problem: 'undecided', name: 'tier', personId: null },
      ]);
    }
  });

  it('each has a unit, a meaning in both languages, and words for each of its choices', () => {
    for (const [name, { unit, meaning, choices }] of variableNamed) {
      expect(name).toMatch(/^(?:household|event|person|standing)\.[a-z]+/iu);
      expect(unit).toMatch(/^[a-z0-9-]+$/u);
      expect(meaning.zh).toMatch(/\p{Script=Han}/u);
      expect(meaning.en).toMatch(/^[a-z]/u);
      for (const choice of choices ?? [])
        expect([choice, choiceWords[choice] !== undefined]).toStrictEqual([choice, true]);
    }
  });
});

describe('why a condition is unknown', () => {
  it('names the fact that is missing, too old or spoilt, and whose it is; not those beside it that are settled', () => {
    const old = contextOf({ facts: { 'illness.major': true }, asOf: '2010-01-01' });
    const condition = parsed('person.majorIllness && person.basicInsurance && person.age > 1');
    expect(conditionCauses(condition, old)).toStrictEqual([
      { problem: 'stale', name: 'illness.major', personId: person(1) },
      { problem: 'not-declared', name: 'insurance.basic-medical', personId: person(1) },
    ]);
    const housing = parsed('person.age > 60 || household.housing == "unsafe"');
    expect(conditionCauses(housing, old)).toStrictEqual([
      { problem: 'not-declared', name: 'housing.condition', personId: null },
    ]);
    expect(conditionCauses(parsed('person.age > 1 || household.housing == "unsafe"'), old)).toStrictEqual([]);
    expect(conditionCauses(parsed('!(person.selfCareFailed > 1)'), old)).toMatchObject([{ name: 'self-care.failed' }]);
  });
});

describe('a condition in words', () => {
  it.each([
    ['person.age >= 60', 'age at least 60', '年龄不低于60'],
    ['!person.fullTimeStudent', 'not a full-time student', '并非“全日制在读”'],
    [
      'household.housing in ["crowded", "unsafe"]',
      'the condition of the housing is crowded or unsafe',
      '住房状况为住房困难或危房',
    ],
    [
      'person.age < 16 || (person.majorIllness && household.spending.medical > 1000050)',
      'age below 16 or (has a major illness and medical spending in twelve months above 10000.50 yuan)',
      '年龄低于16或（患重特大疾病且十二个月医疗支出高于10000.50元）',
    ],
    ['household.settlement != "urban"', 'the urban or rural category is not urban', '城乡类别不为城镇'],
  ])('%s', (source, en, zh) => {
    expect(conditionIn(parsed(source), 'en')).toBe(en);
    expect(conditionIn(parsed(source), 'zh')).toBe(zh);
  });
});
