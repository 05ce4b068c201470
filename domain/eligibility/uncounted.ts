import { type Evaluation, linesOfTier, type TestInput, type TestLine } from './evaluation.ts';
import { derivedNumber } from './findings.ts';
import { derivedInput } from './lines.ts';
import { isCounted, type Situation } from './situation.ts';
import { householdTiers } from './tiers.ts';
import { type Language, sentence } from './wording.ts';

// A prisoner or someone missing without income would be a head that brings nothing: to leave him or her out may cost the family.

const inputName = 'members.not_counted';

/** How many members are left out by D57 article 7 alone, where the pack has that reported; nothing when it is nobody. */
export const uncountedInputs = ({ household, plan }: Situation): readonly TestInput[] => {
  if (!plan.settings['members.uncounted_loss_reported'].value) return [];
  const left = household.members.filter(
    (member) => member.notCounted !== null && isCounted({ ...member, notCounted: null }, plan.date),
  ).length;
  return left === 0 ? [] : [derivedInput(inputName, left, 'persons')];
};

/** Whether an income test that failed would be passed with more heads and no more income. */
const wouldPass = (line: TestLine, more: number): boolean => {
  const [total, heads] = [derivedNumber(line, 'income.total'), derivedNumber(line, 'members.counted')];
  const limit = line.threshold?.value;
  if (!line.code.endsWith('.income') || total === null || heads === null || typeof limit !== 'number') return false;
  const ofAll = limit * (heads + more) * (line.unit === 'fen-per-month' ? 12 : 1);
  return line.comparison === '<' ? total < ofAll : total <= ofAll;
};

const mayBeLowered = (evaluation: Evaluation, more: number): boolean => {
  const tier = evaluation.householdTier;
  if (tier === 'MINIMUM_LIVING_ALLOWANCE') return true;
  return householdTiers.slice(0, householdTiers.indexOf(tier)).some((above) => {
    const failed = linesOfTier(evaluation, above).filter(({ result }) => result === 'fail');
    return failed.length > 0 && failed.every((line) => wouldPass(line, more));
  });
};

/** Says that the result may be lower because members are not counted: a tier above is missed by income alone, or the amount is less. */
export const uncountedReasons = (evaluation: Evaluation, language: Language): readonly string[] => {
  const line = evaluation.tests.find((each) => derivedNumber(each, inputName) !== null);
  const left = line === undefined ? null : derivedNumber(line, inputName);
  if (left === null || !mayBeLowered(evaluation, left)) return [];
  const text = {
    zh: `${left}名成员依规定不计入家庭成员；其本人如无收入，不计入可能使认定结果降低`,
    en: `${left === 1 ? '1 member is' : `${left} members are`} not counted, which may lower the result where there is no income of their own`,
  };
  return [sentence(text[language], language)];
};
