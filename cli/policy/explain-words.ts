import type { DeterminationView } from '../../contracts/api/reviews.ts';
import type { Text } from '../../contracts/problems.ts';
import type { ChangeState } from '../../domain/determinations/determination.ts';
import { says } from '../language.ts';

/** What `explain` says around the reasons, which come from the instance in words. */
export const explainWords = {
  granted: says('给予救助', 'granted'),
  refused: says('不予救助', 'refused'),
  decision: says('决定', 'Determination'),
  tier: says('救助层级', 'Tier'),
  outcome: says('结果', 'Outcome'),
  monthly: says('每月金额', 'A month'),
  yuan: says('元', 'yuan'),
  household: says('家庭', 'Household'),
  division: says('区划', 'Division'),
  decidedOn: says('决定日期', 'Decided on'),
  payableFrom: says('起发日期', 'Payable from'),
  policy: says('政策版本', 'Policy version'),
  origin: says('由来', 'Came of'),
  previous: says('此前的决定', 'Decision before it'),
  evaluatedOn: says('规则适用日期', 'Rules as of'),
  reasons: says(
    '理由：为何属于此层级，为何不属于上一层级，何种变化会改变结果',
    'Reasons: why this tier, why not the one above, and what would change it',
  ),
  distances: says('距各条界线', 'Distance to each line'),
  facts: says('所依据的信息、来源与距适用日期的天数', 'Facts used, with their source and age'),
  noFacts: says('未使用任何信息。', 'No fact was used.'),
  opened: says('可享受的项目', 'Items it opens'),
  notOpened: says('未开放的项目及原因', 'Items it does not open, and why'),
  appeal: says('救济途径', 'Appeal'),
  trace: says('完整的逐项检验', 'Every test, in full'),
  test: says('检验', 'Test'),
  measured: says('实测', 'Measured'),
  line: says('界线', 'Line'),
  distance: says('差额', 'Distance'),
  result: says('结论', 'Result'),
  fact: says('信息', 'Fact'),
  value: says('内容', 'Value'),
  source: says('来源', 'Source'),
  asOf: says('截至', 'As of'),
  age: says('天数', 'Days old'),
  basis: says('性质', 'Basis'),
  citation: says('依据', 'Citation'),
} as const;

/** The results of a test. */
export const resultWords = {
  'pass': says('符合', 'pass'),
  'fail': says('不符合', 'fail'),
  'unknown': says('不明', 'unknown'),
  'not-applicable': says('不适用', 'not applicable'),
} as const;

/** What a threshold rests on. */
export const basisWords: Readonly<Record<string, Text>> = {
  'statute': says('法规', 'statute'),
  'local-setting': says('地方规定', 'local setting'),
  'assumption': says('假定', 'assumption'),
};

/** What led to a decision that comes from no review. */
export const originWords: Readonly<Record<DeterminationView['origin'], Text>> = {
  'review': says('审核', 'a review'),
  'policy-change': says('新政策', 'a new policy'),
  'household-change': says('家庭变动', 'a change in the household'),
  'passing-of-time': says('随时间变化', 'the passing of time'),
};

/** How far such a decision holds. */
export const changeWords: Readonly<Record<ChangeState, Text>> = {
  'in-force': says('，已生效', '; in force'),
  'awaiting-check': says('，待核查', '; awaiting a check'),
  'awaiting-application': says('，待申请', '; awaiting an application'),
  'kept': says('，经核查维持原决定', '; after a check the decision before it stands'),
};
