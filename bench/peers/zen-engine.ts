import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import type { Condition, PeerTest } from './conditions.ts';
import { hostOf } from './decision.ts';
import type { PeerBuilder } from './peer.ts';
import { termsOf } from './terms.ts';
import { peerTestsOf } from './tests.ts';

const literal = (value: number | string | boolean): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

/** A condition in ZEN's expression language; `of` is what a fact's name begins with (`#.` inside a map over members). */
const expressionOf = (condition: Condition, of: string): string => {
  if ('all' in condition) return `(${condition.all.map((each) => expressionOf(each, of)).join(' and ')})`;
  if ('any' in condition) return `(${condition.any.map((each) => expressionOf(each, of)).join(' or ')})`;
  const { fact, operator, value } = condition;
  const other = typeof value === 'object' ? of + value.fact : literal(value);
  return `${of}${fact} ${operator === '=' ? '==' : operator} ${other}`;
};

const expressionsOf = (household: readonly PeerTest[], member: readonly PeerTest[]) => [
  ...household.map(({ condition }, index) => ({
    id: `household-${index}`,
    key: `h${index}`,
    value: expressionOf(condition, ''),
  })),
  ...member.map(({ condition }, index) => ({
    id: `member-${index}`,
    key: `m${index}`,
    value: `map(members, ${expressionOf(condition, '#.')})`,
  })),
];

const position = { x: 0, y: 0 };

/** Request, all tests in one expression node, response: fewer nodes are quicker. */
const graphOf = (household: readonly PeerTest[], member: readonly PeerTest[]) => ({
  nodes: [
    { id: 'request', name: 'request', type: 'inputNode', position, content: { schema: '' } },
    {
      id: 'tests',
      name: 'tests',
      type: 'expressionNode',
      position,
      content: {
        expressions: expressionsOf(household, member),
        passThrough: false,
        inputField: null,
        outputPath: null,
        executionMode: 'single',
      },
    },
    { id: 'response', name: 'response', type: 'outputNode', position },
  ],
  edges: [
    { id: 'to-tests', type: 'edge', sourceId: 'request', targetId: 'tests' },
    { id: 'to-response', type: 'edge', sourceId: 'tests', targetId: 'response' },
  ],
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const fieldOf = (value: unknown, field: string): unknown => (isRecord(value) ? value[field] : undefined);

/** Where the answers of a run are read: in the trace of the expression node, or in the result when no trace was asked for. */
type Reader = (key: string) => unknown;

const tracedReader = (trace: unknown): Reader => {
  const data = fieldOf(fieldOf(trace, 'tests'), 'traceData');
  return (key) => fieldOf(fieldOf(data, key), 'result');
};

const build =
  (name: string, trace: boolean): PeerBuilder =>
  (policy, date) => {
    const terms = termsOf(policy, date);
    const tests = peerTestsOf(terms);
    const host = hostOf(terms, tests);
    const decision = new ZenEngine().createDecision(new ZenDecisionContent(graphOf(tests.household, tests.member)));
    const householdKeys = tests.household.map((_, index) => `h${index}`);
    const memberKeys = tests.member.map((_, index) => `m${index}`);
    return {
      name,
      decide: async (household) => {
        const prepared = host.prepare(household);
        const facts = { ...prepared.flat, members: prepared.members.map(({ flat }) => flat) };
        const answer = await decision.evaluate(facts, { trace });
        const result: unknown = answer.result;
        const read: Reader = trace ? tracedReader(answer.trace) : (key) => fieldOf(result, key);
        const ofMembers = memberKeys.map(read);
        const answers = {
          household: householdKeys.map((key) => read(key) === true),
          members: prepared.members.map((_, index) => ofMembers.map((own) => fieldOf(own, String(index)) === true)),
        };
        return JSON.stringify(host.decisionOf(prepared, answers));
      },
    };
  };

/** @gorules/zen-engine: a decision graph compiled once, with all tests in one expression node, run with its own trace. */
export const zenEngine = build('zen-engine', true);

/** The same without its own trace, which the code around it then puts together alone. */
export const zenEngineUntraced = build('zen-engine without its own trace', false);
