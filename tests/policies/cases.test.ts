import { describe, expect, it } from 'vitest';
import { ageOn, dateOfDayNumber, LocalDate } from '../../domain/dates.ts';
import { reasons } from '../../domain/eligibility/explain.ts';
import { householdTiers } from '../../domain/eligibility/tiers.ts';
import { standardOn } from '../../domain/policy/look-up.ts';
import type { DisabilityLevels, ParameterKey } from '../../domain/policy/parameters.ts';
import { parameterKinds } from '../../domain/policy/parameters.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { differencesFrom, outcomeDifferences } from './case-differences.ts';
import { type PolicyCase, parseCaseFile, readCases } from './case-file.ts';
import { decideCase } from './case-household.ts';
import { linesHeldBy, testCodesOf } from './case-lines.ts';
import { type Neighbour, neighboursOfPack } from './changed-packs.ts';
import { parametersNamedByRules } from './values-read.ts';

const cases = readCases();
const byFile = [...Map.groupBy(cases, ({ file }) => file)];
const decided = cases.map((written) => ({ written, evaluation: decideCase(written, shanxiPack) }));

describe.each(byFile)('%s', (_file, inFile) => {
  it.each(inFile.map((written) => [written.name, written] as const))('%s', (_name, written) => {
    expect(differencesFrom(written, decideCase(written, shanxiPack))).toStrictEqual([]);
  });
});

describe('the cases together', () => {
  it('are at least 160, and no two have one name', () => {
    expect(cases.length).toBeGreaterThanOrEqual(160);
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toStrictEqual([]);
  });

  it('hold the reasons of each tier, and of each status, in both languages', () => {
    const told = cases.filter(({ expect: { says } }) => says !== undefined && says.zh.length > 0 && says.en.length > 0);
    expect([...new Set(told.map((written) => written.expect.tier))].toSorted()).toStrictEqual(
      householdTiers.toSorted(),
    );
    expect(new Set(told.map((written) => written.expect.status))).toStrictEqual(new Set(['decided', 'cannot-decide']));
  });
});

const file = (text: string) => (): unknown => parseCaseFile('age.yaml', text);
const sound = `
topic: A topic
law: What the law says about it
date: 2026-11-24
cases:
  - name: An old person alone is in extreme hardship
    article: D43 article 5
    members: [{ relation: applicant, born: 1950-01-01, income: { other: 0 } }]
    expect: { tier: EXTREME_HARDSHIP, monthly: 0, because: { mla.income: pass } }
`;

describe('a case that nobody can decide', () => {
  const open = decided.filter(({ evaluation }) => evaluation.status === 'cannot-decide');

  it.each(open.map(({ written, evaluation }) => [written.name, evaluation] as const))(
    'says why: %s',
    (_name, evaluation) => {
      const causes = evaluation.tests.filter(({ result, cause }) => result === 'unknown' && cause !== null);
      expect(causes.length).toBeGreaterThan(0);
      expect(evaluation.entitlements).toStrictEqual([]);
      expect(reasons(evaluation, 'en').join()).toMatch(/the county panel is asked: \S+/u);
      expect(reasons(evaluation, 'zh').join()).toMatch(/转县级“一事一议”：[^。]+。/u);
    },
  );
});

describe('a file of cases', () => {
  it('is read when it is sound', () => {
    expect(file(sound)()).toMatchObject([{ file: 'age.yaml', date: '2026-11-24', expect: { monthly: 0 } }]);
  });

  it.each([
    ['a key nobody knows', 'born:', 'birthday: 1950-01-01, born:', 'birthday'],
    ['a case without its article', '    article: D43 article 5\n', '', 'article'],
    ['an article that names no document', 'D43 article 5', 'article 5', 'begins with the document'],
    ['a part of a fen', 'other: 0', 'other: 0.001', 'income'],
    ['a day that is none', '1950-01-01', '1950-02-30', 'born'],
    ['a tier that is none', 'tier: EXTREME_HARDSHIP', 'tier: POOR', 'tier'],
    ['no amount', ' monthly: 0,', '', 'monthly'],
    ['no reason', '{ mla.income: pass }', '{}', 'a reason is needed'],
  ])('with %s is refused, and the error names the file, the case and the field', (_what, before, after, named) => {
    const spoilt = sound.replace(before, after);
    expect(spoilt).not.toBe(sound);
    expect(file(spoilt)).toThrow('age.yaml: case 1 ("An old person alone is in extreme hardship")');
    expect(file(spoilt)).toThrow(named);
  });
});

describe('both sides of every line', () => {
  const held = linesHeldBy(decided);
  const valueToday = <Value>(key: ParameterKey): Value => shanxiPack.parameters[key].at(-1)?.value as Value;

  it('have a case, one fen, piece, person, day, level or indicator apart, for every test there is', () => {
    const codes = new Set(held.map(({ code }) => code));
    expect(testCodesOf(decided).filter((code) => !codes.has(code))).toStrictEqual([]);
  });

  it.each([
    ['extreme-hardship.work-capacity', 'extreme-hardship.disabilities'],
    ['single-person-entry.condition', 'single-entry.disabilities'],
  ] as const)('have a case in %s for every category of disability in %s', (code, key) => {
    const levels = Object.entries(valueToday<DisabilityLevels>(key));
    const missing = levels.filter(
      ([category, level]) =>
        !held.some((line) => line.code === code && line.scale.includes(category) && line.between[0] === level),
    );
    expect([levels.length > 0, missing]).toStrictEqual([true, []]);
  });

  it.each(['extreme-hardship.age_from', 'extreme-hardship.minor_below', 'extreme-hardship.minor_kept_below'] as const)(
    'have a case a day on either side of %s',
    (key) => {
      const turns = held.filter(({ scale, between }) => {
        const day = LocalDate.parse(/seen on (?<day>[\d-]+)/u.exec(scale)?.groups?.['day'] ?? '1900-01-01');
        return scale.startsWith('birth') && ageOn(dateOfDayNumber(between[0]), day) === valueToday<number>(key);
      });
      expect(turns.length).toBeGreaterThan(0);
    },
  );
});

/** Settings that decide nothing: they settle what the reasons say. */
const ofReasons: readonly string[] = ['members.uncounted_loss_reported'] satisfies ParameterKey[];
const isRed = (written: PolicyCase, neighbour: Neighbour): boolean => {
  const differences = ofReasons.includes(neighbour.of) ? differencesFrom : outcomeDifferences;
  try {
    return differences(written, decideCase(written, neighbour.pack)).length > 0;
  } catch (error) {
    // A pack that begins before its values do has nothing to decide by: that is seen, too.
    if (error instanceof RangeError) return true;
    throw error;
  }
};
/** A case that is red by the pack itself says nothing about a change. */
const green = decided
  .filter(({ written, evaluation }) => outcomeDifferences(written, evaluation).length === 0)
  .map(({ written }) => written);
/** The changes that turn no case red. The file that saw the last one is asked first, for changes of one value are seen in one place. */
const unseen = (neighbours: readonly Neighbour[]): string[] => {
  let inOrder = green;
  return neighbours.flatMap((neighbour) => {
    const seenBy = inOrder.find((written) => isRed(written, neighbour));
    if (seenBy === undefined) return [neighbour.change];
    const isNear = (written: PolicyCase): boolean => written.file === seenBy.file;
    inOrder = [...green.filter(isNear), ...green.filter((written) => !isNear(written))];
    return [];
  });
};

describe('a copy of the pack that differs in one place by one step turns a case red', () => {
  const own = cases.filter(({ suppose }) => suppose.standard === undefined);
  const places = own.map(
    ({ household: { division, settlement }, date }) => standardOn(shanxiPack, division, settlement, date)?.division,
  );
  const neighbours = [...Map.groupBy(neighboursOfPack(shanxiPack, places), ({ of }) => of)];
  const named = parametersNamedByRules(Object.keys(parameterKinds));
  const isIdle = (of: string): boolean => Object.hasOwn(parameterKinds, of) && !named.has(of);

  it.each(neighbours.filter(([of]) => !isIdle(of)))('%s', (_of, changed) => {
    expect(unseen(changed)).toStrictEqual([]);
  });

  it('for every sign of comparison there is: strict to loose, and of property loose to strict', () => {
    const signs = Object.entries(parameterKinds).filter(([, { unit }]) => unit === 'comparison');
    const changed = neighbours.flatMap(([of, list]) => list.map(({ change }) => `${of}: ${change}`));
    for (const [key] of signs) {
      expect(named.has(key)).toBe(true);
      expect(changed.filter((text) => text.startsWith(`${key}: "`)).length).toBeGreaterThan(0);
    }
    const ofProperty = changed.filter(
      (text) => text.includes('"comparison":"<="') && text.includes('"comparison":"<",'),
    );
    expect(ofProperty.length).toBe(shanxiPack.propertyLimits.length);
  });

  it('but for values that the rules of the tiers do not name, by which no case can differ', () => {
    const idle = neighbours.filter(([of]) => isIdle(of));
    const seen = idle.filter(([, list]) => unseen(list).length < list.length).map(([of]) => of);
    expect(seen).toStrictEqual([]);
    // Every case is decided by each of these packs, for none may see a change: that takes its time on a busy machine.
  }, 60_000);
});
