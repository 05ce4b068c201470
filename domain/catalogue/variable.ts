import type { Fact } from '../facts/fact.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import type { FactProblem } from '../facts/readings.ts';
import type { PersonId } from '../ids.ts';
import type { ConditionContext } from './condition-context.ts';

/** The value of a variable; `undefined` when nobody can say, because the fact behind it is missing, too old or spoilt. */
export type VariableValue = boolean | number | string | undefined;

interface Declared {
  /** As in CEL. A whole number has a unit, and a text one of `choices`; neither is compared with anything else. */
  readonly type: 'int' | 'bool' | 'string';
  readonly unit: string;
  readonly choices?: readonly string[];
  readonly meaning: { readonly zh: string; readonly en: string };
}

/** A variable read from one kind of fact. */
export interface FromFact extends Declared {
  readonly fact: FactKind;
  /** What it is when there is no such fact: a value where silence says enough, `undefined` where it does not. */
  readonly absent: VariableValue | ((context: ConditionContext) => VariableValue);
  /** Its value, where that is not the fact's own. */
  readonly of?: (fact: Fact, context: ConditionContext) => VariableValue;
}

/** Why something is not known: the trouble, what it is about, and whose it is when it is a person's. */
export interface Cause {
  readonly problem: FactProblem | 'undecided';
  readonly name: FactKind | 'tier';
  readonly personId: PersonId | null;
}

/** A variable worked out from what the household and its decision say. */
export interface Derived extends Declared {
  readonly read: (context: ConditionContext) => VariableValue;
  readonly causes: (context: ConditionContext) => readonly Cause[];
  /** The kinds of fact it is made from, where it is made from any. */
  readonly madeFrom?: readonly FactKind[];
}

export type ConditionVariable = FromFact | Derived;
