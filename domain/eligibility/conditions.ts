import type { Disability } from '../people/disability.ts';
import type { DisabilityLevels } from '../policy/parameters.ts';
import type { TestInput } from './evaluation.ts';
import { causeOf, inputOf, reading, type Situation } from './situation.ts';

/** A member's condition: there, not there, or not to be said because the fact about it is stale or spoilt. */
export interface Condition {
  readonly holds: boolean;
  readonly shown: string | null;
  readonly inputs: readonly TestInput[];
  readonly cause: string | null;
}

const absent: Condition = { holds: false, shown: null, inputs: [], cause: null };

const isDisability = (value: unknown): value is Disability =>
  typeof value === 'object' && value !== null && 'category' in value && 'level' in value;

/** Whether a disability is one of those listed: its level at most the mildest that counts for its category. */
export const isListed = (disability: Disability, levels: DisabilityLevels): boolean =>
  disability.level <= (levels[disability.category] ?? 0);

/** A listed disability of a member. No certificate declared means no listed disability. */
export const listedDisability = (situation: Situation, personId: string, levels: DisabilityLevels): Condition => {
  const read = reading(situation, personId, 'disability');
  if (!read.known) {
    return read.problem === 'not-declared'
      ? absent
      : { ...absent, cause: causeOf(read.problem, 'disability', personId) };
  }
  const { value } = read.fact;
  const holds = isDisability(value) && isListed(value, levels);
  return {
    holds,
    shown: isDisability(value) ? `${value.category} ${value.level}` : null,
    inputs: [inputOf(read)],
    cause: null,
  };
};

/** A major illness of a member (a locally listed disease). None declared means none. */
export const majorIllness = (situation: Situation, personId: string): Condition => {
  const read = reading(situation, personId, 'illness.major');
  if (!read.known) {
    return read.problem === 'not-declared'
      ? absent
      : { ...absent, cause: causeOf(read.problem, 'illness.major', personId) };
  }
  const holds = read.fact.value === true;
  return { holds, shown: holds ? 'major illness' : null, inputs: [inputOf(read)], cause: null };
};
