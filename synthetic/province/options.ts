import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { earliestDate } from '../households.ts';
import { type CountyShare, sharesOf } from './shares.ts';

/** Three times the province: resident IDs of one county and one birthday are few [assumption]. */
export const mostHouseholds = 3_000_000;

/** Which province to make up. Of equal options the files are equal, byte for byte, however many workers write them. */
export const ProvinceOptions = z.strictObject({
  seed: z.string().min(1).max(100),
  households: z.int().min(1).max(mostHouseholds),
  /** Today in the province: facts have their age from it. */
  date: LocalDate.refine((date) => date >= earliestDate, `a day from ${earliestDate} on`),
  /** Its counties in the order of their codes. */
  counties: z.array(DivisionCode).min(1).readonly(),
  /** Share of households of whom departments' files tell something that a rule looks for; null: no files. */
  feeds: z.number().min(0).max(1).nullable(),
});
export type ProvinceOptions = z.infer<typeof ProvinceOptions>;

/** A county of a province, with the others, which its people may be listed in as well. */
export const CountyJob = z.strictObject({
  seed: z.string(),
  date: LocalDate,
  county: DivisionCode,
  counties: z.array(z.strictObject({ county: DivisionCode, households: z.int().min(0) })).readonly(),
  feeds: z.number().nullable(),
});
export type CountyJob = z.infer<typeof CountyJob>;

/** The counties of a province as jobs, the largest first, so that no worker is left alone with a large one at the end. */
export const jobsOf = ({ seed, date, counties, households, feeds }: ProvinceOptions): readonly CountyJob[] => {
  const shares: readonly CountyShare[] = sharesOf(counties, households);
  return shares
    .toSorted((one, other) => other.households - one.households || (one.county < other.county ? -1 : 1))
    .map(({ county }) => ({ seed, date, county, counties: shares, feeds }));
};
