import { dividedDown } from '../../domain/policy/shares.ts';
import type { Telling, UsedFact } from './known.ts';

/** Income per head is shown rounded down, or up where rounding down would contradict the result. */
export const perHead = (income: number, parts: number, limit: number, facts: readonly UsedFact[]): Telling => {
  const measured = dividedDown(income, parts);
  const roundedUp = measured * parts === income ? measured : measured + 1;
  return { measured, limit, distance: limit - measured, turning: limit, facts, roundedUp };
};

/** A number that may be at most a limit. */
export const atMostLimit = (measured: number, limit: number, facts: readonly UsedFact[]): Telling => ({
  measured,
  limit,
  distance: limit - measured,
  turning: limit + 1,
  facts,
});

/** Grounds in words, or what was found without a value that would turn the result. */
export const withoutTurning = (
  measured: number | string | null,
  limit: number | null,
  facts: readonly UsedFact[],
): Telling => ({ measured, limit, distance: null, turning: null, facts });
