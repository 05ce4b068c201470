import type { Language, Text } from '../../contracts/problems.ts';
import { says } from '../language.ts';
import { yuan } from '../show/money.ts';
import { tableOf } from '../show/table.ts';
import type { Item } from './determination-answers.ts';

const words = {
  item: says('项目', 'Item'),
  department: says('牵头部门', 'Department'),
  amount: says('金额', 'Amount'),
  deadline: says('办理时限', 'Within'),
  why: says('原因', 'Why'),
  result: says('结论', 'Result'),
} as const;

const resultWords: Readonly<Record<Item['result'], Text>> = {
  'opens': says('可享受', 'opens'),
  'not-open': says('不符合', 'does not open'),
  'unknown': says('不明', 'unknown'),
  'excluded': says('与其他项目互斥', 'another stands instead'),
};

/** What an amount says when it is no plain figure; a way of saying it that nobody has put into words is shown as it is. */
const meaningWords: Readonly<Record<string, Text>> = {
  'exact': says('', ''),
  'at-most': says('至多', 'at most'),
  'set-by-department': says('由主管部门核定', 'set by the department'),
  'by-bill': says('按票据核算', 'by the bill'),
  'none': says('非现金', 'no money'),
};

const periodWords: Readonly<Record<string, Text>> = {
  'month': says('每月', 'a month'),
  'year': says('每年', 'a year'),
  'once': says('一次性', 'once'),
  'per-event': says('每次', 'each time'),
};

const unitWords: Readonly<Record<string, Text>> = {
  'working-day': says('个工作日', 'working days'),
  'calendar-day': says('日', 'days'),
  'hour': says('小时', 'hours'),
};

const amountIn = ({ amount, amountIs, period }: Item, language: Language): string => {
  const meaning = meaningWords[amountIs]?.[language] ?? amountIs;
  if (amount === null) return meaning === '' ? '–' : meaning;
  const often = periodWords[period]?.[language] ?? period;
  const parts = language === 'zh' ? [often, meaning, `${yuan(amount)}元`] : [meaning, `${yuan(amount)} yuan`, often];
  return parts.filter((part) => part !== '').join(language === 'zh' ? '' : ' ');
};

const deadlineIn = ({ deadline: { amount, unit } }: Item, language: Language): string =>
  [String(amount), unitWords[unit]?.[language] ?? unit].join(language === 'zh' ? '' : ' ');

/** Items that open: by whom, with what amount, within what time, and why. */
export const openedTable = (items: readonly Item[], language: Language): string =>
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
export const notOpenedTable = (items: readonly Item[], language: Language): string =>
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
