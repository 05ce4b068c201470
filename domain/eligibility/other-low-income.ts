import { ageOn, LocalDate } from '../dates.ts';
import type { TestLine } from './evaluation.ts';
import { causeOf, inputOf, reading, type Situation, setting, thresholdOf } from './situation.ts';

/** The watch list: people who left the allowance or extreme hardship less than two years ago (DN24). */
export const otherLowIncome = (situation: Situation): TestLine => {
  const limit = setting(situation, 'watchlist.exit_years');
  const isTier = setting(situation, 'watchlist.is_tier');
  const read = reading(situation, situation.household.householdId, 'exit.on');
  const line = {
    code: 'other.exit',
    tier: 'OTHER_LOW_INCOME',
    subject: situation.household.householdId,
    comparison: '<',
    unit: 'completed-years',
    threshold: thresholdOf('watchlist.exit_years', limit, limit.value, limit.unit),
    citation: limit.citation,
  } as const;
  const open = { measured: null, inputs: [], distance: null, wouldChange: null, cause: null };
  if (!read.known) {
    return read.problem === 'not-declared'
      ? { ...line, ...open, result: 'fail' }
      : { ...line, ...open, result: 'unknown', cause: causeOf(read.problem, 'exit.on') };
  }
  const exitOn = LocalDate.parse(read.fact.value);
  const inputs = [inputOf(read)];
  if (exitOn > situation.date) return { ...line, ...open, inputs, result: 'fail' };
  const years = ageOn(exitOn, situation.date);
  return {
    ...line,
    measured: years,
    inputs,
    result: isTier.value && years < limit.value ? 'pass' : 'fail',
    distance: limit.value - years,
    wouldChange: null,
    cause: null,
  };
};
