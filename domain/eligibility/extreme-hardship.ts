import type { HouseholdMember } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { TestLine } from './evaluation.ts';
import { type Income, incomeOfAll, incomeOfMember, incomeTest } from './income.ts';
import { propertyTests } from './property.ts';
import { type SelfCare, selfCareTest } from './self-care.ts';
import { policyInput, type Situation, setting, standardName, thresholdOf } from './situation.ts';
import { supportersTest } from './supporters.ts';
import { allOf, allPass, type Verdict } from './three-valued.ts';
import { workCapacityTest } from './work-capacity.ts';

/** What the tests of extreme hardship found: of each member, and of the household when every counted member is in it. */
export interface ExtremeHardship {
  readonly lines: readonly TestLine[];
  readonly persons: ReadonlyMap<PersonId, Verdict>;
  readonly selfCare: ReadonlyMap<PersonId, SelfCare>;
  readonly household: Verdict;
}

const incomeLine = (situation: Situation, member: HouseholdMember): TestLine => {
  const of = setting(situation, 'extreme-hardship.income_of');
  const comparison = setting(situation, 'extreme-hardship.income_comparison');
  const income: Income =
    of.value === 'own' ? incomeOfMember(situation, member) : incomeOfAll(situation, situation.counted);
  const { standard } = situation;
  return incomeTest(
    income,
    {
      base: standard.value,
      months: 1,
      share: 1,
      comparison: comparison.value,
      threshold: (value, unit) => thresholdOf(standardName(situation), standard, value, unit),
      policyInputs: [policyInput('extreme-hardship.income_of', of.value, of.unit, of.validFrom)],
    },
    {
      code: 'extreme-hardship.income',
      tier: 'EXTREME_HARDSHIP',
      subject: member.personId,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
    },
  );
};

/**
 * Extreme hardship is a person's: no capacity to work, no source of income, and no legal supporter who is able to support
 * (D43 articles 4 to 8). The household has this tier when every counted member has it.
 */
export const extremeHardship = (situation: Situation): ExtremeHardship => {
  const property = propertyTests(situation, 'EXTREME_HARDSHIP');
  const lines: TestLine[] = [];
  const ratings: TestLine[] = [];
  const persons = new Map<PersonId, Verdict>();
  const selfCare = new Map<PersonId, SelfCare>();
  for (const member of situation.counted) {
    const workCapacity = workCapacityTest(situation, member);
    const own = [workCapacity, incomeLine(situation, member), supportersTest(situation, member, workCapacity.result)];
    const verdict = allOf([...own.map(({ result }) => result), allPass(property)]);
    lines.push(...own);
    persons.set(member.personId, verdict);
    if (verdict === 'fail') continue;
    const rating = selfCareTest(situation, member);
    selfCare.set(member.personId, rating.selfCare);
    ratings.push(rating.line);
  }
  return { lines: [...lines, ...property, ...ratings], persons, selfCare, household: allOf([...persons.values()]) };
};
