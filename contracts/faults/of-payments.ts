import { says } from './says.ts';

/** Faults in what a request says of a payment run. */
export const paymentFaults = {
  'payment.month': says(
    '只能编制本月的发放清单。',
    '请填写当前月份，格式为 YYYY-MM。',
    'Payments are listed for the present month only.',
    'Give the present month in China as YYYY-MM.',
  ),
  'payment.county': says(
    '发放清单由县级编制。',
    '请由县级人员编制。',
    'Payments are listed by a county.',
    'Have an officer of the county ask for the list.',
  ),
  'payment.amount': says(
    '追回须填写金额，且不得超过原发放金额；其他更正不填金额。',
    '追回请填写大于零、不超过原金额的整数分；其他请留空。',
    'What is recovered needs an amount that is not above what was paid; no other correction has one.',
    'Give whole fen above zero, up to the amount of the line, for `recovered`, and none otherwise.',
  ),
  'payment.not-recordable': says(
    '该笔款项无法登记到救助链，故不能补发。',
    '请核对决定与目录；可注销该行后另行处理。',
    'The payment cannot be entered in the assistance chain, and is not released without it.',
    'Check the decision and the catalogue; cancel the line if it cannot be paid this way.',
  ),
} as const;
