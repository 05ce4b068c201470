import { dayNumber, isLocalDate } from '../dates.ts';
import { type Decision, decide } from '../eligibility/decide.ts';
import type { TestResult } from '../eligibility/evaluation.ts';
import { oncePerPlan, type Plan } from '../eligibility/plan.ts';
import { type Situation, situationOf } from '../eligibility/situation.ts';
import { householdTiers, memberTiers } from '../eligibility/tiers.ts';
import { factChoices, isChoiceSort } from '../facts/choices.ts';
import { datasets, type Fact } from '../facts/fact.ts';
import { factKinds } from '../facts/fact-kinds.ts';
import type { Reading, Readings } from '../facts/readings.ts';
import { type Household, type HouseholdMember, notCountedReasons, relations } from '../households/household.ts';
import { type Disability, disabilityCategories } from '../people/disability.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { type Output, outputOf, writeByte, writeBytes, writeSigned, writeWhole } from './octets.ts';

/**
 * The compact form of a decision: the policy version, the facts it saw, and the result of each test in two bits. From it the full
 * trace is made again, byte for byte (`replay.ts`), so the trace itself is never stored. It holds no identity: whose decision it is
 * stands beside it.
 *
 * Lists are written by place (kinds of facts, datasets, relations, tiers), so they may grow at their end and nowhere else; the
 * known-answer vectors in tests/unit/domain/determinations go red otherwise.
 */
export const compactVersion = 1;

/** The two bits of a test's result. */
const resultCodes = ['fail', 'pass', 'unknown', 'not-applicable'] as const satisfies readonly TestResult[];

/** What stands in the place of a value that is no evidence: why it is none. */
export const slotMarks = { usable: 0, wrongUnit: 64, wrongValue: 128 } as const;

/** How the forms of all decisions of a plan begin: version of the form, name of the policy version with its length, day. */
const headOf = oncePerPlan((plan) => {
  const output = outputOf(64);
  const { version } = plan.policy;
  writeByte(output, compactVersion);
  writeByte(output, version.length);
  for (let index = 0; index < version.length; index += 1) writeByte(output, version.charCodeAt(index));
  writeWhole(output, plan.day);
  return output.bytes.slice(0, output.length);
});

/** One source of facts: a dataset and its day. Most facts of a household share a few of them. */
interface Source {
  readonly dataset: Fact['dataset'];
  readonly age: number;
}

const placeOfSource = (sources: Source[], { dataset }: Fact, age: number): number => {
  for (let place = 0; place < sources.length; place += 1) {
    const source = sources[place];
    if (source?.age === age && source.dataset === dataset) return place;
  }
  return sources.push({ dataset, age }) - 1;
};

const codeOfDisability = ({ category, level }: Disability): number =>
  disabilityCategories.indexOf(category) * 4 + level - 1;

const choiceOf = ({ kind, value }: Fact): number => {
  const sort = factKinds[kind].value;
  const choices: readonly unknown[] = isChoiceSort(sort) ? factChoices[sort] : [];
  return choices.indexOf(value);
};

const writeValue = (output: Output, fact: Fact): void => {
  const { value } = fact;
  if (typeof value === 'number') writeWhole(output, value);
  else if (typeof value === 'boolean') writeByte(output, value ? 1 : 0);
  else if (typeof value === 'object') writeByte(output, codeOfDisability(value));
  else if (isLocalDate(value)) writeSigned(output, dayNumber(value));
  else writeByte(output, choiceOf(fact));
};

const markOf = (read: Reading): number => {
  if (read.known || read.problem === 'stale') return slotMarks.usable;
  return read.problem === 'wrong-unit' ? slotMarks.wrongUnit : slotMarks.wrongValue;
};

const writeReadings = (output: Output, readings: Readings, sources: Source[], day: number): void => {
  // How many there are is known at the end.
  const place = output.length;
  let count = 0;
  writeByte(output, count);
  for (let slot = 0; slot < readings.length; slot += 1) {
    const read = readings[slot];
    if (read === undefined || read.fact === null) continue;
    count += 1;
    const mark = markOf(read);
    writeByte(output, slot + mark);
    if (mark !== slotMarks.usable) continue;
    writeWhole(output, placeOfSource(sources, read.fact, read.known ? read.ageDays : day - dayNumber(read.fact.asOf)));
    writeValue(output, read.fact);
  }
  output.bytes[place] = count;
};

const writeMember = (output: Output, member: HouseholdMember): void => {
  const { relation, sex, fullTimeStudent, notCounted, tier, birthDate, deceasedOn } = member;
  const reason = notCounted === null ? 0 : notCountedReasons.indexOf(notCounted) + 1;
  writeByte(output, relations.indexOf(relation) + (sex === 'male' ? 8 : 0) + (fullTimeStudent ? 16 : 0) + reason * 32);
  writeByte(output, memberTiers.indexOf(tier) + (deceasedOn === null ? 0 : 8));
  writeSigned(output, dayNumber(birthDate));
  if (deceasedOn !== null) writeSigned(output, dayNumber(deceasedOn));
};

/** The number that the digits of a division's code make; `Number` of a text costs ten times as much. */
const numberOfDigits = (code: DivisionCode): number => {
  let number = 0;
  for (let index = 0; index < code.length; index += 1) number = number * 10 + code.charCodeAt(index) - 48;
  return number;
};

const writeHousehold = (output: Output, household: Household): void => {
  const { settlement, tier, registeredDivision, residenceDivision, members } = household;
  const isElsewhere = residenceDivision !== registeredDivision;
  writeByte(output, householdTiers.indexOf(tier) + (settlement === 'urban' ? 8 : 0) + (isElsewhere ? 16 : 0));
  writeWhole(output, numberOfDigits(registeredDivision));
  if (isElsewhere) writeWhole(output, numberOfDigits(residenceDivision));
  writeByte(output, members.length);
  for (const member of members) writeMember(output, member);
};

const writeFacts = (output: Output, { home, counted, plan }: Situation): void => {
  const sources: Source[] = [];
  scratch.length = 0;
  writeReadings(scratch, home, sources, plan.day);
  for (const { readings } of counted) writeReadings(scratch, readings, sources, plan.day);
  writeWhole(output, sources.length);
  for (const { dataset, age } of sources) {
    writeByte(output, datasets.indexOf(dataset));
    writeWhole(output, age);
  }
  writeBytes(output, scratch.bytes, scratch.length);
};

const codeOf = (result: (typeof resultCodes)[number]): number => {
  if (result === 'pass') return 1;
  return result === 'fail' ? 0 : resultCodes.indexOf(result);
};

const writeResults = (output: Output, { findings, tier, status }: Decision): void => {
  writeByte(output, householdTiers.indexOf(tier) + (status === 'decided' ? 0 : 8));
  writeWhole(output, findings.length);
  let byte = 0;
  for (let index = 0; index < findings.length; index += 1) {
    byte += codeOf(findings[index]?.result ?? 'fail') << (2 * (index % 4));
    if (index % 4 === 3 || index === findings.length - 1) {
      writeByte(output, byte);
      byte = 0;
    }
  }
};

/** Facts come before their sources are known, so they are written here first. */
const scratch = outputOf(1_024);

/**
 * Decides a household and writes the decision in its compact form: the facts as they were read, which is the newest of each kind
 * about the household and each counted member, and the result of each test. A household that cannot be tested at
 * all, in a place without a standard or with nobody to count, is written without facts or results.
 */
export const writeCompact = (output: Output, household: Household, plan: Plan): Decision | null => {
  const situation = situationOf(household, plan);
  const isTested = situation !== null && situation.counted.length > 0;
  writeBytes(output, headOf(plan));
  writeHousehold(output, household);
  if (!isTested) return null;
  const decision = decide(situation);
  writeFacts(output, situation);
  writeResults(output, decision);
  return decision;
};

/** The compact form of a household's decision on a plan's day, as bytes of their own. */
export const compactFormOf = (household: Household, plan: Plan): Uint8Array => {
  const output = outputOf(512);
  writeCompact(output, household, plan);
  return output.bytes.slice(0, output.length);
};
