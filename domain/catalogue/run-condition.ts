import type { Comparison, Condition, Literal, Operand } from './condition.ts';
import type { ConditionContext } from './condition-context.ts';
import type { Cause, VariableValue } from './variable.ts';
import { causesOf, readerOf } from './variables.ts';

/**
 * What is known of a condition: it holds, it does not, or (`undefined`) nobody can say. Kleene's three-valued logic: one part that
 * is known to fail settles an "and", one known to hold an "or", whatever is unknown beside it.
 */
export type Truth = boolean | undefined;
export type Run = (context: ConditionContext) => Truth;

const always =
  (truth: Truth): Run =>
  () =>
    truth;

const runAnd =
  (first: Run, second: Run): Run =>
  (context) => {
    const one = first(context);
    if (one === false) return false;
    const other = second(context);
    return other === false || one === true ? other : undefined;
  };

const runOr =
  (first: Run, second: Run): Run =>
  (context) => {
    const one = first(context);
    if (one === true) return true;
    const other = second(context);
    return other === true || one === false ? other : undefined;
  };

const runNot =
  (part: Run): Run =>
  (context) => {
    const truth = part(context);
    return truth === undefined ? undefined : !truth;
  };

/** While it is unknown which of two answers counts, they may still be the same. */
const runChoice =
  (test: Run, yes: Run, no: Run): Run =>
  (context) => {
    const chosen = test(context);
    if (chosen !== undefined) return chosen ? yes(context) : no(context);
    const answer = yes(context);
    return answer === no(context) ? answer : undefined;
  };

type Read = (context: ConditionContext) => VariableValue;

const readOperand = (operand: Operand): Read =>
  operand.op === 'variable' ? readerOf(operand.variable) : () => operand.value;

/** The comparisons; the checker has seen to it that both sides are of one type, and numbers where one is greater. */
const holds: Readonly<Record<Comparison, (left: Literal, right: Literal) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const runComparison = (comparison: Comparison, left: Read, right: Read): Run => {
  const compare = holds[comparison];
  return (context) => {
    const one = left(context);
    if (one === undefined) return undefined;
    const other = right(context);
    return other === undefined ? undefined : compare(one, other);
  };
};

const runMembership = (read: Read, values: readonly Literal[]): Run => {
  const known: ReadonlySet<unknown> = new Set(values);
  return (context) => {
    const value = read(context);
    return value === undefined ? undefined : known.has(value);
  };
};

/** Translates a checked condition into one function, once for a pack. */
export const compileCondition = (condition: Condition): Run => {
  switch (condition.op) {
    case 'literal':
      return always(condition.value);
    case 'variable': {
      const read = readerOf(condition.variable);
      return (context) => {
        const value = read(context);
        return value === undefined ? undefined : value === true;
      };
    }
    case 'not':
      return runNot(compileCondition(condition.part));
    case 'and':
      return condition.parts.map(compileCondition).reduce(runAnd);
    case 'or':
      return condition.parts.map(compileCondition).reduce(runOr);
    case 'compare':
      return runComparison(condition.comparison, readOperand(condition.left), readOperand(condition.right));
    case 'in':
      return runMembership(readerOf(condition.left.variable), condition.values);
    default:
      return runChoice(
        compileCondition(condition.test),
        compileCondition(condition.yes),
        compileCondition(condition.no),
      );
  }
};

/** The conjuncts of a condition: what is told apart when it fails. */
export const conjunctsOf = (condition: Condition): readonly Condition[] =>
  condition.op === 'and' ? condition.parts : [condition];

/** Why a condition is unknown: the causes of its parts that are, and not of parts that are settled. */
export const conditionCauses = (condition: Condition, context: ConditionContext): readonly Cause[] => {
  if (compileCondition(condition)(context) !== undefined) return [];
  switch (condition.op) {
    case 'literal':
      return [];
    case 'variable':
      return causesOf(condition.variable, context);
    case 'not':
      return conditionCauses(condition.part, context);
    case 'and':
    case 'or':
      return condition.parts.flatMap((part) => conditionCauses(part, context));
    case 'compare':
      return [condition.left, condition.right].flatMap((side) =>
        side.op === 'variable' ? causesOf(side.variable, context) : [],
      );
    case 'in':
      return causesOf(condition.left.variable, context);
    default:
      return [condition.test, condition.yes, condition.no].flatMap((part) => conditionCauses(part, context));
  }
};
