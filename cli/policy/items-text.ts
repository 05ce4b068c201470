import type { ItemView } from '../../contracts/api/reviews.ts';
import type { Language, Text } from '../../contracts/problems.ts';
import { says } from '../language.ts';
import { yuan } from '../show/money.ts';
import { tableOf } from '../show/table.ts';

const words = {
  item: says('项目', 'Item'),
  department: says('牵头部门', 'Department'),
  amount: says('金额', 'Amount'),
  deadline: says('办理时限', 'Within'),
  why: says('原因', 'Why'),
  result: says('结论', 'Result'),
} as const;

const resultWords: Readonly<Record<ItemView['result'], Text>> = {
  'opens': says('可享受', 'opens'),
  'not-open': says('不符合', 'does not open'),
  'unknown': says('不明', 'unknown'),
  'excluded': says('与其他项目互斥', 'another stands instead'),
};

/** What an amount says when it is no plain figure. */
const meaningWords: Readonly<Record<ItemView['amountIs'], Text>> = {
  'exact': says('', ''),
  'at-most': says('至多', 'at most'),
  'set-by-department': says('由主管部门核定', 'set by the department'),
  'by-bill': says('按票据核算', 'by the bill'),
  'none': says('非现金', 'no money'),
};

const periodWords: Readonly<Record<ItemView['period'], Text>> = {
  'month': says('每月', 'a month'),
  'year': says('每年', 'a year'),
  'once': says('一次性', 'once'),
  'per-event': says('每次', 'each time'),
};

const unitWords: Readonly<Record<ItemView['deadline']['unit'], Text>> = {
  'working-day': says('个工作日', 'working days'),
  'calendar-day': says('日', 'days'),
  'hour': says('小时', 'hours'),
};

const amountIn = ({ amount, amountIs, period }: ItemView, language: Language): string => {
  const meaning = meaningWords[amountIs][language];
  if (amount === null) return meaning === '' ? '–' : meaning;
  const often = periodWords[period][language];
  const parts = language === 'zh' ? [often, meaning, `${yuan(amount)}元`] : [meaning, `${yuan(amount)} yuan`, often];
  return parts.filter((part) => part !== '').join(language === 'zh' ? '' : ' ');
};

/** A time that no law of the whole country sets is not to be taken for one that does. */
const notNational = says('（本地设定，无国家规定）', ' (local setting, no national rule)');

const deadlineIn = ({ deadline: { amount, unit, basis } }: ItemView, language: Language): string => {
  const time = [String(amount), unitWords[unit][language]].join(language === 'zh' ? '' : ' ');
  return basis === 'statute' ? time : `${time}${notNational[language]}`;
};

/** Items that open: by whom, with what amount, within what time, and why. */
export const openedTable = (items: readonly ItemView[], language: Language): string =>
  tableOf(
    [
      { heading: words.item[language], atMost: 36 },
      { heading: words.department[language], atMost: 30 },
      { heading: words.amount[language], atMost: 32 },
      { heading: words.deadline[language] },
      { heading: words.why[language], atMost: 60 },
    ],
    items.map((item) => [
      item.name,
      item.leadDepartment.name,
      amountIn(item, language),
      deadlineIn(item, language),
      item.reason,
    ]),
  );

/** Items that do not open, and why; the same item with the same reason for several people once. */
export const notOpenedTable = (items: readonly ItemView[], language: Language): string =>
  tableOf(
    [
      { heading: words.item[language], atMost: 36 },
      { heading: words.result[language] },
      { heading: words.why[language], atMost: 90 },
    ],
    [
      ...new Map(
        items.map(({ code, name, result, reason }) => [
          `${code} ${result} ${reason}`,
          [name, resultWords[result][language], reason],
        ]),
      ).values(),
    ],
  );
