import { says } from './says.ts';

/** Faults in what a request says of a report. */
export const reportFaults = {
  'report.nowhere': says(
    '没有任何可以找到此人的信息。',
    '请至少填写住址或所在地点、电话、公民身份号码之一。',
    'There is nothing by which the person could be found.',
    'Give at least one of place, telephone and resident ID.',
  ),
  'report.person': says(
    '报告中的公民身份号码不在所列成员之中。',
    '请核对成员；申请的不是报告所说的人的，请另行提交申请，并以其他结果办结该报告。',
    'None of the members has the resident ID that was reported.',
    'Check the members; where the application is of other people, submit it by itself and end the report with another outcome.',
  ),
  'report.not-covered': says(
    '没有查到此人正在办理的申请或已认定的层级。',
    '请填写您管辖范围内覆盖此人的家庭的标识，或以其他结果办结。',
    'No application under way and no tier was found that covers the person.',
    'Give the id of the household within your scope that covers them, or end the report with another outcome.',
  ),
} as const;
