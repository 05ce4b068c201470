import type { Household } from '../domain/households/household.ts';
import type { DivisionCode } from '../domain/people/divisions.ts';
import { counties, townshipsOf } from '../policies/divisions/divisions.ts';
import type { Random } from './random.ts';

/** Where a household is registered and lives, and the township that handles its case: one of the two, inside the county. */
export interface Homes {
  readonly registered: DivisionCode;
  readonly residence: DivisionCode;
  readonly handling: DivisionCode;
}

/** Township codes begin their last three digits with 0 for subdistricts and 1 for towns (GB/T 10114). */
const isUrban = (township: DivisionCode): boolean => Number(township.slice(6)) < 200;

const townshipIn = (random: Random, county: DivisionCode, settlement: Household['settlement']): DivisionCode => {
  const all = townshipsOf(county).map(({ code }) => code);
  const urban = all.filter(isUrban);
  return random.pick(settlement === 'urban' && urban.length > 0 ? urban : all);
};

/**
 * Draws the places of a household of the county. One that lives elsewhere either came from another county or left for one; with
 * one of its two places it stays the county's.
 */
export const homesOf = (
  random: Random,
  county: DivisionCode,
  settlement: Household['settlement'],
  livesElsewhere: boolean,
): Homes => {
  const here = townshipIn(random, county, settlement);
  if (!livesElsewhere) return { registered: here, residence: here, handling: here };
  const others = counties().filter(({ code }) => code !== county && townshipsOf(code).length > 0);
  const there = townshipIn(random, random.pick(others).code, settlement);
  return random.chance(0.5)
    ? { registered: here, residence: there, handling: here }
    : { registered: there, residence: here, handling: here };
};
