import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import { DivisionCode } from '../domain/people/divisions.ts';
import { CountySummary } from './county-summary.ts';

/**
 * An item that no function of the platform reads. It says which county the table is being filled with (or the province, where it was imported),
 * from before the first household on, so that a filling that was cut off is finished with the same households; and with `summary`, that it
 * is complete.
 */
export const markerKey = { pk: 'SYNTHETIC-COUNTY', sk: 'MARKER' } as const;
export const Marker = z.object({
  county: z.strictObject({ seed: z.string(), count: z.int(), county: DivisionCode, date: LocalDate }),
  summary: CountySummary.nullable(),
});
export type Marker = z.infer<typeof Marker>;
