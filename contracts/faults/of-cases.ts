import { says } from './says.ts';

/** Faults in what a request says of places, people, money, facts and tasks. */
export const caseFaults = {
  // Dates and places
  'date.malformed': says(
    '日期须写作 YYYY-MM-DD。',
    '请改正日期格式。',
    'A date is written YYYY-MM-DD.',
    'Correct the format of the date.',
  ),
  'date.impossible': says(
    '日历中没有这一天。',
    '请更正日期。',
    'There is no such day in the calendar.',
    'Correct the date.',
  ),
  'date.future': says(
    '日期在将来。',
    '请填写今天或更早的日期。',
    'The date lies in the future.',
    'Give today or an earlier day.',
  ),
  'death.before-birth': says(
    '死亡日期早于出生日期。',
    '请对照证明材料更正日期，并核对是否为此成员。',
    'The day of death lies before the birth.',
    'Correct it from the paper, and check that it is this member.',
  ),
  'division.malformed': says(
    '须为山西省行政区划代码：以 14 开头的 2、4、6 或 9 位数字。',
    '请更正区划代码。',
    'It must be a division of Shanxi: 2, 4, 6 or 9 digits that begin with 14.',
    'Correct the division code.',
  ),
  'division.unknown': says(
    '区划表中没有此代码。',
    '请查阅区划表后更正。',
    'The table of divisions has no such code.',
    'Look it up in the table and correct it.',
  ),
  'division.level': says(
    '区划级别不对。',
    '请填写所要求级别的区划代码。',
    'The division is of the wrong level.',
    'Give a division of the level that is asked for.',
  ),
  'division.out-of-scope': says(
    '该区划不在您的管辖范围内。',
    '请填写您管辖范围内的区划。',
    'The division is outside your scope.',
    'Give a division within your scope.',
  ),
  // Resident identity numbers (GB 11643)
  'resident-id.length': says(
    '公民身份号码须为 18 位（旧号 15 位）。',
    '请核对证件后重填。',
    'A resident ID has 18 digits (an old one 15).',
    'Check it against the card.',
  ),
  'resident-id.characters': says(
    '公民身份号码只含数字，末位可为 X。',
    '请删去其他字符。',
    'A resident ID has digits only; the last may be X.',
    'Remove other characters.',
  ),
  'resident-id.check-digit': says(
    '校验码不符，可能有一位填错或两位颠倒。',
    '请逐位核对证件。',
    'The check digit does not fit; a digit may be wrong or two swapped.',
    'Compare it with the card digit by digit.',
  ),
  'resident-id.birth-date': says(
    '号码中的出生日期不存在。',
    '请核对证件第 7 至 14 位。',
    'The birth date in the number does not exist.',
    'Check digits 7 to 14 against the card.',
  ),
  'resident-id.future': says(
    '号码中的出生日期在将来。',
    '请核对证件第 7 至 14 位。',
    'The birth date in the number lies in the future.',
    'Check digits 7 to 14 against the card.',
  ),
  'resident-id.too-old': says(
    '号码中的出生日期早于 120 年前。',
    '请核对证件第 7 至 14 位。',
    'The birth date in the number is more than 120 years ago.',
    'Check digits 7 to 14 against the card.',
  ),
  'resident-id.address': says(
    '号码的前六位不是地址码。',
    '请核对证件前六位。',
    'The first six digits are no address code.',
    'Check the first six digits against the card.',
  ),
  'resident-id.birth-date-mismatch': says(
    '与公民身份号码中的出生日期不一致。',
    '请核对两处并改正其一。',
    'It differs from the birth date in the resident ID.',
    'Check both and correct one.',
  ),
  'resident-id.sex-mismatch': says(
    '与公民身份号码所示性别不一致。',
    '请核对两处并改正其一。',
    'It differs from the sex the resident ID shows.',
    'Check both and correct one.',
  ),
  // Money in fen
  'money.negative': says(
    '金额不得为负。',
    '请填写零或正的整数分。',
    'An amount must not be negative.',
    'Give zero or more, in whole fen.',
  ),
  'money.fraction': says(
    '金额须为整数分（1 元 = 100 分）。',
    '请换算为分，不带小数。',
    'An amount is a whole number of fen (1 yuan = 100 fen).',
    'Convert it to fen, without a fraction.',
  ),
  'money.too-large': says(
    '金额超出可能的范围。',
    '请核对单位是否为分。',
    'The amount is beyond what is possible.',
    'Check that it is in fen.',
  ),
  // Households, facts, papers, tasks
  'member.duplicate': says(
    '同一人在成员中列了两次。',
    '请只列一次。',
    'The same person is listed twice.',
    'List each person once.',
  ),
  'member.no-applicant': says(
    '成员中须有且仅有一位申请人。',
    '请标明一位申请人。',
    'Exactly one member must be the applicant.',
    'Mark one member as applicant.',
  ),
  'phone.malformed': says(
    '不是大陆手机号或带区号的固定电话。',
    '请填写 11 位手机号，或区号加号码，如 0351-1234567。',
    'It is neither a mobile number of mainland China nor a landline with its area code.',
    'Give 11 digits of a mobile, or area code and number, such as 0351-1234567.',
  ),
  'account.malformed': says(
    '账号须为 8 至 32 位数字。',
    '请只填数字，不留空格。',
    'An account number has 8 to 32 digits.',
    'Give digits only, without spaces.',
  ),
  'member.unknown-reference': says(
    '所指成员不在申请中。',
    '请指向申请所列的成员。',
    'It refers to a member the application does not list.',
    'Refer to a listed member.',
  ),
  'member.in-open-application': says(
    '该成员已在另一份办理中的申请内。',
    '请核实其所属家庭。',
    'This member is in another open application.',
    'Clarify which household the person belongs to.',
  ),
  'fact.kind': says(
    '没有这种事实。',
    '请使用文档所列的种类。',
    'There is no such kind of fact.',
    'Use a kind from the documentation.',
  ),
  'fact.unit': says(
    '计量单位与该事实不符。',
    '请使用文档所列的单位。',
    'The unit does not fit this kind of fact.',
    'Use the documented unit.',
  ),
  'fact.subject': says(
    '该事实不能用于此对象（个人或家庭）。',
    '请指向正确的对象。',
    'This kind of fact is not about such a subject (person or household).',
    'Name the right subject.',
  ),
  'fact.value': says(
    '事实的值与其种类不符。',
    '请按该种类的要求填写。',
    'The value does not fit this kind of fact.',
    'Write it as that kind demands.',
  ),
  'fact.duplicate': says(
    '同一事实申报了两次。',
    '请只申报一次。',
    'The same fact is declared twice.',
    'Declare it once.',
  ),
  'paper.not-needed': says(
    '该材料不在所缺材料之列。',
    '请只提交所列材料。',
    'This paper is not among those asked for.',
    'Hand in the papers that were listed.',
  ),
  'consent.undated': says(
    '授权书须写明签署日期和截止日期。',
    '请在 consents（补正）或该成员的 consent（申请）中填写。',
    'A consent has a day on which it was given and one on which it ends.',
    'Give it with both dates: in consents of a supplement, or as the consent of the member in an application.',
  ),
  'paper.duplicate': says('同一材料列了两次。', '请只列一次。', 'The same paper is listed twice.', 'List it once.'),
  'assessor.too-few': says(
    '入户调查须由至少两人进行。',
    '请列出至少两名调查人员。',
    'A field assessment needs at least two investigators.',
    'Name two or more.',
  ),
  'assessor.duplicate': says(
    '同一调查人员列了两次。',
    '请列出两名不同的人员。',
    'The same investigator is named twice.',
    'Name two different people.',
  ),
  'assessor.caller-absent': says(
    '提交人须是调查人员之一。',
    '请由参与调查的人员提交。',
    'The caller must be one of the investigators.',
    'Have it handed in by someone who took part.',
  ),
  'task.result-kind': says(
    '结果与任务种类不符。',
    '请按该任务的种类填写结果。',
    'The result does not fit the kind of task.',
    'Give the result this kind of task asks for.',
  ),
  'extension.reason': says(
    '不是法定的延长理由。',
    '请使用文档所列的理由。',
    'It is not a statutory reason.',
    'Use a reason from the documentation.',
  ),
} as const;
