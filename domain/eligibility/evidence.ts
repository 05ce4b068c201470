import type { Dataset } from '../facts/fact.ts';
import { factChoiceWords } from './choice-words.ts';
import type { Evaluation, TestInput } from './evaluation.ts';
import { type Language, nameIn, quantity, sentence, type Words } from './wording.ts';

/** Where facts come from, as people call it. */
export const datasetWords: Readonly<Record<Dataset, Words>> = {
  'declaration': { zh: '家庭申报', en: "the household's declaration" },
  'field-assessment': { zh: '入户调查', en: 'the field assessment' },
  'household-registration': { zh: '户籍信息', en: 'household registration' },
  'tax': { zh: '税务信息', en: 'tax data' },
  'social-insurance': { zh: '社会保险信息', en: 'social insurance data' },
  'real-estate': { zh: '不动产登记', en: 'the real-estate register' },
  'business-registration': { zh: '市场主体登记', en: 'the business register' },
  'housing-fund': { zh: '住房公积金信息', en: 'the housing fund' },
  'vehicles': { zh: '机动车登记', en: 'the vehicle register' },
  'bank': { zh: '银行信息', en: 'bank data' },
  'disability-certificates': { zh: '残疾人证信息', en: 'the register of disability certificates' },
  'hospital-bills': { zh: '医疗费用信息', en: 'hospital bills' },
  'roster': { zh: '低收入人口信息平台', en: 'the roster' },
  'deaths': { zh: '死亡登记信息', en: 'the register of deaths' },
  'registered-unemployment': { zh: '失业登记信息', en: 'the register of unemployment' },
  'hard-up-pupils': { zh: '家庭经济困难学生信息', en: 'the list of hard-up pupils' },
  'poverty-return-list': { zh: '防返贫监测信息', en: 'the poverty-return list' },
  'marriages': { zh: '婚姻登记信息', en: 'the register of marriages' },
};

const yesNo: Readonly<Record<Language, readonly [string, string]>> = { zh: ['否', '是'], en: ['no', 'yes'] };

const valueIn = ({ name, value, unit }: TestInput, language: Language): string => {
  if (typeof value === 'number') return quantity(value, unit, language);
  if (typeof value === 'boolean') return yesNo[language][value ? 1 : 0];
  if (name !== 'disability') return factChoiceWords[value]?.[language] ?? value;
  const [category = '', level] = value.split(' ');
  const called = factChoiceWords[category]?.[language] ?? category;
  return language === 'zh' ? `${called}${level}级` : `${called}, level ${level}`;
};

const ageIn = ({ ageDays, asOf }: TestInput, language: Language): string =>
  language === 'zh'
    ? `${asOf}，距决定日${ageDays}天`
    : `as of ${asOf}, ${ageDays} ${ageDays === 1 ? 'day' : 'days'} old`;

const sourceOf = ({ dataset }: TestInput, language: Language): string =>
  dataset === 'derived' || dataset === 'policy' ? dataset : datasetWords[dataset][language];

/**
 * Every fact a decision used, once, with its source and its age on the day of the decision. Members are told apart by their place
 * in the household, never by name.
 */
export const evidence = (evaluation: Evaluation, language: Language): readonly string[] => {
  const places = new Map<string, number>(evaluation.memberTiers.map(({ personId }, index) => [personId, index + 1]));
  const whose = (subject: string | null): string => {
    const place = places.get(subject ?? '');
    if (place === undefined) return '';
    return language === 'zh' ? `成员${place}的` : `member ${place}, `;
  };
  const facts = evaluation.tests.flatMap(({ inputs }) => inputs.filter(({ subject }) => subject !== null));
  const clauses = facts.map((fact) => {
    const name = `${whose(fact.subject)}${nameIn(fact.name, language)}`;
    const about = `${sourceOf(fact, language)}${language === 'zh' ? '，' : ', '}${ageIn(fact, language)}`;
    return language === 'zh'
      ? `${name}：${valueIn(fact, language)}（${about}）`
      : `${name}: ${valueIn(fact, language)} (${about})`;
  });
  return [...new Set(clauses)].map((clause) => sentence(clause, language));
};
