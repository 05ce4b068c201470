import type { PovertyReturnKind } from '../facts/choices.ts';
import type { TestLine } from './evaluation.ts';
import type { HouseholdTier } from './tiers.ts';

export type Language = 'zh' | 'en';
export type Words = Readonly<Record<Language, string>>;

/** The tiers as people call them. */
export const tierWords: Readonly<Record<HouseholdTier, Words>> = {
  EXTREME_HARDSHIP: { zh: '特困人员', en: 'extreme hardship' },
  MINIMUM_LIVING_ALLOWANCE: { zh: '最低生活保障', en: 'minimum living allowance' },
  MARGINAL: { zh: '最低生活保障边缘家庭', en: 'marginal household' },
  RIGID_EXPENDITURE: { zh: '刚性支出困难家庭', en: 'rigid-expenditure household' },
  OTHER_LOW_INCOME: { zh: '其他低收入', en: 'other low income' },
  NONE: { zh: '未纳入救助层级', en: 'no tier of assistance' },
};

/** The kinds of poverty-return monitoring as people call them. */
export const povertyReturnWords: Readonly<Record<PovertyReturnKind, Words>> = {
  'unstable-ex-poor': { zh: '脱贫不稳定户', en: 'out of poverty, not stably' },
  'at-risk': { zh: '边缘易致贫户', en: 'at risk of poverty' },
  'sudden-hardship': { zh: '突发严重困难户', en: 'sudden severe hardship' },
};

/** What each fact or measured thing is called. */
export const nameWords: Readonly<Record<string, Words>> = {
  'income': { zh: '收入', en: 'income' },
  'income.wages': { zh: '工资性收入', en: 'income from wages' },
  'income.business': { zh: '经营净收入', en: 'income from business' },
  'income.property': { zh: '财产净收入', en: 'income from property' },
  'income.transfer': { zh: '转移净收入', en: 'transfer income' },
  'income.other': { zh: '其他收入', en: 'other income' },
  'income.exempt': { zh: '不计入的收入', en: 'exempt income' },
  'per-capita-income': { zh: '人均收入', en: 'income per head' },
  'disability': { zh: '残疾等级', en: 'a disability certificate' },
  'illness.major': { zh: '重特大疾病', en: 'a major illness' },
  'self-care.failed': { zh: '生活自理能力评估', en: 'the self-care rating' },
  'income.basic-pension': { zh: '城乡居民基础养老金', en: 'the basic pension of the resident scheme' },
  'work.refusals': { zh: '连续拒绝就业次数', en: 'refusals of work in a row' },
  'employment.started-on': { zh: '就业日期', en: 'the day work was taken up' },
  'allowance.paid': { zh: '现领低保金', en: 'the allowance paid at present' },
  'monitoring.poverty-return': { zh: '防返贫监测类别', en: 'poverty-return monitoring' },
  'supporters.capable': { zh: '有履行能力的法定义务人', en: 'legal supporters able to support' },
  'asset.financial': { zh: '金融资产', en: 'financial assets' },
  'asset.dwellings': { zh: '住房', en: 'dwellings' },
  'asset.vehicles': { zh: '机动车', en: 'motor vehicles' },
  'asset.businesses': { zh: '市场主体登记', en: 'business registrations' },
  'asset.non-residential': { zh: '非居住用房', en: 'non-residential property' },
  'expenditure.medical': { zh: '医疗支出', en: 'medical spending' },
  'expenditure.education': { zh: '教育支出', en: 'education spending' },
  'expenditure.rehabilitation': { zh: '康复支出', en: 'rehabilitation spending' },
  'rigid-spending': { zh: '十二个月刚性支出', en: 'rigid spending in twelve months' },
  'rigid.ratio': { zh: '当地刚性支出占比标准', en: "the region's ratio of rigid spending" },
  'rigid.ceiling.urban': { zh: '上年度城镇居民人均可支配收入', en: "last year's urban disposable income" },
  'rigid.ceiling.rural': { zh: '上年度农村居民人均可支配收入', en: "last year's rural disposable income" },
  'exit.on': { zh: '退出日期', en: 'the day of exit' },
  'policy': { zh: '该日期的政策', en: 'a policy for that date' },
  'standard': { zh: '当地保障标准', en: 'the local standard' },
  'illness.chronic': { zh: '慢性病', en: 'a chronic illness' },
  'insurance.basic-medical': { zh: '基本医疗保险参保', en: 'basic medical insurance' },
  'study.stage': { zh: '就读学段', en: 'the stage of study' },
  'child.care': { zh: '未成年人监护状况', en: 'who cares for the child' },
  'work.registered-unemployed': { zh: '失业登记', en: 'registration as unemployed' },
  'work.union-member': { zh: '工会会员身份', en: 'membership of a trade union' },
  'need.legal-aid': { zh: '法律援助需求', en: 'a need for legal aid' },
  'need.judicial-aid': { zh: '司法救助需求', en: 'a need for judicial aid' },
  'housing.condition': { zh: '住房状况', en: 'the condition of the housing' },
  'extreme-hardship.support-form': { zh: '特困供养方式', en: 'the form of support' },
  'income.support-of-disabled-adult': {
    zh: '兄弟姐妹或老年人给付的供养费用',
    en: 'support from siblings or aged people',
  },
  'hospital.stay-self-paid': { zh: '单次住院个人自付费用', en: 'the self-paid part of one hospital bill' },
  'clergy.since': { zh: '入住宗教活动场所日期', en: 'the day from which clergy live in a place of worship' },
  'single-entry.clergy': {
    zh: '宗教教职人员单独纳入低保的规定',
    en: 'the rule on clergy who enter the allowance alone',
  },
  'event.kind': { zh: '突发事件', en: 'the event' },
};

const problemWords: Readonly<Record<string, Words>> = {
  'not-declared': { zh: '尚未申报或核实', en: 'not on file' },
  'stale': { zh: '信息已过期', en: 'too old' },
  'wrong-unit': { zh: '计量单位不符', en: 'in a wrong unit' },
  'wrong-value': { zh: '内容无法识别', en: 'not readable' },
  'not-set': { zh: '尚未设定', en: 'not set' },
};

/** A name in either language; a name nobody has put into words is shown as it is. */
export const nameIn = (name: string, language: Language): string => nameWords[name]?.[language] ?? name;

/** Fen as yuan, with both digits of a part of one and none without: 49600 is 496, 47150 is 471.50. */
export const inYuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2));

/** A measured number with its unit. */
export const quantity = (value: number, unit: string, language: Language): string => {
  if (unit === 'fen-per-month') return language === 'zh' ? `每月${inYuan(value)}元` : `${inYuan(value)} yuan a month`;
  if (unit === 'fen-per-12-months')
    return language === 'zh' ? `每年${inYuan(value)}元` : `${inYuan(value)} yuan a year`;
  if (unit === 'fen') return language === 'zh' ? `${inYuan(value)}元` : `${inYuan(value)} yuan`;
  return String(value);
};

/** One cause, `<problem> <name> [of <person>]`, as a clause. The person is left out: a reason is read by the whole family. */
export const causeIn = (cause: string, language: Language): string => {
  const [problem = '', name = ''] = cause.split(' ');
  const trouble = problemWords[problem]?.[language] ?? problem;
  return language === 'zh' ? `${nameIn(name, language)}${trouble}` : `${nameIn(name, language)}: ${trouble}`;
};

/** What a test measures, by the end of its code. */
export const subjectOf = (line: TestLine): string => {
  if (line.code.endsWith('.income')) return 'per-capita-income';
  if (line.code === 'rigid.ratio') return 'rigid-spending';
  const asset = line.code.split('.property.')[1];
  return asset === undefined ? line.code : `asset.${asset}`;
};

/** Clauses of one sentence, and a clause as a sentence. */
export const joined = (clauses: readonly string[], language: Language): string =>
  clauses.join(language === 'zh' ? '；' : '; ');
export const sentence = (text: string, language: Language): string =>
  language === 'zh' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
