import { ageOn, isLocalDate, type LocalDate } from '../dates.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import { type Known, slotOf } from '../facts/readings.ts';
import type { Disability } from '../people/disability.ts';
import type { DisabilityLevels } from '../policy/parameters.ts';
import { type Counted, causeOf, reading } from './situation.ts';

/** A member's condition: there, not there, or not to be said because the fact about it is stale or spoilt. */
export interface Condition {
  readonly holds: boolean;
  readonly shown: string | null;
  readonly fact: Known | null;
  readonly cause: string | null;
}

const disabilitySlot = slotOf('disability');
const illnessSlot = slotOf('illness.major');
const clergySlot = slotOf('clergy.since');
const stageSlot = slotOf('study.stage');
/** No such condition, and nothing that speaks of it. */
export const absent: Condition = { holds: false, shown: null, fact: null, cause: null };

const isDisability = (value: unknown): value is Disability =>
  typeof value === 'object' && value !== null && 'category' in value && 'level' in value;

/** Whether a disability is one of those listed: its level at most the mildest that counts for its category. */
export const isListed = (disability: Disability, levels: DisabilityLevels): boolean =>
  disability.level <= (levels[disability.category] ?? 0);

const ofFact = (
  counted: Counted,
  kind: FactKind,
  slot: number,
  judge: (value: unknown) => Pick<Condition, 'holds' | 'shown'>,
): Condition => {
  const read = reading(counted, slot);
  if (read.known) return { ...judge(read.fact.value), fact: read, cause: null };
  if (read.problem === 'not-declared') return absent;
  return { ...absent, cause: causeOf(read.problem, kind, counted.member.personId) };
};

/** A listed disability of a member. No certificate declared means no listed disability. */
export const listedDisability = (counted: Counted, levels: DisabilityLevels): Condition =>
  ofFact(counted, 'disability', disabilitySlot, (value) =>
    isDisability(value)
      ? { holds: isListed(value, levels), shown: `${value.category} ${value.level}` }
      : { holds: false, shown: null },
  );

/** A major illness of a member (a locally listed disease). None declared means none. */
export const majorIllness = (counted: Counted): Condition =>
  ofFact(counted, 'illness.major', illnessSlot, (value) => ({
    holds: value === true,
    shown: value === true ? 'major illness' : null,
  }));

/** Life as clergy in a place of worship for so many completed years or more. */
export const clergyFor = (counted: Counted, years: number, date: LocalDate): Condition =>
  ofFact(counted, 'clergy.since', clergySlot, (value) => {
    const holds = isLocalDate(value) && ageOn(value, date) >= years;
    return { holds, shown: holds ? 'clergy' : null };
  });

/**
 * Attendance of a school in one of some stages. Nobody's silence means that none is attended, but that of a full-time student,
 * who studies somewhere.
 */
export const studiesIn = (counted: Counted, stages: readonly string[]): Condition => {
  const found = ofFact(counted, 'study.stage', stageSlot, (value) => {
    const stage = stages.find((each) => each === value);
    return { holds: stage !== undefined, shown: stage ?? null };
  });
  const isSilent = found.fact === null && found.cause === null;
  if (!isSilent || !counted.member.fullTimeStudent) return found;
  return { ...absent, cause: causeOf('not-declared', 'study.stage', counted.member.personId) };
};

const none: readonly never[] = [];

/** The facts behind one condition, or up to three. */
export const factsOf = (one: Condition, other: Condition = absent, third: Condition = absent): readonly Known[] => {
  if (one.fact === null && other.fact === null && third.fact === null) return none;
  const facts: Known[] = [];
  if (one.fact !== null) facts.push(one.fact);
  if (other.fact !== null) facts.push(other.fact);
  if (third.fact !== null) facts.push(third.fact);
  return facts;
};
