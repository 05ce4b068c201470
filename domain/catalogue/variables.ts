import { daysBetween } from '../dates.ts';
import { householdTiers } from '../eligibility/tiers.ts';
import { factChoices } from '../facts/choices.ts';
import type { Fact } from '../facts/fact.ts';
import { type FactKind, factKinds } from '../facts/fact-kinds.ts';
import { type Reading, readingIn, slotOf } from '../facts/readings.ts';
import { settlements } from '../households/household.ts';
import { disabilityCategories } from '../people/disability.ts';
import { sexes } from '../people/sex.ts';
import { alertVariables } from './alert-variables.ts';
import type { ConditionContext } from './condition-context.ts';
import { personTiers } from './tiers.ts';
import type { Cause, ConditionVariable, FromFact, VariableValue } from './variable.ts';

const certain = (): readonly Cause[] => [];
/** The cause of everything that hangs on a tier nobody could decide. */
export const tierUndecided: Cause = { problem: 'undecided', name: 'tier', personId: null };
const untilDecided = ({ decided }: ConditionContext): readonly Cause[] => (decided ? [] : [tierUndecided]);

const age = ({ member, memberAge }: ConditionContext): number | undefined => (member === null ? undefined : memberAge);

const disabilityOf = ({ value }: Fact) => (typeof value === 'object' ? value : null);

/** Silence about spending is what the pack says it is. */
const spending = (kind: FactKind, zh: string, en: string): FromFact => ({
  type: 'int',
  unit: 'fen-per-12-months',
  fact: kind,
  absent: ({ settings }) => (settings.undeclaredSpendingIsNone ? 0 : undefined),
  meaning: { zh, en },
});

const yesNo = { type: 'bool', unit: 'yes-no' } as const;
const flag = (fact: FactKind, absent: boolean | undefined, zh: string, en: string): FromFact => ({
  ...yesNo,
  fact,
  absent,
  meaning: { zh, en },
});

const isOfHousehold = (kind: FactKind): boolean => factKinds[kind].about === 'household';

const readingOf = (context: ConditionContext, kind: FactKind): Reading =>
  readingIn(isOfHousehold(kind) ? context.home : context.own, slotOf(kind));

const causeOfFact = (context: ConditionContext, kind: FactKind): readonly Cause[] => {
  const read = readingOf(context, kind);
  const personId = isOfHousehold(kind) ? null : (context.member?.personId ?? null);
  return read.known ? [] : [{ problem: read.problem, name: kind, personId }];
};

/** Of an age at which people work, and without a disability that the law takes for the loss of that capacity (D43 article 5). */
const isAbleToWork = (context: ConditionContext): boolean | undefined => {
  const { worksFrom, worksBelow, preventsWork } = context.settings;
  const years = age(context);
  if (years === undefined || years < worksFrom || years >= worksBelow) return years === undefined ? undefined : false;
  const read = readingOf(context, 'disability');
  if (!read.known) return read.problem === 'not-declared' ? true : undefined;
  const disability = disabilityOf(read.fact);
  return disability === null ? undefined : !preventsWork(disability);
};

/** Nobody has said where someone studies: a child or a student does, somewhere; an adult who is no student does not. */
const maybeStudying = (context: ConditionContext): string | undefined => {
  const years = age(context);
  const surelyNot = years !== undefined && years >= context.settings.worksFrom;
  return surelyNot && context.member?.fullTimeStudent === false ? 'none' : undefined;
};

/**
 * Every variable a condition of the catalogue may use, spelt once: its type, unit, meaning, and the fact it comes from.
 * `household.` and `event.` may be used by every item, `person.` only by items given to persons.
 */
export const conditionVariables = {
  'household.tier': {
    type: 'string',
    unit: 'choice',
    choices: householdTiers,
    read: ({ decided, householdTier }) => (decided ? householdTier : undefined),
    causes: untilDecided,
    meaning: { zh: '家庭困难层次', en: "the household's tier" },
  },
  'household.settlement': {
    type: 'string',
    unit: 'choice',
    choices: settlements,
    read: ({ household }) => household.settlement,
    causes: certain,
    meaning: { zh: '城乡类别', en: 'the urban or rural category' },
  },
  'household.size': {
    type: 'int',
    unit: 'persons',
    read: ({ present }) => present.length,
    causes: certain,
    meaning: { zh: '家庭成员人数', en: 'the number of members' },
  },
  'household.dwellings': {
    type: 'int',
    unit: 'dwellings',
    fact: 'asset.dwellings',
    absent: undefined,
    meaning: { zh: '住房套数', en: 'the number of dwellings' },
  },
  'household.housing': {
    type: 'string',
    unit: 'choice',
    choices: factChoices['housing-condition'],
    fact: 'housing.condition',
    absent: undefined,
    meaning: { zh: '住房状况', en: 'the condition of the housing' },
  },
  'household.supportForm': {
    type: 'string',
    unit: 'choice',
    choices: factChoices['support-form'],
    fact: 'extreme-hardship.support-form',
    absent: undefined,
    meaning: { zh: '特困供养方式', en: 'the form of support' },
  },
  'household.povertyReturn': {
    type: 'string',
    unit: 'choice',
    choices: factChoices['poverty-return'],
    fact: 'monitoring.poverty-return',
    absent: 'none',
    meaning: { zh: '防返贫监测类型', en: 'the kind of monitoring against a return to poverty' },
  },
  'household.spending.medical': spending(
    'expenditure.medical',
    '十二个月医疗支出',
    'medical spending in twelve months',
  ),
  'household.spending.education': spending(
    'expenditure.education',
    '十二个月教育支出',
    'education spending in twelve months',
  ),
  'household.spending.rehabilitation': spending(
    'expenditure.rehabilitation',
    '十二个月康复支出',
    'rehabilitation spending in twelve months',
  ),
  'event.kind': {
    type: 'string',
    unit: 'choice',
    choices: factChoices.event,
    fact: 'event.kind',
    absent: 'none',
    meaning: { zh: '突发事件', en: 'the event' },
  },
  'event.daysAgo': {
    type: 'int',
    unit: 'days',
    fact: 'event.kind',
    absent: undefined,
    of: ({ asOf }, { settings }) => daysBetween(asOf, settings.on.date),
    meaning: { zh: '突发事件发生至今天数', en: 'the days since the event' },
  },
  'person.tier': {
    type: 'string',
    unit: 'choice',
    choices: personTiers,
    read: ({ decided, memberTier }) => (decided ? memberTier : undefined),
    causes: untilDecided,
    meaning: { zh: '本人困难层次', en: "the person's tier" },
  },
  'person.age': {
    type: 'int',
    unit: 'years',
    read: age,
    causes: certain,
    meaning: { zh: '年龄', en: 'age' },
  },
  'person.sex': {
    type: 'string',
    unit: 'choice',
    choices: sexes,
    read: ({ member }) => member?.sex,
    causes: certain,
    meaning: { zh: '性别', en: 'sex' },
  },
  'person.fullTimeStudent': {
    type: 'bool',
    unit: 'yes-no',
    read: ({ member }) => member?.fullTimeStudent,
    causes: certain,
    meaning: { zh: '全日制在读', en: 'a full-time student' },
  },
  'person.ableToWork': {
    type: 'bool',
    unit: 'yes-no',
    read: isAbleToWork,
    causes: (context) => causeOfFact(context, 'disability'),
    madeFrom: ['disability'],
    meaning: { zh: '有劳动能力', en: 'able to work' },
  },
  'person.disability.certified': {
    ...yesNo,
    fact: 'disability',
    absent: false,
    of: () => true,
    meaning: { zh: '持有残疾人证', en: 'has a disability certificate' },
  },
  'person.disability.category': {
    type: 'string',
    unit: 'choice',
    choices: ['none', ...disabilityCategories],
    fact: 'disability',
    absent: 'none',
    of: (fact) => disabilityOf(fact)?.category,
    meaning: { zh: '残疾类别', en: 'the category of disability' },
  },
  // Without a certificate there is no level, neither a severe nor a mild one: a condition has to ask for the certificate too.
  'person.disability.level': {
    type: 'int',
    unit: 'level',
    fact: 'disability',
    absent: undefined,
    of: (fact) => disabilityOf(fact)?.level,
    meaning: { zh: '残疾等级(一级最重)', en: 'the level of disability (1 is the most severe)' },
  },
  'person.majorIllness': flag('illness.major', false, '患重特大疾病', 'has a major illness'),
  'person.chronicIllness': flag('illness.chronic', false, '患需长期用药的慢性病', 'has a chronic illness'),
  'person.basicInsurance': flag(
    'insurance.basic-medical',
    undefined,
    '参加基本医疗保险',
    'has basic medical insurance',
  ),
  'person.selfCareFailed': {
    type: 'int',
    unit: 'indicators-of-six',
    fact: 'self-care.failed',
    absent: undefined,
    meaning: { zh: '生活自理能力未达标项数', en: 'the number of self-care indicators failed' },
  },
  'person.stage': {
    type: 'string',
    unit: 'choice',
    choices: factChoices['study-stage'],
    fact: 'study.stage',
    absent: maybeStudying,
    meaning: { zh: '就读学段', en: 'the stage of study' },
  },
  'person.childCare': {
    type: 'string',
    unit: 'choice',
    choices: factChoices['child-care'],
    fact: 'child.care',
    absent: 'none',
    meaning: { zh: '未成年人监护状况', en: 'the situation of the child' },
  },
  'person.registeredUnemployed': flag(
    'work.registered-unemployed',
    undefined,
    '已办理失业登记',
    'registered as unemployed',
  ),
  'person.unionMember': flag('work.union-member', false, '工会会员', 'a member of a trade union'),
  'person.needsLegalAid': flag('need.legal-aid', false, '有法律援助需求', 'needs legal aid'),
  'person.needsJudicialAid': flag(
    'need.judicial-aid',
    false,
    '因案致困需司法救助',
    'in hardship as the victim of a case before the courts',
  ),
} as const satisfies Record<string, ConditionVariable>;

/** The same list, for those who look a variable up by a name that came from outside. */
export const variableNamed: ReadonlyMap<string, ConditionVariable> = new Map<string, ConditionVariable>([
  ...Object.entries(conditionVariables),
  ...Object.entries(alertVariables),
]);

/** Reads a variable. */
export const readerOf = (variable: ConditionVariable): ((context: ConditionContext) => VariableValue) => {
  if ('read' in variable) return variable.read;
  const { fact: kind, absent, of } = variable;
  const ofHousehold = isOfHousehold(kind);
  const slot = slotOf(kind);
  return (context) => {
    const read = readingIn(ofHousehold ? context.home : context.own, slot);
    if (!read.known) {
      if (read.problem !== 'not-declared') return undefined;
      return typeof absent === 'function' ? absent(context) : absent;
    }
    if (of !== undefined) return of(read.fact, context);
    return typeof read.fact.value === 'object' ? undefined : read.fact.value;
  };
};

/** Why a variable is not known; nothing when it is. */
export const causesOf = (variable: ConditionVariable, context: ConditionContext): readonly Cause[] => {
  if (readerOf(variable)(context) !== undefined) return [];
  return 'causes' in variable ? variable.causes(context) : causeOfFact(context, variable.fact);
};
