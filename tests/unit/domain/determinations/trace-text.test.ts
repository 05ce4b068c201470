import { describe, expect, it } from 'vitest';
import { outputOf } from '../../../../domain/determinations/octets.ts';
import { traceOf } from '../../../../domain/determinations/trace.ts';
import { traceText, writeTrace } from '../../../../domain/determinations/trace-text.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import type { Household } from '../../../../domain/households/household.ts';
import type { PolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { parsePolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../../../policies/shanxi/pack.ts';
import { date, decide, householdOf, packWith, today, yuan } from '../household-builder.ts';
import { flawedHousehold, fullHousehold } from './full-households.ts';

const stringified = (household: Household, pack: PolicyPack): string =>
  JSON.stringify(traceOf(decide(household, pack)));
const bulk = (household: Household, pack: PolicyPack): string => traceText(household, planFor(pack, today));

/** One dwelling, as every modest household: its line is shared, and which limit it is held against is the pack's. */
const couple = householdOf([{ facts: { 'income.wages': yuan(9_000) } }, { facts: { 'income.other': 0 } }]);
const atTheLine = householdOf([{ facts: { 'income.wages': yuan(496 * 24) } }, { facts: { 'income.other': 0 } }]);

const withDwellings = (comparison: '<' | '<=', limit: number): PolicyPack =>
  parsePolicyPack(
    {
      ...shanxiPackData,
      version: `dwellings-${comparison === '<' ? 'below' : 'at-most'}-${limit}`,
      propertyLimits: shanxiPackData.propertyLimits.map((each) =>
        each.asset === 'asset.dwellings'
          ? {
              ...each,
              values: each.values.map((dated) => ({ ...dated, value: { ...dated.value, comparison, limit } })),
            }
          : each,
      ),
    },
    () => true,
  );

describe('the text of a trace', () => {
  it('is that of the trace as an object, for all there is and all that can be wrong', () => {
    for (const household of [couple, fullHousehold(8), fullHousehold(4, 5), flawedHousehold()]) {
      expect(bulk(household, shanxiPack)).toBe(stringified(household, shanxiPack));
    }
  });

  it('of one pack shares no line with another that differs only in a comparison', () => {
    const packs = [withDwellings('<=', 1), withDwellings('<', 1), withDwellings('<=', 1), withDwellings('<', 2)];
    const results = packs.map((pack) => {
      const text = bulk(couple, pack);
      expect(text).toBe(stringified(couple, pack));
      return /"mla.property.dwellings","result":"(?<result>\w+)"/u.exec(text)?.groups?.['result'];
    });
    expect(results).toStrictEqual(['pass', 'fail', 'pass', 'pass']);
  });

  it('of one pack shares no line of income with another either', () => {
    const other = packWith({ 'mla.income_comparison': '<=' });
    for (const pack of [shanxiPack, other, shanxiPack]) {
      const text = bulk(atTheLine, pack);
      expect(text).toBe(stringified(atTheLine, pack));
      expect(text).toContain(`"mla.income","result":"${pack === other ? 'pass' : 'fail'}"`);
    }
  });

  it('of a household that cannot be tested is the one line that settles it', () => {
    const gone = { ...couple, members: couple.members.map((member) => ({ ...member, deceasedOn: today })) };
    expect(bulk(gone, shanxiPack)).toBe(stringified(gone, shanxiPack));
    expect(bulk(gone, shanxiPack)).toContain('{"code":"household.members","result":"fail"}');
    const nowhere: PolicyPack = { ...shanxiPack, version: 'nowhere', standards: [] };
    expect(bulk(couple, nowhere)).toBe(stringified(couple, nowhere));
    expect(bulk(couple, nowhere)).toContain('"cause":"not-set standard"');
  });

  it('follows what was written before it, and finds its own room', () => {
    const output = outputOf(1);
    const plan = planFor(shanxiPack, today);
    writeTrace(output, couple, plan);
    writeTrace(output, fullHousehold(8), plan);
    const both = Buffer.from(output.bytes.subarray(0, output.length)).toString('utf8');
    expect(both).toBe(stringified(couple, shanxiPack) + stringified(fullHousehold(8), shanxiPack));
  });

  it('writes a version, a cause and a value that need escapes as JSON does', () => {
    const odd: PolicyPack = { ...shanxiPack, version: '山西 "2026"\n' };
    expect(bulk(couple, odd)).toBe(stringified(couple, odd));
    expect(JSON.parse(bulk(couple, odd))).toMatchObject({ policyVersion: '山西 "2026"\n', date: date('2026-11-24') });
  });
});
