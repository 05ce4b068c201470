import { z } from 'zod';
import { parseCondition } from '../catalogue/condition.ts';
import type { PackFault } from '../policy/pack-fault.ts';
import { AlertRule, decisionTriggers } from './alert-rule.ts';

const Loose = z.looseObject({ alertRules: z.array(z.unknown()).catch([]) });

/** A rule that has the right shape, with its place; the schema reports the others. */
interface Placed {
  readonly rule: AlertRule;
  readonly index: number;
}

const conditionFaults = ({ rule: { when }, index }: Placed): readonly PackFault[] => {
  if ('decision' in when) return [];
  const parsed = parseCondition(when.condition, `alert-${when.subject}`);
  if (parsed.ok) return [];
  const path = ['alertRules', index, 'when', 'condition'];
  return parsed.faults.map(({ column, message }) => ({ path, message: `column ${column}: ${message}` }));
};

/** Versions of one rule rise in date: two that begin on a day would overlap from then on. */
const dateFaults = (placed: readonly Placed[]): readonly PackFault[] => {
  const last = new Map<string, string>();
  return placed.flatMap(({ rule: { code, validFrom }, index }) => {
    const before = last.get(code);
    last.set(code, validFrom);
    if (before === undefined || validFrom > before) return [];
    return [{ path: ['alertRules', index, 'validFrom'], message: `${code}: dates must rise after ${before}` }];
  });
};

/** What the rules would decide otherwise is told by one rule each: two would tell the officer the same twice. */
const triggerFaults = (placed: readonly Placed[]): readonly PackFault[] => {
  const codeOf = new Map<string, string>();
  const doubled = placed.flatMap(({ rule: { code, when }, index }) => {
    if (!('decision' in when)) return [];
    const other = codeOf.get(when.decision) ?? code;
    codeOf.set(when.decision, other);
    if (other === code) return [];
    return [{ path: ['alertRules', index, 'when', 'decision'], message: `${other} tells of ${when.decision} already` }];
  });
  const missing = decisionTriggers.filter((trigger) => !codeOf.has(trigger));
  return [
    ...doubled,
    ...missing.map((trigger) => ({ path: ['alertRules'], message: `no rule tells of ${trigger}: add one` })),
  ];
};

/**
 * What is wrong with a pack's rules for alerts beyond their shape: conditions that do not parse or type-check, with their column; versions
 * that overlap; what the rules would decide otherwise told twice, or by no rule.
 */
export const alertRuleFaults = (input: unknown): PackFault[] => {
  const rows = Loose.safeParse(input).data?.alertRules ?? [];
  const placed = rows.flatMap((row, index) => {
    const rule = AlertRule.safeParse(row).data;
    return rule === undefined ? [] : [{ rule, index }];
  });
  const isWhole = placed.length === rows.length && rows.length > 0;
  return [...placed.flatMap(conditionFaults), ...dateFaults(placed), ...(isWhole ? triggerFaults(placed) : [])];
};
