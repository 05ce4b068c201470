import type { Grievance } from '../../domain/grievances/grievance.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { grievancePartition } from './keys.ts';
import type { WorklistRange } from './reading.ts';

/** The grievances of a county from a place on, those in one state or in any. */
export const grievanceRange = (
  county: DivisionCode,
  state: Grievance['state'] | null,
  from: string,
  limit: number,
): WorklistRange => ({
  partition: grievancePartition(county),
  from,
  to: '~',
  limit,
  ...(state === null ? {} : { state }),
});
