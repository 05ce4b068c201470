import { LogicEngine } from 'json-logic-engine';
import type { Comparison, Condition, PeerTest } from './conditions.ts';
import { hostOf } from './decision.ts';
import type { FlatFacts } from './known.ts';
import type { PeerBuilder } from './peer.ts';
import { termsOf } from './terms.ts';
import { peerTestsOf } from './tests.ts';

type Logic = Readonly<Record<string, unknown>>;

const operators = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '===' } as const satisfies Record<
  Comparison['operator'],
  string
>;

const logicOf = (condition: Condition): Logic => {
  if ('all' in condition) return { and: condition.all.map(logicOf) };
  if ('any' in condition) return { or: condition.any.map(logicOf) };
  const { fact, operator, value } = condition;
  return { [operators[operator]]: [{ var: fact }, typeof value === 'object' ? { var: value.fact } : value] };
};

/** Compiles a list of tests into one function that answers them all; that is quicker than a function for each. */
const compiled = (tests: readonly PeerTest[]): ((facts: FlatFacts) => readonly boolean[]) => {
  const run: unknown = new LogicEngine().build(tests.map(({ condition }) => logicOf(condition)));
  if (typeof run !== 'function') throw new TypeError('json-logic-engine compiled no function');
  return (facts) => {
    const answers: unknown = Reflect.apply(run, undefined, [facts]);
    if (!areFlags(answers)) throw new TypeError('json-logic-engine answered no list');
    return answers;
  };
};
const areFlags = (answers: unknown): answers is readonly boolean[] => Array.isArray(answers);

/** json-logic-engine: every test as logic, compiled once to JavaScript; the trace is put together around it. */
export const jsonLogicEngine: PeerBuilder = (policy, date) => {
  const terms = termsOf(policy, date);
  const tests = peerTestsOf(terms);
  const host = hostOf(terms, tests);
  const ofHousehold = compiled(tests.household);
  const ofMember = compiled(tests.member);
  return {
    name: 'json-logic-engine',
    decide: (household) => {
      const prepared = host.prepare(household);
      const answers = {
        household: ofHousehold(prepared.flat),
        members: prepared.members.map(({ flat }) => ofMember(flat)),
      };
      return JSON.stringify(host.decisionOf(prepared, answers));
    },
  };
};
