import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { ConditionVariable } from './variable.ts';
import { variableNamed } from './variables.ts';

export type Literal = boolean | number | string;
export const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof comparisons)[number];

/** A variable used in a condition. */
export interface Used {
  readonly op: 'variable';
  readonly name: string;
  readonly variable: ConditionVariable;
}
export type Operand = Used | { readonly op: 'literal'; readonly value: Literal };

/** A condition after it has been checked: only the subset of CEL that can be answered with "unknown". */
export type Condition = { readonly source: string } & (
  | { readonly op: 'literal'; readonly value: boolean }
  | Used
  | { readonly op: 'not'; readonly part: Condition }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly op: 'compare'; readonly comparison: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly op: 'in'; readonly left: Used; readonly values: readonly Literal[] }
  | { readonly op: 'choose'; readonly test: Condition; readonly yes: Condition; readonly no: Condition }
);

/** What is wrong with a condition, and where: the column in its text, the first being 1. */
export interface ConditionFault {
  readonly column: number;
  readonly message: string;
}
export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly faults: readonly ConditionFault[] };

type Schema = { [name: string]: 'int' | 'bool' | 'string' | Schema };

/** The variables as the schema CEL checks against: `person.disability.level` becomes a field of a field. */
const schemaOf = (names: Iterable<[string, ConditionVariable]>): Schema => {
  const root: Schema = {};
  for (const [name, { type }] of names) {
    const parts = name.split('.');
    let place = root;
    for (const part of parts.slice(0, -1)) {
      const known = place[part];
      const next: Schema = typeof known === 'object' ? known : {};
      place[part] = next;
      place = next;
    }
    place[parts.at(-1) ?? name] = type;
  }
  return root;
};

const environmentOf = (roots: readonly string[]): Environment => {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    limits: { maxAstNodes: 400, maxDepth: 20, maxListElements: 40 },
  });
  for (const [root, schema] of Object.entries(schemaOf(variableNamed))) {
    if (roots.includes(root) && typeof schema === 'object') environment.registerVariable({ name: root, schema });
  }
  return environment;
};

/** An item for a whole household cannot ask about one person: whose age would that be? */
const environments = {
  person: environmentOf(['household', 'event', 'person']),
  household: environmentOf(['household', 'event']),
  // An alert also asks about the decision that stands, which an item must not: it would open or close by what was given before.
  'alert-person': environmentOf(['household', 'event', 'person', 'standing']),
  'alert-household': environmentOf(['household', 'event', 'standing']),
} as const;

/** The dotted name of `person.disability.level`, or null for anything that is no plain name. */
const nameOf = (node: ASTNode): string | null => {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return null;
  const before = nameOf(node.args[0]);
  return before === null ? null : `${before}.${node.args[1]}`;
};

const literalOf = (node: ASTNode): Literal | null => {
  if (node.op === '-_') {
    const value = literalOf(node.args);
    return typeof value === 'number' ? -value : null;
  }
  if (node.op !== 'value') return null;
  const value = node.args;
  if (typeof value === 'bigint') return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
  return typeof value === 'boolean' || typeof value === 'string' ? value : null;
};

class Translation {
  readonly faults: ConditionFault[] = [];

  refuse(node: ASTNode, message: string): null {
    this.faults.push({ column: node.range.start + 1, message });
    return null;
  }

  variable(node: ASTNode): Used | null {
    const name = nameOf(node);
    const variable = name === null ? undefined : variableNamed.get(name);
    return name === null || variable === undefined ? null : { op: 'variable', name, variable };
  }

  operand(node: ASTNode): Operand | null {
    const used = this.variable(node);
    if (used !== null) return used;
    const value = literalOf(node);
    if (value !== null) return { op: 'literal', value };
    const what = node.op === 'value' ? 'only whole numbers, texts and true or false' : 'only a variable or a constant';
    return this.refuse(node, `${what} may be compared here`);
  }

  /** A text is one of the variable's choices: a misspelt one would be false for ever, in silence. */
  fits({ name, variable }: Used, value: Literal, node: ASTNode): boolean {
    const { choices } = variable;
    if (choices === undefined || choices.some((choice) => choice === value)) return true;
    this.refuse(node, `${name} is never "${value}"; it is one of ${choices.join(', ')}`);
    return false;
  }

  haveOneUnit(left: Used, right: Used, node: ASTNode): boolean {
    const [one, other] = [left.variable, right.variable];
    const alike = one.unit === other.unit && String(one.choices) === String(other.choices);
    if (alike) return true;
    this.refuse(node, `${left.name} is in ${one.unit} and ${right.name} in ${other.unit}; they cannot be compared`);
    return false;
  }

  comparable(node: ASTNode, comparison: Comparison, left: Operand, right: Operand): boolean {
    const texts = [left, right].some((side) => side.op === 'variable' && side.variable.type !== 'int');
    if (texts && comparison !== '==' && comparison !== '!=') {
      this.refuse(node, `${comparison} needs whole numbers; a choice is compared with ==, != or in`);
      return false;
    }
    if (left.op === 'variable' && right.op === 'variable') return this.haveOneUnit(left, right, node);
    if (left.op === 'variable' && right.op === 'literal') return this.fits(left, right.value, node);
    if (left.op === 'literal' && right.op === 'variable') return this.fits(right, left.value, node);
    this.refuse(node, 'compares two constants, which is the same for everybody');
    return false;
  }

  compare(node: ASTNode, comparison: Comparison, [first, second]: readonly [ASTNode, ASTNode]): Condition | null {
    const [left, right] = [this.operand(first), this.operand(second)];
    if (left === null || right === null || !this.comparable(node, comparison, left, right)) return null;
    return { op: 'compare', comparison, left, right, source: sourceOf(node) };
  }

  among(node: ASTNode, [first, second]: readonly [ASTNode, ASTNode]): Condition | null {
    const left = this.variable(first);
    if (left === null) return this.refuse(first, 'only a variable may be looked for in a list');
    if (second.op !== 'list' || second.args.length === 0) {
      return this.refuse(second, 'only a list of constants, not an empty one, may follow "in"');
    }
    const values: Literal[] = [];
    for (const element of second.args) {
      const value = literalOf(element);
      if (value === null) return this.refuse(element, 'only whole numbers, texts and true or false may be listed');
      if (!this.fits(left, value, element)) return null;
      values.push(value);
    }
    return { op: 'in', left, values, source: sourceOf(node) };
  }

  joined(node: ASTNode, op: '&&' | '||'): readonly Condition[] | null {
    if (node.op !== op) {
      const part = this.condition(node);
      return part === null ? null : [part];
    }
    const [left, right] = [this.joined(node.args[0], op), this.joined(node.args[1], op)];
    return left === null || right === null ? null : [...left, ...right];
  }

  choose(node: ASTNode, [first, second, third]: readonly [ASTNode, ASTNode, ASTNode]): Condition | null {
    const [test, yes, no] = [this.condition(first), this.condition(second), this.condition(third)];
    return test === null || yes === null || no === null
      ? null
      : { op: 'choose', test, yes, no, source: sourceOf(node) };
  }

  condition(node: ASTNode): Condition | null {
    const source = sourceOf(node);
    switch (node.op) {
      case '&&':
      case '||': {
        const parts = this.joined(node, node.op);
        return parts === null ? null : { op: node.op === '&&' ? 'and' : 'or', parts, source };
      }
      case '!_': {
        const part = this.condition(node.args);
        return part === null ? null : { op: 'not', part, source };
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.compare(node, node.op, node.args);
      case 'in':
        return this.among(node, node.args);
      case '?:':
        return this.choose(node, node.args);
      case 'value':
        return typeof node.args === 'boolean' ? { op: 'literal', value: node.args, source } : this.unknownForm(node);
      default: {
        const used = this.variable(node);
        return used === null ? this.unknownForm(node) : { ...used, source };
      }
    }
  }

  unknownForm(node: ASTNode): null {
    return this.refuse(
      node,
      'a condition is made of variables, constants, comparisons, in [...], &&, ||, ! and ?: only; see docs/decisions/0008',
    );
  }
}

const sourceOf = (node: ASTNode): string => node.input.slice(node.range.start, node.range.end);

const refused = (summary: string, start: number | undefined): ParsedCondition => ({
  ok: false,
  faults: [{ column: (start ?? 0) + 1, message: summary }],
});

const celParse = (source: string, subject: keyof typeof environments) => {
  try {
    return environments[subject].parse(source);
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
};

/**
 * Parses and type-checks a condition in CEL, and translates it into the subset that is answered here. What does not parse, does
 * not type-check, names an unknown variable, is no condition, or is outside the subset comes back as faults with their columns.
 */
export const parseCondition = (source: string, subject: keyof typeof environments): ParsedCondition => {
  const parsed = celParse(source, subject);
  if (parsed instanceof ParseError) return refused(parsed.summary, parsed.range?.start);
  const checked = parsed.check();
  if (!checked.valid) return refused(checked.error?.summary ?? 'does not type-check', checked.error?.range?.start);
  if (checked.type !== 'bool') return refused(`is ${checked.type}, not a condition that is true or false`, 0);
  const translation = new Translation();
  const condition = translation.condition(parsed.ast);
  return condition === null ? { ok: false, faults: translation.faults } : { ok: true, condition };
};

/** The variables a condition uses, each once. */
export const variablesIn = (condition: Condition): readonly Used[] => {
  switch (condition.op) {
    case 'literal':
      return [];
    case 'variable':
      return [condition];
    case 'not':
      return variablesIn(condition.part);
    case 'and':
    case 'or':
      return condition.parts.flatMap(variablesIn);
    case 'compare':
      return [condition.left, condition.right].filter((side) => side.op === 'variable');
    case 'in':
      return [condition.left];
    default:
      return [condition.test, condition.yes, condition.no].flatMap(variablesIn);
  }
};
