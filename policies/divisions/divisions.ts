import { z } from 'zod';
import { countyOf, DivisionCode } from '../../domain/people/divisions.ts';
import snapshot from './shanxi.json' with { type: 'json' };

export type DivisionLevel = 'province' | 'prefecture' | 'county' | 'township';

/** A division of Shanxi. `county` is the county that serves it; null above the county level. */
export interface Division {
  readonly code: DivisionCode;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly county: DivisionCode | null;
}

const Line = z.string().regex(/^\d+ \S+$/u);
const Snapshot = z.strictObject({
  source: z.string(),
  prefectures: z.array(Line),
  counties: z.array(Line),
  townships: z.array(Line),
});

const divisionOf = (line: string, level: DivisionLevel): Division => {
  const space = line.indexOf(' ');
  const code = DivisionCode.parse(line.slice(0, space));
  return { code, name: line.slice(space + 1), level, county: code.length < 6 ? null : countyOf(code) };
};

const parsed = Snapshot.parse(snapshot);
const all: readonly Division[] = [
  divisionOf('14 山西省', 'province'),
  ...parsed.prefectures.map((line) => divisionOf(line, 'prefecture')),
  ...parsed.counties.map((line) => divisionOf(line, 'county')),
  ...parsed.townships.map((line) => divisionOf(line, 'township')),
];
const byCode: ReadonlyMap<string, Division> = new Map(all.map((division) => [division.code, division]));

/** The division of a code, or undefined when Shanxi has none: also for statistical areas, which are no administrative unit. */
export const findDivision = (code: string): Division | undefined => byCode.get(code);

/** Whether Shanxi has this division, of any level. */
export const knownDivision = (code: string): boolean => byCode.has(code);

/** The 11 prefectures in the order of their codes. */
export const prefectures = (): readonly Division[] => all.filter(({ level }) => level === 'prefecture');

/** The 117 counties, county-level cities and districts in the order of their codes. */
export const counties = (): readonly Division[] => all.filter(({ level }) => level === 'county');

const townships: ReadonlyMap<string | null, readonly Division[]> = Map.groupBy(
  all.filter(({ level }) => level === 'township'),
  ({ county }) => county,
);

/** The townships, towns and subdistricts a county serves, in the order of their codes; empty for an unknown county. */
export const townshipsOf = (county: string): readonly Division[] => townships.get(county) ?? [];
