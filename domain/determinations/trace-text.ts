import { type Decision, decide } from '../eligibility/decide.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { Finding, TestKind } from '../eligibility/finding.ts';
import { shown } from '../eligibility/lines.ts';
import type { Plan } from '../eligibility/plan.ts';
import { situationOf } from '../eligibility/situation.ts';
import type { Known } from '../facts/readings.ts';
import type { Household } from '../households/household.ts';
import { makeRoom, type Output, outputOf } from './octets.ts';
import { traceOf } from './trace.ts';

/** Text that stands in every trace, as the bytes it is written as. */
type Fixed = Uint8Array;
const encoder = new TextEncoder();
const fixed = (text: string): Fixed => encoder.encode(text);

/** A test's line up to its result, made once for each kind. */
const beginnings = new WeakMap<TestKind, Fixed>();
const beginningOf = (test: TestKind): Fixed => {
  const known = beginnings.get(test);
  if (known !== undefined) return known;
  const bytes = fixed(`{"code":${JSON.stringify(test.code)},"member":`);
  beginnings.set(test, bytes);
  return bytes;
};

const results: Readonly<Record<Finding['result'], Fixed>> = {
  'pass': fixed(',"result":"pass","measured":'),
  'fail': fixed(',"result":"fail","measured":'),
  'unknown': fixed(',"result":"unknown","measured":'),
  'not-applicable': fixed(',"result":"not-applicable","measured":'),
};
const limit = fixed(',"limit":');
const distance = fixed(',"distance":');
const turning = fixed(',"turning":');
const facts = fixed(',"facts":[');
const noCause = fixed('],"cause":null}');
const cause = fixed('],"cause":');
const none = fixed('null');

/** The caller has made room. */
const writeFixed = (output: Output, text: Fixed): void => {
  const { bytes, length } = output;
  for (let index = 0; index < text.length; index += 1) bytes[length + index] = text[index] ?? 0;
  output.length = length + text.length;
};

/** A JSON string. What needs no escape and is ASCII, nearly everything here, is copied as it is. The caller has made room. */
const writeText = (output: Output, text: string): void => {
  const { bytes, length } = output;
  let at = length;
  bytes[at] = 34;
  at += 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code > 126 || code === 34 || code === 92) {
      const escaped = fixed(JSON.stringify(text));
      makeRoom(output, escaped.length + lineRoom);
      writeFixed(output, escaped);
      return;
    }
    bytes[at] = code;
    at += 1;
  }
  bytes[at] = 34;
  output.length = at + 1;
};

const writeNumber = (output: Output, value: number): void => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    writeFixed(output, fixed(JSON.stringify(value)));
    return;
  }
  const { bytes } = output;
  let rest = value;
  let at = output.length;
  if (rest < 0) {
    bytes[at] = 45;
    at += 1;
    rest = -rest;
  }
  let end = at + 1;
  for (let power = 10; power <= rest; power *= 10) end += 1;
  output.length = end;
  do {
    const next = Math.floor(rest / 10);
    end -= 1;
    bytes[end] = 48 + (rest - next * 10);
    rest = next;
  } while (end > at);
};

const writeScalar = (output: Output, value: number | string | boolean | null): void => {
  if (value === null) writeFixed(output, none);
  else if (typeof value === 'number') writeNumber(output, value);
  else if (typeof value === 'string') writeText(output, value);
  else writeFixed(output, fixed(String(value)));
};

/** Room for all of a line but its texts of unbounded length. */
const lineRoom = 1_024;

const comma = 44;
const writeSeparator = (output: Output, isFirst: boolean): void => {
  if (isFirst) return;
  output.bytes[output.length] = comma;
  output.length += 1;
};

/** Facts in the order in which tests first used them. */
interface Used {
  readonly facts: Known[];
  readonly members: (number | null)[];
}

/** The place of a fact among those used so far, added to them when it is new. There are few, so a look at each is quickest. */
const placeOf = (used: Used, fact: Known, memberOf: (subject: string) => number | null): number => {
  for (let index = 0; index < used.facts.length; index += 1) if (used.facts[index] === fact) return index;
  used.facts.push(fact);
  used.members.push(memberOf(fact.fact.subject));
  return used.facts.length - 1;
};

const writeTest = (
  output: Output,
  finding: Finding,
  used: Used,
  memberOf: (subject: string) => number | null,
): void => {
  makeRoom(output, lineRoom + finding.facts.length * 8);
  writeFixed(output, beginningOf(finding.test));
  writeScalar(output, finding.about === null ? null : finding.about.index);
  writeFixed(output, results[finding.result]);
  writeScalar(output, finding.measured);
  writeFixed(output, limit);
  writeScalar(output, finding.limit);
  writeFixed(output, distance);
  writeScalar(output, finding.distance);
  writeFixed(output, turning);
  writeScalar(output, finding.test.turns === null ? null : finding.turning);
  writeFixed(output, facts);
  for (let index = 0; index < finding.facts.length; index += 1) {
    const fact = finding.facts[index];
    if (fact === undefined) continue;
    writeSeparator(output, index === 0);
    writeNumber(output, placeOf(used, fact, memberOf));
  }
  if (finding.causes.length === 0) {
    writeFixed(output, noCause);
    return;
  }
  writeFixed(output, cause);
  const text = finding.causes.join('; ');
  makeRoom(output, text.length + lineRoom);
  writeText(output, text);
  writeFixed(output, closing);
};
const closing = fixed('}');

const member = fixed('{"member":');
const kind = fixed(',"kind":');
const factValue = fixed(',"value":');
const unit = fixed(',"unit":');
const dataset = fixed(',"dataset":');
const asOf = fixed(',"asOf":');
const ageDays = fixed(',"ageDays":');

const writeFact = (output: Output, { fact, ageDays: age }: Known, place: number | null): void => {
  makeRoom(output, lineRoom);
  writeFixed(output, member);
  writeScalar(output, place);
  writeFixed(output, kind);
  writeText(output, fact.kind);
  writeFixed(output, factValue);
  writeScalar(output, shown(fact.value));
  writeFixed(output, unit);
  writeText(output, fact.unit);
  writeFixed(output, dataset);
  writeText(output, fact.dataset);
  writeFixed(output, asOf);
  writeText(output, fact.asOf);
  writeFixed(output, ageDays);
  writeNumber(output, age);
  writeFixed(output, closing);
};

const keys = {
  policyVersion: fixed('{"policyVersion":'),
  date: fixed(',"date":'),
  householdId: fixed(',"householdId":'),
  status: fixed(',"status":'),
  householdTier: fixed(',"householdTier":'),
  memberTiers: fixed(',"memberTiers":['),
  personId: fixed('{"personId":'),
  tier: fixed(',"tier":'),
  povertyReturn: fixed('],"povertyReturnMonitoring":'),
  perCapita: fixed(',"perCapitaMonthlyIncome":'),
  entitlements: fixed(',"entitlements":['),
  item: fixed('{"item":'),
  person: fixed(',"personId":'),
  amount: fixed(',"amount":'),
  period: fixed(',"period":'),
  tests: fixed('],"tests":['),
  facts: fixed('],"facts":['),
  end: fixed(']}'),
} as const;

const writeHead = (output: Output, decision: Decision): void => {
  const { plan, household } = decision.situation;
  writeFixed(output, keys.policyVersion);
  writeText(output, plan.policy.version);
  writeFixed(output, keys.date);
  writeText(output, plan.date);
  writeFixed(output, keys.householdId);
  writeText(output, household.householdId);
  writeFixed(output, keys.status);
  writeText(output, decision.status);
  writeFixed(output, keys.householdTier);
  writeText(output, decision.tier);
  writeFixed(output, keys.memberTiers);
  for (const [index, { personId }] of household.members.entries()) {
    makeRoom(output, lineRoom);
    writeSeparator(output, index === 0);
    writeFixed(output, keys.personId);
    writeText(output, personId);
    writeFixed(output, keys.tier);
    writeText(output, decision.memberTiers[index] ?? 'NONE');
    writeFixed(output, closing);
  }
  writeFixed(output, keys.povertyReturn);
  writeScalar(output, decision.povertyReturn);
  writeFixed(output, keys.perCapita);
  writeScalar(output, decision.perCapitaMonthlyIncome);
};

const writeEntitlements = (output: Output, { entitlements }: Decision): void => {
  writeFixed(output, keys.entitlements);
  for (const [index, { item, personId, amount, period }] of entitlements.entries()) {
    makeRoom(output, lineRoom);
    writeSeparator(output, index === 0);
    writeFixed(output, keys.item);
    writeText(output, item);
    writeFixed(output, keys.person);
    writeScalar(output, personId);
    writeFixed(output, keys.amount);
    writeNumber(output, amount);
    writeFixed(output, keys.period);
    writeText(output, period);
    writeFixed(output, closing);
  }
};

const writeDecision = (output: Output, decision: Decision): void => {
  const { household } = decision.situation;
  const memberOf = (subject: string): number | null => {
    const place = household.members.findIndex(({ personId }) => personId === subject);
    return place === -1 ? null : place;
  };
  const used: Used = { facts: [], members: [] };
  makeRoom(output, 2 * lineRoom);
  writeHead(output, decision);
  writeEntitlements(output, decision);
  makeRoom(output, lineRoom);
  writeFixed(output, keys.tests);
  for (let index = 0; index < decision.findings.length; index += 1) {
    const finding = decision.findings[index];
    if (finding === undefined) continue;
    writeSeparator(output, index === 0);
    writeTest(output, finding, used, memberOf);
  }
  makeRoom(output, lineRoom);
  writeFixed(output, keys.facts);
  for (let index = 0; index < used.facts.length; index += 1) {
    const fact = used.facts[index];
    if (fact === undefined) continue;
    writeSeparator(output, index === 0);
    writeFact(output, fact, used.members[index] ?? null);
  }
  makeRoom(output, lineRoom);
  writeFixed(output, keys.end);
};

/**
 * Decides a household and writes the JSON text of its trace, in UTF-8: the same bytes as `JSON.stringify(traceOf(evaluate(...)))`,
 * many times faster, because what every trace repeats was encoded once and nothing is built that is not written.
 */
export const writeTrace = (output: Output, household: Household, plan: Plan): void => {
  const situation = situationOf(household, plan);
  if (situation !== null && situation.counted.length > 0) {
    writeDecision(output, decide(situation));
    return;
  }
  const text = fixed(JSON.stringify(traceOf(evaluate(household, plan.policy, plan.date))));
  makeRoom(output, text.length);
  writeFixed(output, text);
};

const decoder = new TextDecoder();
/** The JSON text of a household's trace on a plan's day. */
export const traceText = (household: Household, plan: Plan): string => {
  const output = outputOf(8_192);
  writeTrace(output, household, plan);
  return decoder.decode(output.bytes.subarray(0, output.length));
};
