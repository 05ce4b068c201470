import type { Evaluation, TestLine } from './evaluation.ts';
import { failure, finding } from './findings.ts';
import { type HouseholdTier, householdTiers } from './tiers.ts';
import { causeIn, inYuan, type Language, nameIn, quantity, tierWords } from './wording.ts';

const linesOf = (evaluation: Evaluation, tier: HouseholdTier): readonly TestLine[] =>
  evaluation.tests.filter((line) => line.tier === tier);

const joined = (clauses: readonly string[], language: Language): string =>
  clauses.join(language === 'zh' ? '；' : '; ');
const sentence = (text: string, language: Language): string =>
  language === 'zh' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const unique = (clauses: readonly string[]): readonly string[] => [...new Set(clauses)];

const whyNot = (evaluation: Evaluation, tier: HouseholdTier, language: Language): readonly string[] => {
  const failed = linesOf(evaluation, tier).filter(({ result }) => result === 'fail');
  // Extreme hardship is a person's: what keeps its members out says enough without the household's property.
  const ofMembers = failed.filter(({ subject }) => subject !== evaluation.householdId);
  const told = ofMembers.length > 0 ? ofMembers : failed;
  if (told.length === 0) return [];
  const clauses = joined(unique(told.map((line) => failure(line, language))), language);
  const name = tierWords[tier][language];
  return [sentence(language === 'zh' ? `不属于${name}：${clauses}` : `not ${name}: ${clauses}`, language)];
};

const why = (evaluation: Evaluation, language: Language): readonly string[] => {
  const tier = evaluation.householdTier;
  if (tier === 'EXTREME_HARDSHIP') {
    const text = {
      zh: '全部计入的成员均无劳动能力、无生活来源，且没有有履行能力的法定义务人',
      en: 'every member counted is unable to work, without a source of income, and without a legal supporter able to support',
    };
    return [sentence(text[language], language)];
  }
  if (tier === 'OTHER_LOW_INCOME') {
    const text = {
      zh: '两年内曾退出低保或特困，列入关注',
      en: 'the household left the allowance or extreme hardship less than two years ago',
    };
    return [sentence(text[language], language)];
  }
  const decisive = linesOf(evaluation, tier).filter(
    ({ code, result }) => result === 'pass' && (code.endsWith('.income') || code === 'rigid.ratio'),
  );
  return decisive.map((line) => sentence(finding(line, language), language));
};

/** Whether an unknown test could still matter: nothing else about the same tier or member has already failed. */
const isStillOpen = (evaluation: Evaluation, line: TestLine): boolean => {
  const { householdTier, householdId, tests } = evaluation;
  const isPaid = householdTier === 'MARGINAL' || householdTier === 'MINIMUM_LIVING_ALLOWANCE';
  if (line.tier === 'SINGLE_PERSON_ENTRY') return isPaid;
  if (line.tier === 'ALLOWANCE_AMOUNT') return householdTier === 'MINIMUM_LIVING_ALLOWANCE';
  if (line.tier === 'OVERLAY') return false;
  if (householdTiers.indexOf(line.tier) > householdTiers.indexOf(householdTier)) return false;
  const about = new Set([line.subject, householdId]);
  return !tests.some(({ tier, subject, result }) => tier === line.tier && result === 'fail' && about.has(subject));
};

const unknownReasons = (evaluation: Evaluation, language: Language): readonly string[] => {
  const unknown = evaluation.tests.filter(({ result }) => result === 'unknown');
  const open = unknown.filter((line) => isStillOpen(evaluation, line));
  const causes = (open.length > 0 ? open : unknown).flatMap(({ cause }) => cause?.split('; ') ?? []);
  const clauses = joined(unique(causes.map((cause) => causeIn(cause, language))), language);
  const text =
    language === 'zh'
      ? `目前无法作出决定，转县级“一事一议”：${clauses}`
      : `nothing can be decided yet, so the county panel is asked: ${clauses}`;
  return [sentence(text, language)];
};

/** The tests that keep a household out of a tier, when all of them could be turned by what it reports; null otherwise. */
const obstaclesTo = (evaluation: Evaluation, tier: HouseholdTier): readonly TestLine[] | null => {
  const lines = linesOf(evaluation, tier);
  const failed = lines.filter(({ result }) => result === 'fail');
  const open =
    lines.some(({ result }) => result === 'unknown') || failed.some(({ wouldChange }) => wouldChange === null);
  return open || failed.length === 0 ? null : failed;
};

/** A limit that may be reached is told as one: "at most 45,216 yuan", not "below 45,216.01". */
const upperLimitPhrase = (line: TestLine, below: number, name: string, language: Language): string => {
  const inclusive = line.unit === 'pieces' || line.comparison === '<=';
  const value = quantity(inclusive ? below - 1 : below, line.unit, language);
  if (language === 'zh') return inclusive ? `${name}不超过${value}` : `${name}低于${value}`;
  return inclusive ? `${name} were at most ${value}` : `${name} fell below ${value}`;
};

const limitPhrase = (line: TestLine, language: Language): string => {
  const change = line.wouldChange;
  const name = nameIn(change?.name ?? '', language);
  if (change?.below !== undefined) return upperLimitPhrase(line, change.below, name, language);
  if (change?.atLeast !== undefined) {
    const value = quantity(change.atLeast, line.unit, language);
    return language === 'zh' ? `${name}达到${value}` : `${name} came to ${value}`;
  }
  return language === 'zh' ? `${name}有变化` : `${name} changed`;
};

/** Fewest changes first; what asks for more spending last among equals, for nobody can be advised to be ill; then the nearest. */
const easiestFirst = (one: readonly TestLine[], other: readonly TestLine[]): number => {
  const asksSpending = (lines: readonly TestLine[]): number => Number(lines.some(({ code }) => code === 'rigid.ratio'));
  return one.length - other.length || asksSpending(one) - asksSpending(other);
};

/** Whether what opens one tier opens another too: every test in its way asks for something that is asked for already. */
const opensToo = (asked: readonly TestLine[], others: readonly TestLine[]): boolean =>
  others.every((other) => asked.some((line) => JSON.stringify(line.wouldChange) === JSON.stringify(other.wouldChange)));

/**
 * The smallest change that would open a tier above: one test if one alone stands in the way, else all that do together. Where the
 * same change opens several tiers, the uppermost is what the household would get, and is what it is told.
 */
const changeUp = (evaluation: Evaluation, language: Language): readonly string[] => {
  const above = householdTiers
    .slice(1, householdTiers.indexOf(evaluation.householdTier))
    .map((tier) => obstaclesTo(evaluation, tier))
    .filter((lines) => lines !== null);
  const [easiest] = above.toReversed().toSorted(easiestFirst);
  if (easiest === undefined) return [];
  const code = above.find((lines) => opensToo(easiest, lines))?.[0]?.tier;
  const tier = householdTiers.find((each) => each === code);
  if (tier === undefined) return [];
  const changes = easiest.map((line) => limitPhrase(line, language)).join(language === 'zh' ? '，且' : ' and ');
  const name = tierWords[tier][language];
  return [
    sentence(
      language === 'zh' ? `如${changes}，则属于${name}` : `if ${changes}, the result would be ${name}`,
      language,
    ),
  ];
};

/** What would end the tier that was found: its income or its spending test turning. */
const changeDown = (evaluation: Evaluation, language: Language): readonly string[] => {
  const line = linesOf(evaluation, evaluation.householdTier).find(
    ({ code, result, tier }) => tier !== 'EXTREME_HARDSHIP' && result === 'pass' && code.endsWith('.income'),
  );
  if (line === undefined || line.wouldChange === null) return [];
  const name = tierWords[evaluation.householdTier][language];
  const change = limitPhrase(line, language);
  return [
    sentence(
      language === 'zh' ? `如${change}，则不再属于${name}` : `if ${change}, the result would no longer be ${name}`,
      language,
    ),
  ];
};

const memberReasons = (evaluation: Evaluation, language: Language): readonly string[] => {
  const count = (tier: string): number => evaluation.memberTiers.filter((member) => member.tier === tier).length;
  const entrants = count('SINGLE_PERSON_ENTRY');
  const hardship = evaluation.householdTier === 'EXTREME_HARDSHIP' ? 0 : count('EXTREME_HARDSHIP');
  const texts: string[] = [];
  if (entrants > 0) {
    texts.push(
      language === 'zh'
        ? `${entrants}名成员因重度残疾或重特大疾病按单人户纳入低保`
        : `${entrants === 1 ? '1 member enters' : `${entrants} members enter`} the allowance alone, for severe disability or major illness`,
    );
  }
  if (hardship > 0) {
    texts.push(
      language === 'zh'
        ? `${hardship}名成员属于特困人员，不再享受低保`
        : `${hardship === 1 ? '1 member is' : `${hardship} members are`} in extreme hardship and not on the allowance`,
    );
  }
  return texts.map((text) => sentence(text, language));
};

const amountReasons = ({ entitlements }: Evaluation, language: Language): readonly string[] => {
  const total = entitlements.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0) return [];
  return [
    sentence(language === 'zh' ? `每月合计${inYuan(total)}元` : `together ${inYuan(total)} yuan a month`, language),
  ];
};

/**
 * A decision in plain sentences, for the household and the officer: the tier and why, why not each tier above it, how far the
 * household is from the lines, the smallest single change that would alter the result, and what is paid. No sentence names a
 * person. A decision that cannot be made says what is missing, and nothing else.
 */
export const reasons = (evaluation: Evaluation, language: Language): string[] => {
  const tier = evaluation.householdTier;
  if (evaluation.status === 'cannot-decide') return [...unknownReasons(evaluation, language)];
  const name = tierWords[tier][language];
  const above = householdTiers.slice(0, householdTiers.indexOf(tier));
  return [
    sentence(language === 'zh' ? `认定结果：${name}` : `result: ${name}`, language),
    ...why(evaluation, language),
    ...above.toReversed().flatMap((upper) => whyNot(evaluation, upper, language)),
    ...memberReasons(evaluation, language),
    ...changeUp(evaluation, language),
    ...changeDown(evaluation, language),
    ...amountReasons(evaluation, language),
  ];
};
