import { type Decision, decide } from '../eligibility/decide.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import { type Finding, factsBehind, noGrounds, type TestKind } from '../eligibility/finding.ts';
import { shown } from '../eligibility/lines.ts';
import type { Plan } from '../eligibility/plan.ts';
import { type Situation, situationOf } from '../eligibility/situation.ts';
import { datasets } from '../facts/fact.ts';
import { factKindNames } from '../facts/fact-kinds.ts';
import { type Known, readingIn } from '../facts/readings.ts';
import type { Household } from '../households/household.ts';
import { type Fixed, fixed, room, writeComma, writeFixed, writeNumber, writeScalar, writeText } from './json-output.ts';
import { makeRoom, type Output, outputOf } from './octets.ts';
import { traceOf } from './trace.ts';

const keys = {
  policyVersion: fixed('{"policyVersion":'),
  date: fixed(',"date":'),
  householdId: fixed(',"householdId":'),
  status: fixed(',"status":'),
  householdTier: fixed(',"householdTier":'),
  memberTiers: fixed(',"memberTiers":['),
  firstPersonId: fixed('{"personId":'),
  tier: fixed(',"tier":'),
  povertyReturn: fixed('],"povertyReturnMonitoring":'),
  perCapita: fixed(',"perCapitaMonthlyIncome":'),
  entitlements: fixed(',"entitlements":['),
  item: fixed('{"item":'),
  personId: fixed(',"personId":'),
  amount: fixed(',"amount":'),
  period: fixed(',"period":'),
  tests: fixed('],"tests":['),
  member: fixed(',"member":'),
  measured: fixed(',"measured":'),
  limit: fixed(',"limit":'),
  distance: fixed(',"distance":'),
  turning: fixed(',"turning":'),
  factsOfTest: fixed(',"facts":['),
  cause: fixed(',"cause":'),
  facts: fixed('],"facts":['),
  firstMember: fixed('{"member":'),
  ageDays: fixed(',"ageDays":'),
  endOfObject: fixed('}'),
  endOfList: fixed(']'),
  end: fixed(']}'),
} as const;

/** A line that many households share: of a count, with its fact in one place, or of nothing that could be measured. */
interface SharedLine extends Pick<Finding, 'result' | 'limit' | 'measured' | 'turning'> {
  readonly bytes: Fixed;
}
/** What is known of the lines of a test's code: how they begin, for each result, and those that are shared. */
interface Lines {
  readonly beginnings: Readonly<Record<Finding['result'], Fixed>>;
  readonly shared: (SharedLine | undefined)[];
}
const linesByCode = new Map<string, Lines>();
const linesOf = ({ code }: TestKind): Lines => {
  const known = linesByCode.get(code);
  if (known !== undefined) return known;
  const beginning = (result: Finding['result']): Fixed => fixed(`{"code":${JSON.stringify(code)},"result":"${result}"`);
  const beginnings = {
    'pass': beginning('pass'),
    'fail': beginning('fail'),
    'unknown': beginning('unknown'),
    'not-applicable': beginning('not-applicable'),
  };
  const lines = { beginnings, shared: [] };
  linesByCode.set(code, lines);
  return lines;
};

/** Facts in the order in which tests first used them. */
type Used = Known[];

/** The place of a fact among those used so far, added to them when it is new. There are few, so a look at each is quickest. */
const placeOf = (used: Used, fact: Known): number => {
  const place = used.indexOf(fact);
  return place === -1 ? used.push(fact) - 1 : place;
};

const writeFactsOfTest = (output: Output, facts: readonly Known[], used: Used): void => {
  if (facts.length === 0) return;
  makeRoom(output, room + facts.length * 8);
  writeFixed(output, keys.factsOfTest);
  for (let index = 0; index < facts.length; index += 1) {
    const fact = facts[index];
    if (fact === undefined) continue;
    writeComma(output, index === 0);
    writeNumber(output, placeOf(used, fact));
  }
  writeFixed(output, keys.endOfList);
};

const writeNumberOf = (output: Output, key: Fixed, value: number | null): void => {
  if (value === null) return;
  writeFixed(output, key);
  writeNumber(output, value);
};

/** Counts and places of facts below this have a shared line. */
const few = 16;

/** The place of the line about a count of the household's among those of its test; -1 where it has a line of its own. */
const placeOfCount = ({ measured }: Finding, slot: number, { home }: Situation, used: Used): number => {
  if (typeof measured !== 'number' || measured >= few) return -1;
  const read = readingIn(home, slot);
  const place = read.known ? placeOf(used, read) : few;
  return place < few ? measured * few + place : -1;
};

/** The place of a line that says only that there was nothing to measure, by the member it is about; -1 where it says more. */
const placeOfNothing = ({ about, measured, facts, distance, causes }: Finding): number => {
  const isNothing = measured === null || measured === noGrounds;
  if (!isNothing || facts.length > 0 || distance !== null || causes.length > 0) return -1;
  return about === null ? 0 : about.index + 1;
};

/** Another pack, or another county, may measure the same against another limit. */
const isSameLine = (line: SharedLine, { result, limit, measured, turning }: Finding): boolean =>
  line.result === result && line.limit === limit && line.measured === measured && line.turning === turning;

const writeTest = (output: Output, finding: Finding, situation: Situation, used: Used): void => {
  makeRoom(output, room);
  const { slot } = finding.test;
  const { beginnings, shared } = linesOf(finding.test);
  const place = slot === undefined ? placeOfNothing(finding) : placeOfCount(finding, slot, situation, used);
  const known = place === -1 ? undefined : shared[place];
  if (known !== undefined && isSameLine(known, finding)) {
    writeFixed(output, known.bytes);
    return;
  }
  const start = output.length;
  writeOwnLine(output, finding, beginnings[finding.result], factsBehind(finding, situation), used);
  if (place === -1) return;
  const { result, limit, measured, turning } = finding;
  shared[place] = { result, limit, measured, turning, bytes: output.bytes.slice(start, output.length) };
};

const writeOwnLine = (
  output: Output,
  finding: Finding,
  beginning: Fixed,
  facts: readonly Known[],
  used: Used,
): void => {
  writeFixed(output, beginning);
  writeNumberOf(output, keys.member, finding.about === null ? null : finding.about.index);
  if (finding.measured !== null) {
    writeFixed(output, keys.measured);
    writeScalar(output, finding.measured);
  }
  writeNumberOf(output, keys.limit, finding.limit);
  writeNumberOf(output, keys.distance, finding.distance);
  writeNumberOf(output, keys.turning, finding.test.turns === null ? null : finding.turning);
  writeFactsOfTest(output, facts, used);
  if (finding.causes.length > 0) {
    writeFixed(output, keys.cause);
    writeText(output, finding.causes.join('; '));
  }
  writeFixed(output, keys.endOfObject);
};

/** How the line of a fact begins, by its slot: about the household, and after the place of a member. */
const kindsOfHome = factKindNames.map((kind) => fixed(`{"kind":"${kind}","value":`));
const kindsOfMember = factKindNames.map((kind) => fixed(`,"kind":"${kind}","value":`));
const sources: ReadonlyMap<string, Fixed> = new Map(
  datasets.map((dataset) => [dataset, fixed(`,"dataset":"${dataset}","asOf":`)]),
);
const nothing = fixed('');

const writeFact = (output: Output, { fact, slot, ageDays }: Known, member: number): void => {
  makeRoom(output, room);
  if (member >= 0) {
    writeFixed(output, keys.firstMember);
    writeNumber(output, member);
  }
  writeFixed(output, (member >= 0 ? kindsOfMember : kindsOfHome)[slot] ?? nothing);
  writeScalar(output, shown(fact.value));
  writeFixed(output, sources.get(fact.dataset) ?? nothing);
  writeText(output, fact.asOf);
  writeFixed(output, keys.ageDays);
  writeNumber(output, ageDays);
  writeFixed(output, keys.endOfObject);
};

const writeMembers = (output: Output, { situation, memberTiers }: Decision): void => {
  const { members } = situation.household;
  for (let index = 0; index < members.length; index += 1) {
    makeRoom(output, room);
    writeComma(output, index === 0);
    writeFixed(output, keys.firstPersonId);
    writeText(output, members[index]?.personId ?? '');
    writeFixed(output, keys.tier);
    writeText(output, memberTiers[index] ?? 'NONE');
    writeFixed(output, keys.endOfObject);
  }
};

const writeHead = (output: Output, decision: Decision): void => {
  const { plan, household } = decision.situation;
  makeRoom(output, room);
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
  writeMembers(output, decision);
  makeRoom(output, room);
  writeFixed(output, keys.povertyReturn);
  writeScalar(output, decision.povertyReturn);
  writeFixed(output, keys.perCapita);
  writeScalar(output, decision.perCapitaMonthlyIncome);
};

const writeEntitlements = (output: Output, { entitlements }: Decision): void => {
  writeFixed(output, keys.entitlements);
  for (const [index, { item, personId, amount, period }] of entitlements.entries()) {
    makeRoom(output, room);
    writeComma(output, index === 0);
    writeFixed(output, keys.item);
    writeText(output, item);
    writeFixed(output, keys.personId);
    writeScalar(output, personId);
    writeFixed(output, keys.amount);
    writeNumber(output, amount);
    writeFixed(output, keys.period);
    writeText(output, period);
    writeFixed(output, keys.endOfObject);
  }
};

const writeDecision = (output: Output, decision: Decision): void => {
  const { findings, situation } = decision;
  const { members } = situation.household;
  const used: Used = [];
  writeHead(output, decision);
  writeEntitlements(output, decision);
  makeRoom(output, room);
  writeFixed(output, keys.tests);
  for (let index = 0; index < findings.length; index += 1) {
    const finding = findings[index];
    if (finding === undefined) continue;
    makeRoom(output, room);
    writeComma(output, index === 0);
    writeTest(output, finding, situation, used);
  }
  makeRoom(output, room);
  writeFixed(output, keys.facts);
  for (let index = 0; index < used.length; index += 1) {
    const fact = used[index];
    if (fact === undefined) continue;
    makeRoom(output, room);
    writeComma(output, index === 0);
    writeFact(
      output,
      fact,
      members.findIndex(({ personId }) => personId === fact.fact.subject),
    );
  }
  makeRoom(output, room);
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
