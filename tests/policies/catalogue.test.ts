import { describe, expect, it } from 'vitest';
import {
  assistanceAreas,
  type CatalogueItem,
  determinedItems,
  exclusionIdentity,
  policyTypes,
  versionsInForce,
} from '../../domain/catalogue/catalogue.ts';
import { catalogueOn } from '../../domain/catalogue/catalogue-on.ts';
import { LocalDate } from '../../domain/dates.ts';
import { planFor } from '../../domain/eligibility/plan.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';

const today = LocalDate.parse('2026-11-24');
const inForce = versionsInForce(shanxiPack.catalogue, ({ code }) => code, today);
const item = (code: string): CatalogueItem => {
  const found = inForce.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no item ${code}`);
  return found;
};
describe("Shanxi's catalogue", () => {
  it('has at least 34 items, over the six areas and the three types of policy', () => {
    expect(inForce.length).toBeGreaterThanOrEqual(34);
    expect(new Set(inForce.map(({ area }) => area))).toStrictEqual(new Set(assistanceAreas));
    expect(new Set(inForce.map(({ policyType }) => policyType))).toStrictEqual(new Set(policyTypes));
  });

  it('has an item for each that the evaluation decides', () => {
    for (const code of determinedItems) expect(item(code).amount).toStrictEqual({ rule: 'determined' });
  });

  it('is led by fourteen departments, which are an assumption until the list of the plan is had', () => {
    const departments = versionsInForce(shanxiPack.departments, ({ code }) => code, today);
    expect(departments).toHaveLength(14);
    for (const { basis, citation, name } of departments) {
      expect([basis, citation]).toStrictEqual(['assumption', expect.stringContaining('not known')]);
      expect(name.zh).toMatch(/\p{Script=Han}/u);
    }
    const leading = new Set(inForce.map(({ leadDepartment }) => leadDepartment));
    expect(leading.size).toBeGreaterThanOrEqual(12);
  });

  it.each([
    ['medical.premium-help.full', ['EXTREME_HARDSHIP']],
    [
      'medical.inpatient-aid',
      ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'SINGLE_PERSON_ENTRY', 'MARGINAL', 'RIGID_EXPENDITURE'],
    ],
    ['housing.public-rental', ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE']],
    ['other.heating', ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE']],
    ['disability.living-subsidy', ['MINIMUM_LIVING_ALLOWANCE', 'SINGLE_PERSON_ENTRY', 'MARGINAL']],
    ['temporary-aid.expenditure', ['MARGINAL', 'RIGID_EXPENDITURE']],
    ['disaster.relief', 'anyone'],
    ['medical.disease-emergency-fund', 'anyone'],
    ['temporary-aid.emergency', 'anyone'],
    ['vagrant-relief', 'anyone'],
  ])('%s is for %j (D39 section 4)', (code, tiers) => {
    expect(item(code).tiers).toStrictEqual(tiers);
  });

  it('has help to find work for every tier but extreme hardship, whose people cannot work', () => {
    expect(item('employment.help').tiers).not.toContain('EXTREME_HARDSHIP');
    for (const tier of ['MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE']) {
      expect(item('employment.help').tiers).toContain(tier);
    }
  });

  it('takes nothing from the entrant of a marginal household that the others of it have', () => {
    const short = inForce.filter(
      ({ subject, tiers, code }) =>
        subject === 'person' &&
        tiers !== 'anyone' &&
        tiers.includes('MARGINAL') &&
        !tiers.includes('SINGLE_PERSON_ENTRY') &&
        code !== 'temporary-aid.expenditure',
    );
    expect(short).toStrictEqual([]);
    // An entrant has temporary aid as the allowance does.
    expect(item('temporary-aid.supplement').tiers).toContain('SINGLE_PERSON_ENTRY');
  });

  it('says of every figure what it rests on, and gives none as law that nobody has set', () => {
    for (const { amount, basis, citation } of shanxiPack.catalogue) {
      if ('citation' in amount)
        expect([amount.basis, amount.citation]).toStrictEqual([
          'assumption',
          expect.stringContaining('no rule of Shanxi known'),
        ]);
      if (/from memory|no rule of Shanxi known|default/u.test(citation)) expect(basis).not.toBe('statute');
      if (basis === 'statute') expect(citation).toMatch(/D14|D39|D57|D43|DTA26|2018-01-23/u);
    }
    for (const { basis, citation } of shanxiPack.exclusions) {
      if (/from memory|no rule of Shanxi known|default/u.test(citation))
        expect(['assumption', basis === 'statute']).toStrictEqual(['assumption', false]);
    }
  });

  it('names everything in both languages', () => {
    for (const { name } of [...shanxiPack.catalogue, ...shanxiPack.departments]) {
      expect(name.zh).toMatch(/\p{Script=Han}/u);
      expect(name.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('pours a medical bill in the order insurance, critical illness, medical aid, temporary aid, charity', () => {
    const steps = inForce
      .flatMap(({ code, amount }) => (amount.rule === 'waterfall' ? [{ code, step: amount.step }] : []))
      .toSorted((one, other) => one.step - other.step);
    expect(steps.map(({ code }) => code)).toStrictEqual([
      'medical.basic-insurance',
      'medical.critical-illness-insurance',
      'medical.inpatient-aid',
      'temporary-aid.expenditure',
      'charity.matched-help',
    ]);
  });

  it('pays no lower share of a bill to a more severe tier', () => {
    const order = [
      'EXTREME_HARDSHIP',
      'MINIMUM_LIVING_ALLOWANCE',
      'SINGLE_PERSON_ENTRY',
      'MARGINAL',
      'RIGID_EXPENDITURE',
      'OTHER_LOW_INCOME',
    ] as const;
    for (const { amount } of inForce) {
      if (amount.rule !== 'waterfall') continue;
      const { rates } = amount;
      const inOrder = order.flatMap((tier) => rates[tier] ?? []);
      expect(inOrder).toStrictEqual(inOrder.toSorted((one, other) => other - one));
    }
  });

  it.each([
    ['extreme-hardship.basic-living', 'minimum-living-allowance', 'person'],
    ['extreme-hardship.basic-living', 'child.orphan-allowance', 'person'],
    ['extreme-hardship.basic-living', 'child.unattended-allowance', 'person'],
    ['minimum-living-allowance', 'minimum-living-allowance.single-person-entry', 'household'],
    ['temporary-aid.emergency', 'temporary-aid.expenditure', 'event'],
  ])('does not give %s and %s together', (stands, yields, scope) => {
    const rules = versionsInForce(shanxiPack.exclusions, exclusionIdentity, today);
    expect(rules.some((rule) => rule.stands === stands && rule.yields === yields && rule.scope === scope)).toBe(true);
  });

  it('has for every date since the pack begins a catalogue that can be asked', () => {
    for (const day of ['2021-07-01', '2024-02-29', '2026-01-28', '2026-01-29', '2030-01-01']) {
      const on = catalogueOn(planFor(shanxiPack, LocalDate.parse(day)));
      expect(on.items.length).toBe(inForce.length);
      for (const { deadline } of on.items) expect(deadline.citation.length).toBeGreaterThan(2);
    }
  });
});
