import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionsInForce } from '../../../../domain/catalogue/catalogue.ts';
import { catalogueOn } from '../../../../domain/catalogue/catalogue-on.ts';
import { itemReasonIn } from '../../../../domain/catalogue/item-wording.ts';
import { type ItemDecision, itemsOf, openItems } from '../../../../domain/catalogue/items.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { date, decide, today } from '../household-builder.ts';
import { decidableHouseholds, householdsInLife } from './catalogue-households.arbitrary.ts';

const items = (household: Household): readonly ItemDecision[] =>
  itemsOf(decide(household), household, shanxiPack, today);
const opened = (household: Household) => openItems(decide(household), household, shanxiPack, today);
const runs = { numRuns: 600 };

/** The persons who have a part in what opens of an item. */
const servedBy = (decisions: readonly ItemDecision[], code: string): readonly string[] =>
  decisions
    .filter((decision) => decision.code === code && decision.result === 'opens')
    .flatMap(({ persons }) => persons);

/** The machine may be busy with other tests. */
const patience = { timeout: 90_000 };

describe('the items of any household', patience, () => {
  it('that exclude each other are never both open', () => {
    let both = 0;
    const { exclusions, items: inForce } = catalogueOn(planFor(shanxiPack, today));
    fc.assert(
      fc.property(decidableHouseholds, (household) => {
        const decisions = items(household);
        for (const { stands, yields, scope } of exclusions) {
          const served = [stands, yields].map((place) => servedBy(decisions, inForce[place]?.item.code ?? 'no item'));
          const [one = [], other = []] = served;
          const shared = scope === 'person' ? one.filter((personId) => other.includes(personId)) : other;
          expect(one.length === 0 ? [] : shared).toStrictEqual([]);
        }
        both += decisions.filter(({ result }) => result === 'excluded').length;
      }),
      { numRuns: 2_000 },
    );
    expect(both).toBeGreaterThan(50);
  });

  it('open the same, with the same amounts, explained or not', () => {
    fc.assert(
      fc.property(householdsInLife, (household) => {
        const explained = items(household)
          .filter(({ result }) => result === 'opens')
          .map(({ code, personId, amount, amountIs, period }) => ({ code, personId, amount, amountIs, period }));
        expect(opened(household)).toStrictEqual(explained);
      }),
      runs,
    );
  });

  it('are one answer for each item in force and each subject, the same each time', () => {
    const inForce = versionsInForce(shanxiPack.catalogue, ({ code }) => code, today);
    fc.assert(
      fc.property(householdsInLife, (household) => {
        const first = items(household);
        expect(items(structuredClone(household))).toStrictEqual(first);
        const keys = first.map(({ code, personId }) => `${code} ${personId}`);
        expect(new Set(keys).size).toBe(keys.length);
        const codes = new Set(first.filter(({ item }) => item.subject === 'household').map(({ code }) => code));
        expect(codes.size).toBe(inForce.filter(({ subject }) => subject === 'household').length);
        for (const { reason, result, amount } of first) {
          expect(reason.kind === 'opens').toBe(result === 'opens');
          expect(amount === null || amount >= 0).toBe(true);
          if (reason.kind === 'unknown') expect(reason.causes.length).toBeGreaterThan(0);
          for (const language of ['zh', 'en'] as const) {
            expect(itemReasonIn(reason, language)).not.toMatch(/undefined|per_|hh_|not-declared|undecided/u);
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it('that are not for anyone open only to a household that could be decided', () => {
    let openToAnyone = 0;
    fc.assert(
      fc.property(householdsInLife, (household) => {
        const evaluation = decide(household);
        if (evaluation.status === 'decided') return;
        for (const { item, result } of itemsOf(evaluation, household, shanxiPack, today)) {
          if (item.tiers !== 'anyone') expect(['unknown', 'not-open']).toContain(result);
          else if (result === 'opens') openToAnyone += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(openToAnyone).toBeGreaterThan(20);
  });

  it('take over the entitlements of the decision, each with its amount, and add none', () => {
    fc.assert(
      fc.property(decidableHouseholds, (household) => {
        const evaluation = decide(household);
        const taken = openItems(evaluation, household, shanxiPack, today)
          .filter(({ amountIs }) => amountIs === 'exact')
          .map(({ code, personId, amount }) => `${code} ${personId} ${amount}`);
        const given = evaluation.entitlements.map(({ item, personId, amount }) => `${item} ${personId} ${amount}`);
        expect(taken.toSorted()).toStrictEqual(given.toSorted());
      }),
      runs,
    );
  });

  it('do not depend on the order of the facts', () => {
    const shuffled = householdsInLife.chain((household) =>
      fc
        .shuffledSubarray(household.facts, { minLength: household.facts.length })
        .map((facts) => [household, { ...household, facts }] as const),
    );
    fc.assert(
      fc.property(shuffled, ([household, other]) => {
        expect(opened(other)).toStrictEqual(opened(household));
      }),
      { numRuns: 300 },
    );
  });

  it('are none on a day before the pack begins', () => {
    fc.assert(
      fc.property(decidableHouseholds, (household) => {
        const early = date('2021-06-30');
        expect(itemsOf(decide(household), household, shanxiPack, early)).toStrictEqual([]);
        expect(openItems(decide(household), household, shanxiPack, early)).toStrictEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});
