import { ageOn, isLocalDate } from '../dates.ts';
import { slotOf } from '../facts/readings.ts';
import { type Finding, type TestKind, unmeasured } from './finding.ts';
import { thresholdOf } from './lines.ts';
import { causeOf, homeReading, type Situation } from './situation.ts';

const exitSlot = slotOf('exit.on');

export const watchListKind: TestKind = {
  code: 'other.exit',
  tier: 'OTHER_LOW_INCOME',
  unit: 'completed-years',
  turns: null,
  describe: ({ plan }) => {
    const limit = plan.settings['watchlist.exit_years'];
    return {
      comparison: '<',
      citation: limit.citation,
      threshold: thresholdOf('watchlist.exit_years', limit, limit.value, limit.unit),
      also: [],
    };
  },
};

/** The watch list: people who left the allowance or extreme hardship less than two years ago (DN24). */
export const otherLowIncome = (situation: Situation): Finding => {
  const { settings, date } = situation.plan;
  const limit = settings['watchlist.exit_years'].value;
  const read = homeReading(situation, exitSlot);
  if (!read.known) {
    return read.problem === 'not-declared'
      ? unmeasured(watchListKind, null, 'fail', { limit })
      : unmeasured(watchListKind, null, 'unknown', { limit, causes: [causeOf(read.problem, 'exit.on')] });
  }
  const exitOn = read.fact.value;
  if (!isLocalDate(exitOn) || exitOn > date) return unmeasured(watchListKind, null, 'fail', { limit, facts: [read] });
  const years = ageOn(exitOn, date);
  const passes = settings['watchlist.is_tier'].value && years < limit;
  return {
    ...unmeasured(watchListKind, null, passes ? 'pass' : 'fail', { limit, facts: [read] }),
    measured: years,
    distance: limit - years,
  };
};
