import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionSettings } from '../../../../domain/catalogue/condition-settings.ts';
import { factTable, placeOf, problemAt } from '../../../../domain/catalogue/fact-table.ts';
import { variableNamed } from '../../../../domain/catalogue/variables.ts';
import { reading, situationOf } from '../../../../domain/eligibility/situation.ts';
import { type FactKind, factKinds } from '../../../../domain/facts/fact-kinds.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { householdId, householdOf, packWith, person, today } from '../household-builder.ts';
import { householdsInLife } from './catalogue-households.arbitrary.ts';

const used = [...variableNamed.values()].flatMap((variable) =>
  'fact' in variable ? [[variable.fact, variable.stale] as const] : [],
);

describe('the facts a condition finds', () => {
  it.each([
    ['the pack', shanxiPack],
    [
      'a pack for which facts age fast',
      packWith({ 'stale.condition_days': 30, 'stale.asset_days': 20, 'stale.expenditure_days': 10 }),
    ],
  ])('are those every test of a tier would find, with the same trouble: %s', (_name, pack) => {
    const { cutoffs } = conditionSettings(pack, today);
    const seen = new Set<string>();
    fc.assert(
      fc.property(householdsInLife, (household) => {
        const situation = situationOf(household, pack, today);
        if (situation === null) throw new Error('no standard');
        const table = factTable(household, today);
        const subjects = [household.householdId, ...household.members.map(({ personId }) => personId)];
        for (const [row, subject] of subjects.entries()) {
          for (const [kind, stale] of used) {
            if ((factKinds[kind].about === 'household') !== (row === 0)) continue;
            const read = reading(situation, subject, kind);
            const place = placeOf(row, kind);
            const problem = problemAt(table, place, kind, cutoffs[stale]);
            expect([kind, problem]).toStrictEqual([kind, read.known ? null : read.problem]);
            expect(problemAt(table, place, kind, cutoffs[stale])).toBe(problem);
            expect(table.facts[place] ?? null).toBe(read.fact);
            seen.add(String(problem));
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toStrictEqual(new Set(['null', 'not-declared', 'stale', 'wrong-unit']));
  });

  it('are no evidence when their value has another shape than their kind', () => {
    const household = householdOf([{ facts: { 'illness.major': true } }]);
    const { cutoffs } = conditionSettings(shanxiPack, today);
    const problemWith = (kind: FactKind, value: unknown) => {
      const facts = household.facts.map((fact) => ({
        ...fact,
        kind,
        unit: factKinds[kind].unit,
        value: value as never,
      }));
      const ofHousehold = factKinds[kind].about === 'household';
      const subject = ofHousehold ? householdId : person(1);
      const spoilt = { ...household, facts: facts.slice(0, 1).map((fact) => ({ ...fact, subject })) };
      const table = factTable(spoilt, today);
      return problemAt(table, placeOf(ofHousehold ? 0 : 1, kind), kind, cutoffs['stale.condition_days']);
    };
    expect(problemWith('illness.major', 'yes')).toBe('wrong-value');
    expect(problemWith('self-care.failed', 1.5)).toBe('wrong-value');
    expect(problemWith('self-care.failed', 1_001)).toBe('wrong-value');
    expect(problemWith('expenditure.medical', -1)).toBe('wrong-value');
    expect(problemWith('disability', { category: 'physical', level: 5 })).toBe('wrong-value');
    expect(problemWith('disability', { category: 'none', level: 1 })).toBe('wrong-value');
    expect(problemWith('event.kind', 'orphan')).toBe('wrong-value');
    expect(problemWith('event.kind', 'death')).toBeNull();
    expect(problemWith('disability', { category: 'physical', level: 4 })).toBeNull();
  });
});
