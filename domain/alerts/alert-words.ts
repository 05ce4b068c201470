import { parseCondition } from '../catalogue/condition.ts';
import { conditionIn } from '../catalogue/item-wording.ts';
import type { LocalDate } from '../dates.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Alert } from './alert.ts';
import type { AlertRule, DecisionTrigger } from './alert-rule.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

const decisionWords: Readonly<Record<DecisionTrigger, Words>> = {
  'may-no-longer-qualify': {
    zh: '按现有信息重新测算，结果低于现行认定',
    en: 'by what is known now the rules would give less than the decision that stands',
  },
  'may-qualify': {
    zh: '按现有信息重新测算，结果高于现行认定',
    en: 'by what is known now the rules would give more than the decision that stands',
  },
  'item-opens': {
    zh: '按现有信息，有新的救助项目符合条件',
    en: 'by what is known now an item of another department opens',
  },
  'cannot-decide': {
    zh: '按现有信息无法作出认定，需要人工核实',
    en: 'by what is known now the rules cannot decide, and people have to look',
  },
};

/** When a rule fires, in plain words that name nobody. */
export const whenInWords = ({ code, when }: AlertRule): Words => {
  if ('decision' in when) return decisionWords[when.decision];
  const parsed = parseCondition(when.condition, `alert-${when.subject}`);
  if (!parsed.ok) throw new RangeError(`the condition of ${code} is not one`);
  return { zh: conditionIn(parsed.condition, 'zh'), en: conditionIn(parsed.condition, 'en') };
};

/** The version of a rule by its code and first day; undefined where the pack does not have it. */
export const ruleVersion = (
  { alertRules }: Pick<PolicyPack, 'alertRules'>,
  { rule, ruleFrom }: { readonly rule: string; readonly ruleFrom: LocalDate },
): AlertRule | undefined => alertRules.find(({ code, validFrom }) => code === rule && validFrom === ruleFrom);

/** Why an alert was raised, as a sentence: its rule and what that asks for. */
export const whyInWords = ({ persons }: Pick<Alert, 'persons'>, rule: AlertRule): Words => {
  const when = whenInWords(rule);
  const about = persons.length;
  return {
    zh: `${rule.name.zh}：${when.zh}${about === 0 ? '' : `（涉及成员${about}人）`}。`,
    en: `${rule.name.en.charAt(0).toUpperCase()}${rule.name.en.slice(1)}: ${when.en}${about === 0 ? '' : ` (members concerned: ${about})`}.`,
  };
};
