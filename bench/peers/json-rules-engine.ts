import { Engine, type RuleProperties, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import type { Comparison, Condition, PeerTest } from './conditions.ts';
import { type Host, hostOf } from './decision.ts';
import type { FlatFacts } from './known.ts';
import type { PeerBuilder } from './peer.ts';
import type { Answers } from './places.ts';
import type { Prepared } from './preparation.ts';
import { termsOf } from './terms.ts';
import { peerTestsOf } from './tests.ts';

const operators = {
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  '=': 'equal',
} as const satisfies Record<Comparison['operator'], string>;

type Nested = Extract<TopLevelCondition, { all: unknown }>['all'][number];

const nested = (condition: Condition): Nested => {
  if ('all' in condition) return { all: condition.all.map(nested) };
  if ('any' in condition) return { any: condition.any.map(nested) };
  const { fact, operator, value } = condition;
  return { fact, operator: operators[operator], value };
};

const ruleOf = ({ code, condition }: PeerTest): RuleProperties => ({
  name: code,
  conditions: 'any' in condition ? { any: condition.any.map(nested) } : { all: [nested(condition)] },
  event: { type: code },
});

/** One engine for a list of tests, made once. Its results come in no fixed order and are put in the order of the tests. */
const engineOf = (tests: readonly PeerTest[]): ((facts: FlatFacts) => Promise<readonly boolean[]>) => {
  const engine = new Engine(tests.map(ruleOf));
  const places = new Map(tests.map(({ code }, index) => [code, index]));
  return async (facts) => {
    const { results, failureResults } = await engine.run(facts);
    const holds: boolean[] = Array.from({ length: tests.length }, () => false);
    const note = ({ name, result }: RuleResult): void => {
      holds[places.get(name) ?? -1] = result === true;
    };
    results.forEach(note);
    failureResults.forEach(note);
    return holds;
  };
};

type Write = (host: Host, prepared: Prepared, answers: Answers) => string;

const build =
  (name: string, write: Write): PeerBuilder =>
  (policy, date) => {
    const terms = termsOf(policy, date);
    const tests = peerTestsOf(terms);
    const host = hostOf(terms, tests);
    const ofHousehold = engineOf(tests.household);
    const ofMember = engineOf(tests.member);
    return {
      name,
      decide: async (household) => {
        const prepared = host.prepare(household);
        const own = await ofHousehold(prepared.flat);
        const members: (readonly boolean[])[] = [];
        for (const { flat } of prepared.members) members.push(await ofMember(flat));
        return write(host, prepared, { household: own, members });
      },
    };
  };

/**
 * json-rules-engine: one rule for each test, in two engines made once, one for the household and one run for each member. Facts
 * are constants given to `run`; each rule's own result and failure result is what the trace tells.
 */
export const jsonRulesEngine = build('json-rules-engine', (host, prepared, answers) =>
  JSON.stringify(host.decisionOf(prepared, answers)),
);

/** The same, with nothing written but the results: less than a compact decision holds, since no trace is made again from it. */
export const jsonRulesEngineCompact = build('json-rules-engine, results alone', (_, { household }, answers) =>
  JSON.stringify([household.householdId, answers]),
);
