import { versionsInForce } from '../catalogue/catalogue.ts';
import { type Condition, parseCondition, variablesIn } from '../catalogue/condition.ts';
import { compileCondition, type Run } from '../catalogue/run-condition.ts';
import type { LocalDate } from '../dates.ts';
import { countsByLargest, type FactKind } from '../facts/fact-kinds.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { AlertRule, DecisionTrigger } from './alert-rule.ts';

/** A rule with a condition, made into a function. */
export interface ConditionRule {
  readonly rule: AlertRule;
  readonly isForPersons: boolean;
  readonly condition: Condition;
  readonly run: Run;
  /** The kinds it asks for of which each occurrence is asked about by itself: another bill that fires is not hidden by a larger one. */
  readonly tried: readonly FactKind[];
}

/** The rules in force on a day. */
export interface AlertRulesOn {
  readonly conditions: readonly ConditionRule[];
  readonly decisions: ReadonlyMap<DecisionTrigger, AlertRule>;
}

const functions = new WeakMap<AlertRule, Pick<ConditionRule, 'condition' | 'run' | 'tried'>>();

const compiled = (rule: AlertRule, source: string, subject: 'person' | 'household') => {
  const known = functions.get(rule);
  if (known !== undefined) return known;
  const parsed = parseCondition(source, `alert-${subject}`);
  if (!parsed.ok) throw new RangeError(`the condition of ${rule.code} is not one: ${parsed.faults[0]?.message ?? ''}`);
  const { condition } = parsed;
  const asked = variablesIn(condition).flatMap(({ variable }) => ('fact' in variable ? [variable.fact] : []));
  const made = { condition, run: compileCondition(condition), tried: [...new Set(asked.filter(countsByLargest))] };
  functions.set(rule, made);
  return made;
};

/** The rules of a pack that are in force on a day; a condition is compiled once, for all the days on which its version is in force. */
export const alertRulesOn = ({ alertRules }: PolicyPack, date: LocalDate): AlertRulesOn => {
  const conditions: ConditionRule[] = [];
  const decisions = new Map<DecisionTrigger, AlertRule>();
  for (const rule of versionsInForce(alertRules, ({ code }) => code, date)) {
    const { when } = rule;
    if ('decision' in when) decisions.set(when.decision, rule);
    else
      conditions.push({
        rule,
        isForPersons: when.subject === 'person',
        ...compiled(rule, when.condition, when.subject),
      });
  }
  return { conditions, decisions };
};
