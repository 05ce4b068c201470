import type { AlertSummary, AlertView } from '../../contracts/api/alerts.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { AlertRule } from '../../domain/alerts/alert-rule.ts';
import { ruleVersion, whyInWords } from '../../domain/alerts/alert-words.ts';
import { dateInChina } from '../../domain/dates.ts';
import { taskClockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { AlertTask } from '../../domain/tasks/task.ts';

/** The version of the rule that raised an alert; packs grow and forget nothing, so it is in the one in force. */
export const ruleOf = (alert: Alert, policy: PolicyPack): AlertRule => {
  const rule = ruleVersion(policy, alert);
  if (rule === undefined) throw new Error(`${policy.version} has no rule ${alert.rule} from ${alert.ruleFrom}`);
  return rule;
};

export const alertSummaryOf = (alert: Alert, policy: PolicyPack): AlertSummary => {
  const { alertId, state, level, householdId, division, taskId, raisedAt, refreshedAt, disposedAt } = alert;
  const { code, name, basis, citation } = ruleOf(alert, policy);
  const rule = { code, name, basis, citation };
  return { alertId, state, level, rule, householdId, division, taskId, raisedAt, refreshedAt, disposedAt };
};

/** What is worked out of the household as it is now. */
export type Looked = Pick<AlertView, 'firesNow' | 'wouldBe'>;

export const alertViewOf = (alert: Alert, task: AlertTask, policy: PolicyPack, looked: Looked): AlertView => {
  const rule = ruleOf(alert, policy);
  const { amount, unit, basis, citation } = taskClockOn(policy, task.kind, dateInChina(task.openedAt));
  return {
    ...alertSummaryOf(alert, policy),
    persons: alert.persons,
    evidence: alert.evidence,
    why: whyInWords(alert, rule),
    suggests: rule.suggests,
    dueOn: task.dueOn,
    dueBasis: { amount, unit, basis, citation },
    escalatedAt: task.escalatedAt,
    ...looked,
    disposal: alert.disposal,
  };
};
