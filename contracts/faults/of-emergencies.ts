import { says } from './says.ts';

/** Faults in what a request says of an emergency. */
export const emergencyFaults = {
  'emergency.over-cap': says(
    '超过小额快救的上限 {maximum} 分（事发地一个月低保标准）。',
    '请在上限以内给予；仍有不足的，请受理完整申请。',
    'It is more than quick aid may be, {maximum} fen (one month of the standard where it happened).',
    'Give up to that; for what is needed beyond it take a full application.',
  ),
  'emergency.amount-zero': says(
    '金额须大于零。',
    '请填写大于零的整数分。',
    'The amount must be more than nothing.',
    'Give a whole number of fen above zero.',
  ),
  'emergency.order': says(
    '事发、报告、发放的日期前后不符。',
    '请核对：事发不晚于报告，发放不早于报告。',
    'The days of event, report and payment are not in order.',
    'Check them: the event is not after the report, and the payment not before it.',
  ),
  'emergency.reference': says(
    '事件编号不得是公民身份号码。',
    '知道号码的，请按已知身份登记；否则填写急救、报警等记录的编号。',
    'The reference of an occasion must not be a resident ID.',
    'Give the person as identified, or the number of the record of ambulance or police.',
  ),
  'emergency.once': says(
    '区划 {division}（9 位为乡镇，6 位为县）已于 {day} 就同一事件给予救助。',
    '同一事件只救助一次；仍有困难的，请受理完整申请。',
    'Division {division} (9 digits: a township, 6: a county) aided the same event on {day}.',
    'One event is aided once; if the hardship goes on, take a full application.',
  ),
  'emergency.paper-twice': says(
    '同一种材料列了两次。',
    '请每种只列一次。',
    'The same kind of paper is listed twice.',
    'List each kind once.',
  ),
  'emergency.application': says(
    '在您的管辖范围内没有这件申请。',
    '请填写已受理的完整申请的标识。',
    'There is no such application within your scope.',
    'Give the id of the full application that was taken.',
  ),
} as const;
