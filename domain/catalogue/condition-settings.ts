import type { LocalDate } from '../dates.ts';
import { isListed } from '../eligibility/conditions.ts';
import { planFor } from '../eligibility/plan.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { ConditionSettings } from './condition-context.ts';

/** Looks up what conditions need. Throws a RangeError on a date before the pack begins. */
export const conditionSettings = (pack: PolicyPack, date: LocalDate): ConditionSettings => {
  const plan = planFor(pack, date);
  const { settings } = plan;
  const disabling = settings['extreme-hardship.disabilities'].value;
  return {
    date,
    reading: plan,
    undeclaredSpendingIsNone: settings['facts.undeclared_spending'].value === 'none',
    worksFrom: settings['extreme-hardship.minor_below'].value,
    worksBelow: settings['extreme-hardship.age_from'].value,
    preventsWork: (disability) => isListed(disability, disabling),
  };
};
