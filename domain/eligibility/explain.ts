import { changeDown, changeUp } from './counterfactual.ts';
import { type Entitlement, type Evaluation, linesOfTier, type TestLine } from './evaluation.ts';
import { failure, finding } from './findings.ts';
import { type HouseholdTier, householdTiers } from './tiers.ts';
import { uncountedReasons } from './uncounted.ts';
import {
  causeIn,
  inYuan,
  joined,
  type Language,
  povertyReturnWords,
  sentence,
  tierWords,
  type Words,
} from './wording.ts';

/** What is given of what the rules give: all of it, unless the household did not consent to its tier. */
interface Given extends Pick<Evaluation, 'memberTiers'> {
  readonly tier: HouseholdTier;
  readonly entitlements: readonly Pick<Entitlement, 'amount'>[];
}

const unique = (clauses: readonly string[]): readonly string[] => [...new Set(clauses)];

const whyNot = (evaluation: Evaluation, tier: HouseholdTier, language: Language): readonly string[] => {
  const failed = linesOfTier(evaluation, tier).filter(({ result }) => result === 'fail');
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
  const decisive = linesOfTier(evaluation, tier).filter(
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

/** What lets members enter alone; clergy are spoken of only where there are some. */
const entryGrounds = ({ tests }: Evaluation): Words => {
  const isOfClergy = ({ code, measured }: TestLine): boolean =>
    code === 'single-person-entry.condition' && typeof measured === 'string' && measured.includes('clergy');
  return tests.some(isOfClergy)
    ? { zh: '重度残疾、重特大疾病或宗教教职人员身份', en: 'severe disability, major illness or life as clergy' }
    : { zh: '重度残疾或重特大疾病', en: 'severe disability or major illness' };
};

const memberReasons = (evaluation: Evaluation, { memberTiers }: Given, language: Language): readonly string[] => {
  const count = (tier: string): number => memberTiers.filter((member) => member.tier === tier).length;
  const entrants = count('SINGLE_PERSON_ENTRY');
  const hardship = evaluation.householdTier === 'EXTREME_HARDSHIP' ? 0 : count('EXTREME_HARDSHIP');
  const texts: string[] = [];
  if (entrants > 0) {
    const grounds = entryGrounds(evaluation)[language];
    texts.push(
      language === 'zh'
        ? `${entrants}名成员因${grounds}以单人保方式纳入低保`
        : `${entrants === 1 ? '1 member enters' : `${entrants} members enter`} the allowance alone, for ${grounds}`,
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

/** What else settled the amount: a grace period that keeps it, refusals of work that cut a share of it. */
const shareReasons = (evaluation: Evaluation, language: Language): readonly string[] => {
  if (evaluation.householdTier !== 'MINIMUM_LIVING_ALLOWANCE') return [];
  const texts: string[] = [];
  const grace = evaluation.tests.find(({ code, result }) => code === 'mla.grace' && result === 'pass');
  if (grace !== undefined) {
    const { measured, threshold } = grace;
    texts.push(
      language === 'zh'
        ? `有成员就业已满${measured}个月，在${threshold?.value}个月渐退期内继续享受低保`
        : `a member took up work ${measured} months ago, and the allowance goes on in the grace period of ${threshold?.value} months`,
    );
  }
  const refusing = evaluation.tests.filter(
    ({ code, result }) => code === 'mla.work-refusal' && result === 'fail',
  ).length;
  if (refusing > 0) {
    texts.push(
      language === 'zh'
        ? `记录显示${refusing}名成员多次无正当理由未接受介绍的工作，仅减发其本人的份额，其他成员不受影响`
        : `by the record ${refusing === 1 ? '1 member has' : `${refusing} members have`} several times not taken work that was offered, without good reason, so their own share is cut and nobody else's`,
    );
  }
  return texts.map((text) => sentence(text, language));
};

/** The overlay beside the tier. */
const overlayReasons = ({ povertyReturnMonitoring: kind }: Evaluation, language: Language): readonly string[] =>
  kind === null
    ? []
    : [
        sentence(
          language === 'zh'
            ? `同时属于防返贫监测对象（${povertyReturnWords[kind].zh}）`
            : `the household is also under poverty-return monitoring (${povertyReturnWords[kind].en})`,
          language,
        ),
      ];

const amountReasons = ({ entitlements }: Given, language: Language): readonly string[] => {
  const total = entitlements.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0) return [];
  return [
    sentence(language === 'zh' ? `每月合计${inYuan(total)}元` : `together ${inYuan(total)} yuan a month`, language),
  ];
};

/** The tier that was given; or the one that the rules give and the household did not consent to, so that nobody takes it for given. */
const tierReason = (evaluation: Evaluation, given: Given, language: Language): string => {
  const name = tierWords[evaluation.householdTier][language];
  if (given.tier === evaluation.householdTier) {
    return sentence(language === 'zh' ? `认定结果：${name}` : `result: ${name}`, language);
  }
  return sentence(
    language === 'zh'
      ? `按规则符合：${name}；因未同意按该层次认定，该层次未予认定，不发放相应救助`
      : `by the rules: ${name}; it was not granted, since the household did not consent to it, and nothing is given by it`,
    language,
  );
};

/**
 * A decision in plain sentences, for the household and the officer: the tier and why, why not each tier above it, how far the
 * household is from the lines, the smallest single change that would alter the result, and what is paid. No sentence names a
 * person. A decision that cannot be made says what is missing, and nothing else. `given`: what was granted of it, where that may be less.
 */
export const reasons = (
  evaluation: Evaluation,
  language: Language,
  given: Given = { ...evaluation, tier: evaluation.householdTier },
): string[] => {
  const tier = evaluation.householdTier;
  if (evaluation.status === 'cannot-decide') return [...unknownReasons(evaluation, language)];
  const above = householdTiers.slice(0, householdTiers.indexOf(tier));
  return [
    tierReason(evaluation, given, language),
    ...why(evaluation, language),
    ...above.toReversed().flatMap((upper) => whyNot(evaluation, upper, language)),
    ...memberReasons(evaluation, given, language),
    ...shareReasons(evaluation, language),
    ...uncountedReasons(evaluation, language),
    ...overlayReasons(evaluation, language),
    ...changeUp(evaluation, language),
    ...changeDown(evaluation, language),
    ...amountReasons(given, language),
  ];
};
