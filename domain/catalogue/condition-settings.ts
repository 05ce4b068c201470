import { type LocalDate, plusDays } from '../dates.ts';
import { isListed } from '../eligibility/conditions.ts';
import { parameterOn } from '../policy/look-up.ts';
import type { ParameterKey, ParameterValue } from '../policy/parameters.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { ConditionSettings, StaleSetting } from './condition-context.ts';

const inForce = <Key extends ParameterKey>(pack: PolicyPack, key: Key, date: LocalDate): ParameterValue<Key> => {
  const found = parameterOn(pack, key, date);
  if (found === null) throw new RangeError(`the pack ${pack.version} has no ${key} on ${date}`);
  return found.value;
};

/** Looks up what conditions need. Throws a RangeError on a date before the pack begins. */
export const conditionSettings = (pack: PolicyPack, date: LocalDate): ConditionSettings => {
  const cutoff = (key: StaleSetting): LocalDate => plusDays(date, -inForce(pack, key, date));
  const disabling = inForce(pack, 'extreme-hardship.disabilities', date);
  return {
    date,
    cutoffs: {
      'stale.asset_days': cutoff('stale.asset_days'),
      'stale.expenditure_days': cutoff('stale.expenditure_days'),
      'stale.condition_days': cutoff('stale.condition_days'),
    },
    undeclaredSpendingIsNone: inForce(pack, 'facts.undeclared_spending', date) === 'none',
    worksFrom: inForce(pack, 'extreme-hardship.minor_below', date),
    worksBelow: inForce(pack, 'extreme-hardship.age_from', date),
    preventsWork: (disability) => isListed(disability, disabling),
  };
};
