import type { DivisionCode } from '../../domain/people/divisions.ts';
import { townshipsOf } from '../../policies/divisions/divisions.ts';

/** A county of the province, and how many households of its roster are made up. */
export interface CountyShare {
  readonly county: DivisionCode;
  readonly households: number;
}

/**
 * Divides households over counties by their numbers of townships [assumption: no figures by county are at hand]. What is left by
 * rounding goes to the counties that lost most by it, so that the parts add up to the whole.
 */
export const sharesOf = (counties: readonly DivisionCode[], households: number): readonly CountyShare[] => {
  const townships = counties.map((county) => townshipsOf(county).length);
  const all = townships.reduce((sum, each) => sum + each, 0);
  const exact = townships.map((each) => (households * each) / all);
  const left = households - exact.reduce((sum, each) => sum + Math.floor(each), 0);
  const lostMost = exact
    .map((each, index) => ({ index, lost: each - Math.floor(each) }))
    .toSorted((one, other) => other.lost - one.lost || one.index - other.index)
    .slice(0, left);
  const oneMore = new Set(lostMost.map(({ index }) => index));
  return counties.map((county, index) => ({
    county,
    households: Math.floor(exact[index] ?? 0) + (oneMore.has(index) ? 1 : 0),
  }));
};
