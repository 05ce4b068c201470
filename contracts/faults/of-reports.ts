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
    '所列成员或家庭的在世成员中，没有人持报告中的公民身份号码。',
    '请核对成员或家庭；不是报告所说的人的，请另行提交申请，并以其他结果办结该报告。',
    'None of the members, or of the living members of the household, has the resident ID that was reported.',
    'Check the members or the household; where they are of other people, submit their application by itself and end the report with another outcome.',
  ),
  'report.not-covered': says(
    '没有查到此人正在办理的申请或已认定的层级。',
    '请填写您管辖范围内覆盖此人的家庭的标识，或以其他结果办结。',
    'No application under way and no tier was found that covers the person.',
    'Give the id of the household within your scope that covers them, or end the report with another outcome.',
  ),
} as const;
