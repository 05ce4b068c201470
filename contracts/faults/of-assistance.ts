import { says } from './says.ts';

/** Faults in what is to be recorded in the assistance chain. */
export const assistanceFaults = {
  'assistance.item-unknown': says(
    '现行目录中没有此救助项目。',
    '请使用现行目录中的项目代码。',
    'The catalogue in force has no such item.',
    'Use the code of an item of the catalogue in force.',
  ),
  'assistance.subject': says(
    '该项目的对象（个人或家庭）与所填不符。',
    '家庭项目请将 personId 置为 null；个人项目请填写 personId，且不填 persons。',
    'The item is for a person where a household is named, or the other way round.',
    'Give null as personId for an item of the household; for one of a person give personId, and no persons.',
  ),
  'assistance.not-a-member': says(
    '所列人员不是该户在世的成员，或重复列出。',
    '请只列该户在世的成员，每人一次。',
    'Somebody who is listed is no living member of the household, or is listed twice.',
    'List living members of the household, each once.',
  ),
  'assistance.period-kind': says(
    '该项目的期间应为 {expected}。',
    '请按项目的期间类型填写。',
    'The item takes a period of the kind {expected}.',
    'Give a period of that kind.',
  ),
  'assistance.period-order': says(
    '起始月晚于截止月，或超过 {maximum} 个月。',
    '请填写从早到晚、至多 {maximum} 个月的期间。',
    'The months are the wrong way round, or more than {maximum}.',
    'Give at most {maximum} months, the earlier first.',
  ),
  'assistance.period-beyond': says(
    '期间早于 {earliest} 或晚于 {latest}。',
    '请填写此范围内的期间。',
    'The period begins before {earliest} or ends after {latest}.',
    'Give a period within these.',
  ),
  'assistance.period-too-wide': says(
    '成员过多，无法一次登记这么长的期间。',
    '请按日历年分次登记。',
    'The household has too many members for so long a period in one record.',
    'Record each calendar year by itself.',
  ),
  'assistance.event-malformed': says(
    '事件编号须以小写字母开头，由小写字母、数字和连字符组成，3 至 40 个字符，且不含长串数字。',
    '请使用各部门对同一事件通用的编号，不得使用个人号码。',
    'A reference of an event begins with a lower-case letter, has letters, digits and hyphens, 3 to 40, and no long run of digits.',
    'Use the reference that all departments use for this event, never a number of a person.',
  ),
  'assistance.event-missing': says(
    '该项目按事件救助，缺少事件编号。',
    '请填写 event。',
    'The item is given for an event, and none is named.',
    'Give event.',
  ),
  'assistance.event-unexpected': says(
    '该项目不按事件救助。',
    '请删去 event。',
    'The item is not given for an event.',
    'Leave event out.',
  ),
  'assistance.amount-absurd': says(
    '金额超过一项救助可能的上限 {maximum} 分。',
    '请核对单位（分）后改正。',
    'The amount is above anything one item can come to, {maximum} fen.',
    'Check the unit, which is fen, and correct it.',
  ),
  'assistance.amount-in-kind': says(
    '该项目不发放资金。',
    '请将 amount 置为 null。',
    'No money is paid out under this item.',
    'Give null as amount.',
  ),
  'assistance.amount-missing': says(
    '缺少已发放的金额。',
    '请填写 amount，单位为分。',
    'The amount that was delivered is missing.',
    'Give amount, in fen.',
  ),
  'assistance.delivered-when': says(
    '发放日期晚于今日，或早于期间开始前 {days} 天。',
    '请填写实际发放的日期。',
    'The day of delivery is after today, or more than {days} days before the period.',
    'Give the day on which it was delivered.',
  ),
  'assistance.last-month': says(
    '最后一个月不在该项目的期间内，或该项目不按月、或须写明最后一个月。',
    '请填写期间内的月份；非按月项目或误登记请置为 null。',
    'The last month is not among those of the entry, or the item is not monthly, or it has been delivered and the month is missing.',
    'Give a month of the entry; null for what is not monthly, or was entered in error.',
  ),
} as const;
