import { factChoiceWords } from '../eligibility/choice-words.ts';
import { causeIn, inYuan, type Language, tierWords, type Words } from '../eligibility/wording.ts';
import type { Comparison, Condition, Literal, Operand, Used } from './condition.ts';
import type { ItemReason } from './items.ts';

/** What each value of a choice is called. */
export const choiceWords: Readonly<Record<string, Words>> = {
  ...tierWords,
  'SINGLE_PERSON_ENTRY': { zh: '单人保', en: 'the allowance by single-person entry' },
  'urban': { zh: '城镇', en: 'urban' },
  'rural': { zh: '农村', en: 'rural' },
  'female': { zh: '女', en: 'female' },
  'male': { zh: '男', en: 'male' },
  ...factChoiceWords,
};

const comparisonWords: Readonly<Record<Comparison, Words>> = {
  '==': { zh: '为', en: 'is' },
  '!=': { zh: '不为', en: 'is not' },
  '<': { zh: '低于', en: 'below' },
  '<=': { zh: '不超过', en: 'at most' },
  '>': { zh: '高于', en: 'above' },
  '>=': { zh: '不低于', en: 'at least' },
};

const valueIn = (value: Literal, unit: string, language: Language): string => {
  if (typeof value === 'boolean') return { zh: value ? '是' : '否', en: value ? 'yes' : 'no' }[language];
  if (typeof value === 'string') return choiceWords[value]?.[language] ?? value;
  if (!unit.startsWith('fen')) return String(value);
  return language === 'zh' ? `${inYuan(value)}元` : `${inYuan(value)} yuan`;
};

const nameOf = ({ variable }: Used, language: Language): string => variable.meaning[language];

const operandIn = (operand: Operand, unit: string, language: Language): string =>
  operand.op === 'variable' ? nameOf(operand, language) : valueIn(operand.value, unit, language);

/** The unit in which two sides are compared: that of the variable among them. */
const unitOf = (...operands: Operand[]): string =>
  operands.flatMap((operand) => (operand.op === 'variable' ? [operand.variable.unit] : [])).at(0) ?? '';

const either = (parts: readonly string[], language: Language): string => parts.join(language === 'zh' ? '或' : ' or ');

/** A condition in words: "age at least 60 or has a disability certificate". */
export const conditionIn = (condition: Condition, language: Language): string => {
  const inWords = (part: Condition): string => conditionIn(part, language);
  const nested = (part: Condition): string => {
    const text = inWords(part);
    if (part.op !== 'and' && part.op !== 'or') return text;
    return language === 'zh' ? `（${text}）` : `(${text})`;
  };
  switch (condition.op) {
    case 'literal':
      return valueIn(condition.value, '', language);
    case 'variable':
      return nameOf(condition, language);
    case 'not':
      return language === 'zh' ? `并非“${inWords(condition.part)}”` : `not ${nested(condition.part)}`;
    case 'and':
      return condition.parts.map(nested).join(language === 'zh' ? '且' : ' and ');
    case 'or':
      return either(condition.parts.map(nested), language);
    case 'compare': {
      const { left, right, comparison } = condition;
      const unit = unitOf(left, right);
      const sides = [operandIn(left, unit, language), operandIn(right, unit, language)];
      return sides.join(language === 'zh' ? comparisonWords[comparison].zh : ` ${comparisonWords[comparison].en} `);
    }
    case 'in': {
      const { left, values } = condition;
      const listed = either(
        values.map((value) => valueIn(value, left.variable.unit, language)),
        language,
      );
      return language === 'zh' ? `${nameOf(left, language)}为${listed}` : `${nameOf(left, language)} is ${listed}`;
    }
    default: {
      const [test, yes, no] = [condition.test, condition.yes, condition.no].map(nested);
      return language === 'zh' ? `如${test}则${yes}，否则${no}` : `${yes} if ${test}, else ${no}`;
    }
  }
};

const undecidedTier: Words = { zh: '困难层次尚未认定', en: 'the tier has not been decided' };

const causesIn = (causes: readonly string[], language: Language): string => {
  const clauses = causes.map((cause) =>
    cause.startsWith('undecided ') ? undecidedTier[language] : causeIn(cause, language),
  );
  return [...new Set(clauses)].join(language === 'zh' ? '；' : '; ');
};

const tierIn = (tier: string, language: Language): string => choiceWords[tier]?.[language] ?? tier;

const clauseOf = (reason: ItemReason, language: Language): string => {
  const zh = language === 'zh';
  switch (reason.kind) {
    case 'opens':
      return zh ? '符合条件' : 'the conditions are met';
    case 'tier':
      return zh ? `不适用于：${tierIn(reason.tier, language)}` : `not meant for: ${tierIn(reason.tier, language)}`;
    case 'condition': {
      const words = conditionIn(reason.failed, language);
      return zh ? `须满足而未满足的条件：${words}` : `what is required and not the case: ${words}`;
    }
    case 'nothing-determined':
      return zh ? '按认定结果无应发金额' : 'by the decision nothing is to be paid';
    case 'excluded': {
      const name = reason.by.name[language];
      return zh ? `与“${name}”不能同时享受` : `it cannot be had together with "${name}", which is given`;
    }
    case 'unknown-exclusion': {
      const name = reason.by.name[language];
      return zh ? `是否享受“${name}”尚不确定` : `whether "${name}" is given is not known yet`;
    }
    default: {
      const words = causesIn(reason.causes, language);
      return zh ? `目前无法判断：${words}` : `it cannot be said yet: ${words}`;
    }
  }
};

/** Why an item opens or not, in one plain sentence that names nobody. */
export const itemReasonIn = (reason: ItemReason, language: Language): string => {
  const clause = clauseOf(reason, language);
  return language === 'zh' ? `${clause}。` : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
};
