import { dateOfDayNumber, dayNumber, Instant, type LocalDate } from '../dates.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import { isCounted } from '../eligibility/situation.ts';
import { householdTiers, memberTiers } from '../eligibility/tiers.ts';
import { factChoices } from '../facts/choices.ts';
import { datasets, Fact } from '../facts/fact.ts';
import { type FactKind, factKindNames, factKinds } from '../facts/fact-kinds.ts';
import { Household, type HouseholdMember, notCountedReasons, relations } from '../households/household.ts';
import type { HouseholdId, PersonId } from '../ids.ts';
import { disabilityCategories } from '../people/disability.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { compactVersion, resultCodes, slotMarks } from './compact-form.ts';
import { DamagedRecord, type Input, readByte, readSigned, readWhole } from './octets.ts';

/** Whose decision it is: the ids that stand beside the compact form, members in the household's order. */
export interface Whose {
  readonly householdId: HouseholdId;
  readonly personIds: readonly PersonId[];
}

/** What a compact form says of itself before anything is made from it. */
export interface CompactHead {
  readonly policyVersion: string;
  readonly date: LocalDate;
}

const pick = <Item>(list: readonly Item[], place: number, what: string): Item => {
  const item = list[place];
  if (item === undefined) throw new DamagedRecord(`there is no ${what} number ${place}`);
  return item;
};

const readHead = (input: Input): CompactHead => {
  const version = readByte(input);
  if (version !== compactVersion) throw new DamagedRecord(`the form ${version} is not known`);
  let policyVersion = '';
  for (let length = readByte(input); length > 0; length -= 1) policyVersion += String.fromCharCode(readByte(input));
  return { policyVersion, date: dateOfDayNumber(readWhole(input)) };
};

const readMember = (input: Input, personId: PersonId): unknown => {
  const who = readByte(input);
  const what = readByte(input);
  const reason = who >> 5;
  return {
    personId,
    relation: pick(relations, who & 7, 'relation'),
    sex: (who & 8) === 0 ? 'female' : 'male',
    fullTimeStudent: (who & 16) !== 0,
    notCounted: reason === 0 ? null : pick(notCountedReasons, reason - 1, 'reason'),
    tier: pick(memberTiers, what & 7, 'member tier'),
    birthDate: dateOfDayNumber(readSigned(input)),
    deceasedOn: (what & 8) === 0 ? null : dateOfDayNumber(readSigned(input)),
  };
};

const readHousehold = (input: Input, { householdId, personIds }: Whose): Household => {
  const place = readByte(input);
  const registeredDivision = String(readWhole(input));
  const residenceDivision = (place & 16) === 0 ? registeredDivision : String(readWhole(input));
  const count = readByte(input);
  if (count !== personIds.length) throw new DamagedRecord(`it is about ${count} members, not ${personIds.length}`);
  const members = personIds.map((personId) => readMember(input, personId));
  const tier = pick(householdTiers, place & 7, 'tier');
  const settlement = (place & 8) === 0 ? 'rural' : 'urban';
  return Household.parse({ householdId, registeredDivision, residenceDivision, settlement, members, facts: [], tier });
};

interface Source {
  readonly dataset: Fact['dataset'];
  readonly asOf: LocalDate;
}

const readSources = (input: Input, day: number): readonly Source[] =>
  Array.from({ length: readByte(input) }, () => ({
    dataset: pick(datasets, readByte(input), 'dataset'),
    asOf: dateOfDayNumber(day - readWhole(input)),
  }));

const readValue = (input: Input, kind: FactKind): unknown => {
  const sort = factKinds[kind].value;
  switch (sort) {
    case 'amount':
    case 'count':
      return readWhole(input);
    case 'flag':
      return readByte(input) === 1;
    case 'date':
      return dateOfDayNumber(readSigned(input));
    case 'disability': {
      const code = readByte(input);
      return { category: pick(disabilityCategories, code >> 2, 'category'), level: (code & 3) + 1 };
    }
    default:
      return pick<string>(factChoices[sort], readByte(input), 'choice');
  }
};

/** Of facts about one subject only the newest is kept, so any moment will do. */
const recordedAt = Instant.parse('1970-01-01T00:00:00.000Z');

/** A fact that was no evidence: all that is kept of it is why. */
const spoilt = (kind: FactKind, subject: Fact['subject'], asOf: LocalDate, mark: number): Fact => {
  const isUnit = mark === slotMarks.wrongUnit;
  // A flag where none is asked for, and a date where one is: no kind takes both.
  const value = factKinds[kind].value === 'flag' ? asOf : true;
  return { kind, subject, value, unit: isUnit ? 'unknown' : factKinds[kind].unit, dataset: 'roster', asOf, recordedAt };
};

const readFacts = (
  input: Input,
  subject: Fact['subject'],
  sources: readonly Source[],
  date: LocalDate,
): readonly Fact[] =>
  Array.from({ length: readByte(input) }, () => {
    const code = readByte(input);
    const kind = pick(factKindNames, code & 63, 'kind of fact');
    const mark = code & ~63;
    if (mark !== slotMarks.usable) return spoilt(kind, subject, date, mark);
    const { dataset, asOf } = pick(sources, readByte(input), 'source');
    const value = readValue(input, kind);
    return Fact.parse({ kind, subject, value, unit: factKinds[kind].unit, dataset, asOf, recordedAt });
  });

const readResults = (input: Input): readonly string[] => {
  readByte(input);
  const count = readWhole(input);
  const results: string[] = [];
  let byte = 0;
  for (let index = 0; index < count; index += 1) {
    if (index % 4 === 0) byte = readByte(input);
    results.push(pick(resultCodes, (byte >> (2 * (index % 4))) & 3, 'result'));
  }
  return results;
};

/** The household as a decision saw it, and the results it came to; no results where nothing could be tested. */
const readCompact = (
  bytes: Uint8Array,
  whose: Whose,
): { head: CompactHead; household: Household; results: readonly string[] | null } => {
  const input: Input = { bytes, at: 0 };
  const head = readHead(input);
  const empty = readHousehold(input, whose);
  if (input.at === bytes.length) return { head, household: empty, results: null };
  const sources = readSources(input, dayNumber(head.date));
  const subjects: readonly Fact['subject'][] = [
    empty.householdId,
    ...empty.members.filter((member: HouseholdMember) => isCounted(member, head.date)).map(({ personId }) => personId),
  ];
  const facts = subjects.flatMap((subject) => readFacts(input, subject, sources, head.date));
  const results = readResults(input);
  if (input.at !== bytes.length) throw new DamagedRecord(`${bytes.length - input.at} bytes follow the record`);
  return { head, household: { ...empty, facts }, results };
};

/** The household as a decision saw it. Throws `DamagedRecord` when the form is not what was stored. */
export const householdIn = (bytes: Uint8Array, whose: Whose): Household => readCompact(bytes, whose).household;

/**
 * Makes the whole evaluation again from its compact form: the same, byte for byte, as the one that was decided on. `policyOf` gives
 * the pack of a version. Throws `DamagedRecord` when the form is not what was stored, names a version nobody has, or comes to
 * other results: an explanation that does not belong to the decision is worse than none.
 */
export const replay = (
  bytes: Uint8Array,
  whose: Whose,
  policyOf: (version: string) => PolicyPack | undefined,
): Evaluation => {
  const { head, household, results } = readCompact(bytes, whose);
  const policy = policyOf(head.policyVersion);
  if (policy === undefined) throw new DamagedRecord(`it rests on policy ${head.policyVersion}, which nobody has`);
  const evaluation = evaluate(household, policy, head.date);
  const again = evaluation.tests.map(({ result }) => result);
  if (results !== null && results.join() !== again.join()) {
    throw new DamagedRecord(`under policy ${head.policyVersion} the results are not those that were stored`);
  }
  return evaluation;
};
