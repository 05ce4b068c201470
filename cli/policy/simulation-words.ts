import type { Text } from '../../contracts/problems.ts';
import type { ChangeKind } from '../../domain/policy-versions/change-line.ts';
import { says } from '../language.ts';

export const simulationWords = {
  tier: says('层级', 'Tier'),
  county: says('县（市、区）', 'County'),
  before: says('现行（户）', 'Households now'),
  after: says('变更后（户）', 'Then'),
  more: says('增减', 'Difference'),
  costBefore: says('现行年支出（元）', 'Yuan a year now'),
  costAfter: says('变更后年支出（元）', 'Then'),
  costMore: says('增减（元）', 'Difference'),
  total: says('合计', 'Total'),
  undecidable: says('无法认定', 'cannot be decided'),
  warning: says('注意', 'Note'),
  household: says('家庭', 'Household'),
  change: says('变化', 'Change'),
  tierChange: says('层级', 'Tier'),
  amountChange: says('每月金额（元）', 'Yuan a month'),
  why: says('原因', 'Why'),
  nobody: says('没有家庭受影响。', 'No household is affected.'),
  hash: says('测算指纹', 'Hash of the simulation'),
  activateWith: says('启用命令', 'To activate it'),
} as const;

/** What happens to a household of the named list. */
export const changeWords: Readonly<Record<ChangeKind, Text>> = {
  enters: says('纳入', 'enters'),
  leaves: says('退出', 'leaves'),
  tier: says('层级变化', 'changes tier'),
  amount: says('金额变化', 'changes amount'),
  undecided: says('无法认定', 'cannot be decided'),
};
