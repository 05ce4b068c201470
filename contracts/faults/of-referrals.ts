import { says } from './says.ts';

/** Faults in what a request says of a referral. */
export const referralFaults = {
  'referral.return-reason': says(
    '退回原因不在清单内。',
    '请从接口文档所列的原因代码中选择。',
    'The reason of a return is not on the list.',
    'Choose one of the codes that the API document lists.',
  ),
  'referral.amount': says(
    '金额超过一次转介所能给付的上限（{maximum} 分）。',
    '请核对单位：金额以分为单位；确有更大金额的，请分次报告。',
    'The amount is more than one referral can come to ({maximum} fen).',
    'Check the unit: amounts are in fen. Where it really is more, report it in parts.',
  ),
  'referral.amount-without-delivery': says(
    '未给付救助，不应填写金额。',
    '请删去金额，或将结果改为已给付。',
    'Nothing was delivered, so there is no amount.',
    'Leave the amount out, or report that it was delivered.',
  ),
  'referral.department': says(
    '没有可接收转介的此部门，或您不得代其查看。',
    '请填写现行政策中牵头部门的代码；部门只能查看转给自己的。',
    'No department of that code takes referrals, or it is not yours to ask for.',
    'Give the code of a department of the policy in force; a department sees its own.',
  ),
} as const;
