import { says } from './says.ts';

/** Faults in what a request asks to see of a person. */
export const disclosureFaults = {
  'disclosure.purpose': says(
    '您的角色不得以此目的查看个人身份。',
    '请说明您的工作所允许的目的。',
    'Your role may not see who a person is for this purpose.',
    'State a purpose that is part of your work.',
  ),
  'disclosure.field': says(
    '此目的不需要该字段。',
    '请删去该字段。',
    'The purpose does not need this field.',
    'Leave the field out.',
  ),
  'disclosure.field-twice': says(
    '同一字段列了两次。',
    '请只列一次。',
    'The same field is listed twice.',
    'List it once.',
  ),
  'lookup.item-unknown': says(
    '现行目录中没有此救助项目。',
    '请使用 /disclosure-rules 所列的项目代码。',
    'The catalogue in force has no such item.',
    'Use the code of an item that /disclosure-rules lists.',
  ),
  'lookup.item-of-another': says(
    '该项目不是贵部门的项目，或没有公布可查询的字段。',
    '请使用 /disclosure-rules 中贵部门的项目。',
    'It is no item of your department, or no fields are published for it.',
    'Use an item that /disclosure-rules lists under your department.',
  ),
  'lookup.person-twice': says(
    '同一人列了两次。',
    '请只列一次。',
    'The same person is listed twice.',
    'List each person once.',
  ),
} as const;
