import type { FactKind } from '../facts/fact-kinds.ts';
import { factOf } from '../facts/newest-facts.ts';
import type { HouseholdMember } from '../households/household.ts';
import { dividedDown, dividedUp, shareRoundedDown, shareRoundedUp } from '../policy/shares.ts';
import type { TestInput, TestLine, TestThreshold } from './evaluation.ts';
import { ageOf, causeOf, derivedInput, inputOf, numberOf, reading, type Situation, setting } from './situation.ts';

/** Income that counts (D57 article 13). `income.exempt` is recorded for information and counts nowhere but where a pack says. */
export const countedIncome = [
  'income.wages',
  'income.business',
  'income.property',
  'income.transfer',
  'income.other',
] as const satisfies readonly FactKind[];

/** Income of twelve months in fen: what is known of it, and why there may be more. `causes` is empty when all is known. */
export interface Income {
  readonly known: number;
  readonly causes: readonly string[];
  readonly inputs: readonly TestInput[];
  readonly heads: number;
}

const mayHaveNone = (situation: Situation, member: HouseholdMember): boolean =>
  member.fullTimeStudent || ageOf(situation, member) < setting(situation, 'extreme-hardship.minor_below').value;

/**
 * A member's income. One who has declared any kind of income has none of the kinds not declared; one who has declared
 * nothing is unknown, but for children and full-time students, who may have none.
 */
export const incomeOfMember = (situation: Situation, member: HouseholdMember): Income => {
  const causes: string[] = [];
  const inputs: TestInput[] = [];
  let known = 0;
  let declared = factOf(situation.facts, member.personId, 'income.exempt') !== null;
  for (const kind of countedIncome) {
    const read = reading(situation, member.personId, kind);
    if (read.known) {
      known += numberOf(read);
      inputs.push(inputOf(read));
    }
    if (!read.known && read.problem !== 'not-declared') causes.push(causeOf(read.problem, kind, member.personId));
    declared ||= read.fact !== null;
  }
  if (!declared && !mayHaveNone(situation, member)) causes.push(causeOf('not-declared', 'income', member.personId));
  return { known, causes, inputs, heads: 1 };
};

/** The income of several members together. */
export const incomeOfAll = (situation: Situation, members: readonly HouseholdMember[]): Income => {
  const each = members.map((member) => incomeOfMember(situation, member));
  return {
    known: each.reduce((total, { known }) => total + known, 0),
    causes: each.flatMap(({ causes }) => causes),
    inputs: each.flatMap(({ inputs }) => inputs),
    heads: members.length,
  };
};

/** A line that income per head must stay below: `base` fen in `months` months, times `share`. */
export interface IncomeLimit {
  readonly base: number;
  readonly months: 1 | 12;
  readonly share: number;
  readonly comparison: '<' | '<=';
  readonly threshold: (value: number, unit: string) => TestThreshold;
  readonly policyInputs: readonly TestInput[];
}

type Place = Pick<TestLine, 'code' | 'tier' | 'subject' | 'citation'>;

/** Whether the known income of all heads is within the line of all heads, in whole fen of twelve months, nothing rounded. */
const isWithin = (income: Income, { base, months, share, comparison }: IncomeLimit): boolean => {
  const total = base * (12 / months) * income.heads;
  return comparison === '<'
    ? income.known < shareRoundedUp(total, share)
    : income.known <= shareRoundedDown(total, share);
};

/** What is shown per head is rounded down, and up where that would contradict the result. */
const shownPerHead = (income: Income, { months }: IncomeLimit, within: boolean, turning: number): number => {
  const parts = (12 / months) * income.heads;
  const floor = dividedDown(income.known, parts);
  return !within && floor < turning ? dividedUp(income.known, parts) : floor;
};

/**
 * Tests income per head against a limit. Unknown income can only add, so a known part that already reaches the line decides;
 * below it the result is unknown.
 */
export const incomeTest = (income: Income, limit: IncomeLimit, place: Place): TestLine => {
  const strict = limit.comparison === '<';
  const within = isWithin(income, limit);
  const value = strict ? shareRoundedUp(limit.base, limit.share) : shareRoundedDown(limit.base, limit.share);
  const turning = strict ? value : value + 1;
  const unit = limit.months === 1 ? 'fen-per-month' : 'fen-per-12-months';
  const line = {
    ...place,
    comparison: limit.comparison,
    unit,
    inputs: [
      ...income.inputs,
      derivedInput('income.total', income.known, 'fen-per-12-months'),
      derivedInput('members.counted', income.heads, 'persons'),
      ...limit.policyInputs,
    ],
    threshold: limit.threshold(value, unit),
  };
  if (within && income.causes.length > 0) {
    const cause = income.causes.join('; ');
    return { ...line, measured: null, result: 'unknown', distance: null, wouldChange: null, cause };
  }
  const measured = shownPerHead(income, limit, within, turning);
  return {
    ...line,
    measured,
    result: within ? 'pass' : 'fail',
    distance: value - measured,
    wouldChange: { name: 'per-capita-income', ...(within ? { atLeast: turning } : { below: turning }) },
    cause: null,
  };
};
