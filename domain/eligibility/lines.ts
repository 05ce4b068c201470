import type { Fact } from '../facts/fact.ts';
import type { Known } from '../facts/readings.ts';
import type { DatedValue } from '../policy/parameters.ts';
import type { TestInput, TestLine, TestThreshold } from './evaluation.ts';
import { type Finding, factsBehind } from './finding.ts';
import type { Situation } from './situation.ts';

/** A fact's value as a trace shows it. */
export const shown = (value: Fact['value']): TestInput['value'] =>
  typeof value === 'object' ? `${value.category} ${value.level}` : value;

/** A fact as one line of a test's inputs. */
const inputOf = ({ fact, ageDays }: Known): TestInput => ({
  name: fact.kind,
  subject: fact.subject,
  value: shown(fact.value),
  unit: fact.unit,
  dataset: fact.dataset,
  asOf: fact.asOf,
  ageDays,
});

/** A number made from the inputs listed before it. */
export const derivedInput = (name: string, value: TestInput['value'], unit: string): TestInput => ({
  name,
  subject: null,
  value,
  unit,
  dataset: 'derived',
  asOf: null,
  ageDays: null,
});

/** A parameter of the pack as an input, with the day it took effect; its value in another unit where one is given. */
export const policyInput = (
  name: string,
  { value, unit, validFrom }: Pick<DatedValue<TestInput['value']>, 'value' | 'unit' | 'validFrom'>,
): TestInput => ({ name, subject: null, value, unit, dataset: 'policy', asOf: validFrom, ageDays: null });

/** A threshold made from a dated value, measured in `unit`. */
export const thresholdOf = (
  parameter: string,
  { validFrom, basis }: Pick<DatedValue<unknown>, 'validFrom' | 'basis'>,
  value: TestThreshold['value'],
  unit: string,
): TestThreshold => ({ parameter, value, unit, validFrom, basis });

const wouldChangeOf = ({ test, result, turning }: Finding): TestLine['wouldChange'] => {
  if (turning !== null && test.turns !== null) {
    const { name, passes } = test.turns;
    return (passes === 'below') === (result === 'pass') ? { name, atLeast: turning } : { name, below: turning };
  }
  return result === 'fail' && test.becomes !== undefined ? test.becomes : null;
};

/** The full line of a trace: what was found, with the inputs, the threshold and the law it rests on. */
export const lineOf = (situation: Situation, finding: Finding): TestLine => {
  const { test, about, result, measured, distance, causes } = finding;
  const { comparison, citation, threshold, also } = test.describe(situation, finding);
  return {
    code: test.code,
    tier: test.tier,
    subject: about === null ? situation.household.householdId : about.member.personId,
    comparison,
    measured,
    unit: test.unit,
    inputs: [...factsBehind(finding, situation).map(inputOf), ...also],
    threshold,
    result,
    distance,
    citation,
    wouldChange: wouldChangeOf(finding),
    cause: causes.length === 0 ? null : causes.join('; '),
  };
};
