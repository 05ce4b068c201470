import type { ResidentIdFault } from '../people/resident-id.ts';

/** A reason in both languages: what is wrong, and what the department does about it. The heading of the column goes before the cause. */
export interface ReasonText {
  readonly cause: { readonly zh: string; readonly en: string };
  readonly cure: { readonly zh: string; readonly en: string };
}
type Reasons = Readonly<Record<string, ReasonText>>;

const reason = (cause: readonly [string, string], cure: readonly [string, string]): ReasonText => ({
  cause: { zh: cause[0], en: cause[1] },
  cure: { zh: cure[0], en: cure[1] },
});

/** Why a row is rejected: the one list. A row is told by the first reason that is found, column by column. */
export const rowReasons = {
  'columns-too-few': reason(
    ['列数少于表头', 'fewer cells than headings'],
    ['补齐该行；含换行的内容须用引号括起', 'complete the row; put a cell that holds a line break in quotes'],
  ),
  'columns-too-many': reason(
    ['列数多于表头', 'more cells than headings'],
    ['内容中的逗号须用引号括起', 'put a cell that holds a comma in quotes'],
  ),
  'quote-misplaced': reason(
    ['引号使用有误', 'a quote where none may be, or one that is not closed'],
    ['含引号的内容整体加引号，内部引号写两遍', 'put the whole cell in quotes and write each quote inside it twice'],
  ),
  'row-too-long': reason(
    ['该行过长（超过 64 KiB）', 'the row is longer than 64 KiB'],
    ['检查是否有未闭合的引号', 'look for a quote that is not closed'],
  ),
  'json-form': reason(
    ['该行不是一个单层 JSON 对象', 'the line is not one flat JSON object'],
    [
      '每行写一个对象，值只用文本、数字、真假或 null',
      'write one object a line, of texts, numbers, true, false and null',
    ],
  ),
  'field-unknown': reason(
    ['含有未约定的字段', 'a field that was not agreed'],
    ['只保留数据集约定的字段', 'keep only the fields of the dataset'],
  ),
  'field-repeated': reason(['同一字段出现两次', 'the same field twice'], ['只保留一个', 'keep one of them']),
  'not-text': reason(
    ['含有无法识别的字节', 'bytes that are no text in the encoding of the file'],
    ['用 UTF-8 或 GBK 重新导出', 'export the file anew as UTF-8 or GBK'],
  ),
  'formula': reason(
    ['单元格以公式符号开头', 'the cell begins like a formula'],
    ['以文本导出，去掉开头的 = + - @', 'export it as text, without = + - @ at its beginning'],
  ),
  'required-missing': reason(['必填项为空', 'a cell that has to be filled is empty'], ['填写该项', 'fill it in']),
  'text-too-long': reason(['内容超过 100 字', 'more than 100 characters'], ['缩短内容', 'shorten it']),
  'id-scientific': reason(
    ['身份证号被表格软件改成了科学计数', 'the ID was turned into a number such as 1.4E+17 by a spreadsheet'],
    [
      '将该列设为文本后从原系统重新导出',
      'export it anew from its source with the column as text; the digits are lost here',
    ],
  ),
  'id-15-digits': reason(
    ['15 位旧身份证号没有校验码', 'an old ID of 15 digits, which has no check character'],
    ['填写 18 位身份证号', 'write the 18 characters of the present ID'],
  ),
  'id-length': reason(
    ['身份证号不是 18 位', 'the ID does not have 18 characters'],
    ['核对原件', 'compare it with the card'],
  ),
  'id-characters': reason(
    ['身份证号含有不允许的字符', 'the ID holds a character that no ID has'],
    ['核对原件；只有末位可以是 X', 'compare it with the card; only the last may be X'],
  ),
  'id-address': reason(
    ['身份证号前两位不是省级代码', 'the ID does not begin with a province'],
    ['核对原件', 'compare it with the card'],
  ),
  'id-birth-date': reason(
    ['身份证号中的出生日期不存在', 'the date of birth in the ID does not exist'],
    ['核对原件', 'compare it with the card'],
  ),
  'id-future': reason(
    ['身份证号中的出生日期尚未到来', 'the date of birth in the ID is still to come'],
    ['核对原件', 'compare it with the card'],
  ),
  'id-too-old': reason(
    ['身份证号中的出生日期在 120 年以前', 'the date of birth in the ID is more than 120 years ago'],
    ['核对原件', 'compare it with the card'],
  ),
  'id-check-digit': reason(
    ['身份证号校验码不符', 'the check character of the ID does not fit'],
    ['核对原件，有一位写错', 'compare it with the card; a character is wrong'],
  ),
  'date-form': reason(
    ['日期格式无法识别', 'not a date'],
    ['写成 YYYY-MM-DD、YYYY/M/D、YYYYMMDD 或 YYYY年M月D日', 'write YYYY-MM-DD, YYYY/M/D, YYYYMMDD or YYYY年M月D日'],
  ),
  'date-impossible': reason(['日历上没有这一天', 'the calendar has no such day'], ['更正日期', 'correct the date']),
  'date-future': reason(['日期尚未到来', 'a day that is still to come'], ['更正日期', 'correct the date']),
  'date-before-birth': reason(
    ['早于身份证号中的出生日期', 'before the date of birth in the ID'],
    ['更正日期或身份证号', 'correct the date or the ID'],
  ),
  'amount-form': reason(
    ['金额不是数字', 'not an amount of yuan'],
    ['只写数字，可带千分位和两位小数，如 1234.50', 'write digits with at most two decimal places, such as 1234.50'],
  ),
  'amount-negative': reason(['金额为负', 'an amount below zero'], ['冲正后重新导出', 'set it off and export anew']),
  'amount-too-fine': reason(['金额小数超过两位', 'more than two decimal places'], ['精确到分', 'write yuan and fen']),
  'amount-too-high': reason(
    ['金额超过一百亿元', 'more than ten billion yuan'],
    ['核对单位是否为元', 'see whether it is in yuan'],
  ),
  'count-form': reason(['不是整数', 'not a whole number'], ['写 0 或正整数', 'write 0 or a whole number above it']),
  'count-too-high': reason(['数量超出允许范围', 'a count that is too high'], ['核对数量', 'correct the count']),
  'code-unknown': reason(
    ['不是约定的代码', 'not one of the agreed words'],
    ['使用数据集约定的代码', 'use a word that the dataset lists'],
  ),
  'division-form': reason(
    ['不是县级或乡级区划代码', 'not the code of a county or township'],
    ['县级写 6 位，乡级写 9 位或 12 位', 'write the 6 digits of a county, or the 9 or 12 of a township'],
  ),
  'duplicate': reason(
    ['与前面某行的关键列相同', 'the same key as a row before it'],
    ['每条记录只保留一行', 'keep one row for each record'],
  ),
  // What follows is found where the row is held against the roster; a file on its own does not show it.
  'person-deceased': reason(
    ['底册已登记此人在该日期前死亡', 'the roster has the person as deceased before this day'],
    ['核对日期；死亡登记有误的，告知县级民政部门', 'check the day; if the death is a mistake, tell the county'],
  ),
  'death-on-record': reason(
    ['底册登记的死亡日期与此不同', 'the roster has another day of death'],
    ['核对死亡日期；所报无误的，告知县级民政部门', 'check the day; if it is right, tell the county'],
  ),
  'name-differs': reason(
    ['底册中此身份证号的姓名与此不同', 'the roster has another name with this ID'],
    [
      '核对身份证号和姓名；姓名已变更的，告知县级民政部门',
      'check the ID and the name; if the name has changed, tell the county',
    ],
  ),
  'death-before-birth': reason(
    ['死亡日期早于底册登记的出生日期', 'died before the date of birth that the roster has'],
    ['核对死亡日期和身份证号', 'check the day and the ID'],
  ),
  'facts-full': reason(
    ['该户登记的信息已达上限', 'as much is on record of the household as it can hold'],
    ['告知县级民政部门', 'tell the county'],
  ),
  'residence-missing': reason(
    [
      '底册没有此人，须上门走访，但该行未写居住地',
      'the roster does not have the person, somebody has to go there, and the row does not say where',
    ],
    ['填写居住地区划代码', 'fill in the code of the county or township where the person lives'],
  ),
  'residence-unknown': reason(
    [
      '底册没有此人，须上门走访，但山西没有该区划代码',
      'the roster does not have the person, somebody has to go there, and Shanxi has no such county or township',
    ],
    ['核对居住地区划代码', 'compare the code with the list of divisions'],
  ),
  'residence-elsewhere': reason(
    [
      '底册没有此人，须上门走访，但居住地不在本次报送的地区内',
      'the roster does not have the person, somebody has to go there, and it is outside the division the file was handed in for',
    ],
    [
      '由居住地的县或省级报送',
      'have the county where the person lives hand the row in, or hand it in for the province',
    ],
  ),
} as const satisfies Reasons;
export type RowReason = keyof typeof rowReasons;
const isRowReason = (reason: string): reason is RowReason => Object.hasOwn(rowReasons, reason);
/** The codes of the list, in its order. */
export const rowReasonCodes = Object.keys(rowReasons).filter(isRowReason);

/** Why no row of a file is looked at: the one list. */
export const fileReasons = {
  'file-empty': reason(['文件为空（0 字节）', 'the file has no byte'], ['重新导出并上传', 'export it anew']),
  'wrong-dataset': reason(
    ['表头不属于所选数据集', 'the headings are not those of the dataset'],
    ['选择正确的数据集，或更正表头', 'name the dataset it belongs to, or correct the headings'],
  ),
  'encoding-unknown': reason(
    ['既不是 UTF-8 也不是 GBK', 'neither UTF-8 nor GBK'],
    ['用 UTF-8 或 GBK 重新导出', 'export it anew as UTF-8 or GBK'],
  ),
  'gzip-broken': reason(
    ['压缩文件不完整或已损坏', 'the gzip is cut off or damaged'],
    ['重新压缩并上传', 'compress it anew'],
  ),
  'unpacked-too-large': reason(
    ['解压后超过 4 GiB', 'unpacked, it is larger than 4 GiB'],
    ['拆分后分别上传', 'split it into several files'],
  ),
  'of-days-to-come': reason(
    ['所有日期都尚未到来', 'every row is dated to a day that is still to come'],
    ['核对统计期间（是否为明年的文件）', 'see which period the file is of: it may be the one of next year'],
  ),
} as const satisfies Reasons;
export type FileReason = keyof typeof fileReasons;
const isFileReason = (reason: string): reason is FileReason => Object.hasOwn(fileReasons, reason);
export const fileReasonCodes = Object.keys(fileReasons).filter(isFileReason);

const ofIds: Readonly<Record<ResidentIdFault, RowReason>> = {
  'length': 'id-length',
  'characters': 'id-characters',
  'address': 'id-address',
  'birth-date': 'id-birth-date',
  'future': 'id-future',
  'too-old': 'id-too-old',
  'check-digit': 'id-check-digit',
};

/** The reason for a fault of a resident ID. */
export const reasonOfId = (fault: ResidentIdFault): RowReason => ofIds[fault];
