import { ageOn, type LocalDate } from '../dates.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import { type FactIndex, newestFacts, type Reading, readFact } from '../facts/newest-facts.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import { parameterOn, type StandardInForce, standardOn } from '../policy/look-up.ts';
import type { DatedValue, ParameterKey, ParameterValue } from '../policy/parameters.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { TestInput, TestThreshold } from './evaluation.ts';

/** Everything the tests of one household on one date look at. */
export interface Situation {
  readonly household: Household;
  readonly policy: PolicyPack;
  readonly date: LocalDate;
  readonly facts: FactIndex;
  /** Members who count as heads: born, alive, and not left out by D57 article 7. */
  readonly counted: readonly HouseholdMember[];
  readonly standard: StandardInForce;
  readonly urbanStandard: StandardInForce;
}

/** A parameter in force. A parsed pack has each of them from `coversFrom` on, so absence is a fault of the program. */
export const setting = <Key extends ParameterKey>(
  { policy, date }: Pick<Situation, 'policy' | 'date'>,
  key: Key,
): DatedValue<ParameterValue<Key>> => {
  const found = parameterOn(policy, key, date);
  if (found === null) throw new RangeError(`the pack ${policy.version} has no ${key} on ${date}`);
  return found;
};

const isCounted = (member: HouseholdMember, date: LocalDate): boolean =>
  member.notCounted === null && member.birthDate <= date && (member.deceasedOn === null || member.deceasedOn > date);

/** Gathers a household's situation; null when the pack has no standard for its division on that date. */
export const situationOf = (household: Household, policy: PolicyPack, date: LocalDate): Situation | null => {
  const place = setting({ policy, date }, 'standard.place').value;
  const division = place === 'registered' ? household.registeredDivision : household.residenceDivision;
  const standard = standardOn(policy, division, household.settlement, date);
  const urbanStandard = standardOn(policy, division, 'urban', date);
  if (standard === null || urbanStandard === null) return null;
  const counted = household.members.filter((member) => isCounted(member, date));
  return { household, policy, date, facts: newestFacts(household.facts, date), counted, standard, urbanStandard };
};

export const ageOf = (situation: Situation, member: HouseholdMember): number => ageOn(member.birthDate, situation.date);

type StaleSetting = 'stale.income_days' | 'stale.asset_days' | 'stale.expenditure_days' | 'stale.condition_days';

const staleSettingOf = (kind: FactKind): StaleSetting | null => {
  if (kind === 'exit.on') return null; // a date that has happened does not age
  if (kind.startsWith('income.')) return 'stale.income_days';
  if (kind.startsWith('asset.')) return 'stale.asset_days';
  return kind.startsWith('expenditure.') ? 'stale.expenditure_days' : 'stale.condition_days';
};

/** Reads a fact about a member or the household, too old or not by the pack's own limits. */
export const reading = (situation: Situation, subject: string, kind: FactKind): Reading => {
  const stale = staleSettingOf(kind);
  const staleAfterDays = stale === null ? null : setting(situation, stale).value;
  return readFact(situation.facts, subject, kind, situation.date, staleAfterDays);
};

/** The number a known fact holds; 0 for any other shape, which `readFact` has already refused. */
export const numberOf = (read: Extract<Reading, { known: true }>): number =>
  typeof read.fact.value === 'number' ? read.fact.value : 0;

const shown = (value: Extract<Reading, { known: true }>['fact']['value']): TestInput['value'] =>
  typeof value === 'object' ? `${value.category} ${value.level}` : value;

/** A fact as one line of a test's inputs. */
export const inputOf = ({ fact, ageDays }: Extract<Reading, { known: true }>): TestInput => ({
  name: fact.kind,
  value: shown(fact.value),
  unit: fact.unit,
  dataset: fact.dataset,
  asOf: fact.asOf,
  ageDays,
});

/** A number made from the inputs listed before it. */
export const derivedInput = (name: string, value: TestInput['value'], unit: string): TestInput => ({
  name,
  value,
  unit,
  dataset: 'derived',
  asOf: null,
  ageDays: null,
});

/** A parameter of the pack as an input, with the day it took effect. */
export const policyInput = (
  name: string,
  value: TestInput['value'],
  unit: string,
  validFrom: LocalDate,
): TestInput => ({
  name,
  value,
  unit,
  dataset: 'policy',
  asOf: validFrom,
  ageDays: null,
});

/** The name under which a standard appears in a trace. */
export const standardName = (situation: Situation): string => `mla.standard.${situation.household.settlement}`;

/** A threshold made from a dated value, measured in `unit`. */
export const thresholdOf = (
  parameter: string,
  { validFrom, basis }: Pick<DatedValue<unknown>, 'validFrom' | 'basis'>,
  value: TestThreshold['value'],
  unit: string,
): TestThreshold => ({ parameter, value, unit, validFrom, basis });

/** Says which fact is the trouble: `<problem> <name> [of <person>]`, the form in which every `cause` is written. */
export const causeOf = (problem: string, name: string, person?: string): string =>
  person === undefined ? `${problem} ${name}` : `${problem} ${name} of ${person}`;
