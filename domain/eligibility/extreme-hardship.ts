import type { Finding } from './finding.ts';
import { type Income, incomeWithoutPension } from './income.ts';
import { extremeHardshipIncomeKind, extremeHardshipIncomeLimit } from './income-lines.ts';
import { incomeTest } from './income-test.ts';
import { type Property, propertyTests } from './property.ts';
import { type SelfCare, selfCareTest } from './self-care.ts';
import type { Counted, Situation } from './situation.ts';
import { supportersTest } from './supporters.ts';
import { and, type Verdict } from './three-valued.ts';
import { workCapacityTest } from './work-capacity.ts';

/** What was found about one counted member. */
export interface OwnHardship {
  readonly counted: Counted;
  readonly verdict: Verdict;
  /** False of someone able to work, who may be asked to (D57 article 34). */
  readonly lacksWorkCapacity: Verdict;
  /** Null when nobody has rated it, or nobody needs to. */
  readonly selfCare: SelfCare | null;
}

/** What the tests of extreme hardship found: of each counted member, and of the household when all of them are in it. */
export interface ExtremeHardship {
  readonly members: readonly OwnHardship[];
  readonly household: Verdict;
}

const incomeMeasured = (situation: Situation, counted: Counted): Income => {
  const isOwn = situation.plan.settings['extreme-hardship.income_of'].value === 'own';
  return incomeWithoutPension(situation, isOwn ? [counted] : situation.counted);
};

/**
 * Extreme hardship is a person's: no capacity to work, no source of income, and no legal supporter who is able to support
 * (D43 articles 4 to 8). The household has this tier when every counted member has it. Adds what was found: of each member, of
 * the household's property, then the ratings of self-care.
 */
export const extremeHardship = (situation: Situation, property: Property, findings: Finding[]): ExtremeHardship => {
  const afterMembers: Finding[] = [];
  const withinProperty = propertyTests(situation, property, 'EXTREME_HARDSHIP', afterMembers);
  const limit = extremeHardshipIncomeLimit(situation);
  const members: OwnHardship[] = [];
  let household: Verdict = 'pass';
  for (const counted of situation.counted) {
    const capacity = workCapacityTest(situation, counted);
    const income = incomeTest(situation, extremeHardshipIncomeKind, counted, incomeMeasured(situation, counted), limit);
    const supporters = supportersTest(situation, counted, capacity.result);
    findings.push(capacity, income, supporters);
    const verdict = and(and(and(withinProperty, capacity.result), income.result), supporters.result);
    const rating = verdict === 'fail' ? null : selfCareTest(situation, counted);
    if (rating !== null) afterMembers.push(rating.found);
    members.push({
      counted,
      verdict,
      lacksWorkCapacity: and('pass', capacity.result),
      selfCare: rating?.grade ?? null,
    });
    household = and(household, verdict);
  }
  for (const found of afterMembers) findings.push(found);
  return { members, household };
};
