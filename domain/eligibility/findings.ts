import type { TestLine } from './evaluation.ts';
import { inYuan, type Language, nameIn, quantity, subjectOf } from './wording.ts';

/** What fails without a number that would help a reader: said in words. */
const plainFailures: Readonly<Record<string, Record<Language, string>>> = {
  'extreme-hardship.work-capacity': { zh: '有成员具有劳动能力', en: 'a member is able to work' },
  'extreme-hardship.supporters': {
    zh: '有成员的法定义务人有履行义务能力',
    en: 'a member has a legal supporter who is able to support',
  },
  'extreme-hardship.income': {
    zh: '有成员的收入不低于当地标准',
    en: 'the income of a member is not below the local standard',
  },
  'other.exit': {
    zh: '近两年内没有退出低保或特困的记录',
    en: 'nobody left the allowance or extreme hardship in the last two years',
  },
};

const isMoney = (line: TestLine): boolean => line.unit.startsWith('fen');

/** A number that a line made from its inputs, by its name; null where there is none. */
export const derivedNumber = ({ inputs }: TestLine, name: string): number | null => {
  const value = inputs.find((input) => input.name === name && input.dataset === 'derived')?.value;
  return typeof value === 'number' ? value : null;
};

/** Whether an income per head, shown in whole fen, is above the line it is shown at: by a part of a fen that is not shown. */
const isJustAbove = (line: TestLine): boolean => {
  const { threshold, unit } = line;
  const [total, heads] = [derivedNumber(line, 'income.total'), derivedNumber(line, 'members.counted')];
  if (total === null || heads === null || typeof threshold?.value !== 'number') return false;
  return total > threshold.value * heads * (unit === 'fen-per-month' ? 12 : 1);
};

/** "26 yuan below the line of 496 yuan": where a measured value stands to its line. */
const standing = (line: TestLine, distance: number, limit: string, language: Language): string => {
  const gap = Math.abs(distance);
  const amount = isMoney(line) ? inYuan(gap) : String(gap);
  if (distance === 0 && isJustAbove(line)) {
    return language === 'zh' ? `比标准线${limit}高不足一分` : `less than one fen above the line of ${limit}`;
  }
  if (language === 'zh') {
    if (distance === 0) return `等于标准线${limit}`;
    return `比标准线${limit}${distance > 0 ? '低' : '高'}${amount}${isMoney(line) ? '元' : ''}`;
  }
  if (distance === 0) return `exactly at the line of ${limit}`;
  return `${amount}${isMoney(line) ? ' yuan' : ''} ${distance > 0 ? 'below' : 'above'} the line of ${limit}`;
};

/** What a test found, against its line: "income per head: 470 yuan a month, 26 yuan below the line of 496 yuan a month". */
export const finding = (line: TestLine, language: Language): string => {
  const subject = nameIn(subjectOf(line), language);
  const { measured, threshold, distance } = line;
  if (typeof measured !== 'number' || typeof threshold?.value !== 'number' || distance === null) return subject;
  const value = quantity(measured, line.unit, language);
  const limit = quantity(threshold.value, line.unit, language);
  if (line.unit === 'pieces') {
    return language === 'zh'
      ? `${subject}为${value}，上限为${limit}`
      : `${subject}: ${value}, at most ${limit} allowed`;
  }
  const where = standing(line, distance, limit, language);
  return language === 'zh' ? `${subject}为${value}，${where}` : `${subject}: ${value}, ${where}`;
};

/** Why a failed test failed. */
export const failure = (line: TestLine, language: Language): string =>
  plainFailures[line.code]?.[language] ?? finding(line, language);
