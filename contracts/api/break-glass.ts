import { z } from 'zod';
import {
  breakGlassRoles,
  longestBreakGlassMinutes,
  shortestBreakGlassReason,
} from '../../domain/access/break-glass.ts';
import { Instant } from '../../domain/dates.ts';
import { ApplicationId, BreakGlassId, DeterminationId, HouseholdId, ReviewId, TaskId } from '../../domain/ids.ts';
import { breakGlassStates } from '../../domain/lifecycles/break-glass.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { DateField, pageLimit } from './fields.ts';

/** A record that can be opened by itself, with what belongs to it. */
export const OpenableRecord = z.union([HouseholdId, ApplicationId, ReviewId, TaskId, DeterminationId]);
export type OpenableRecord = z.infer<typeof OpenableRecord>;

const CountyOrTownship = z
  .string()
  .regex(/^14\d*$/u, { error: fault('division.malformed'), abort: true })
  .refine((code) => code.length === 6 || code.length === 9, fault('division.level'))
  .transform((code) => DivisionCode.parse(code))
  .meta({ description: 'GB/T 2260 code of a county (6 digits) or township (9) of Shanxi.' });

const RecordId = z
  .string()
  .refine((text) => OpenableRecord.safeParse(text).success, fault('id.malformed'))
  .transform((text) => OpenableRecord.parse(text))
  .meta({
    description: 'Id of a household, application, review, task or determination.',
    pattern: '^(?:hh|app|rev|tsk|det)_[0-9a-f]{32}$',
  });

/** A request for read access outside one's own division: to a division or to one record, for a reason, for some minutes. */
export const OpenBreakGlassBody = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(shortestBreakGlassReason, fault('break-glass.reason'))
      .max(1_000)
      .meta({ description: 'Why the case cannot wait for those whose it is. Auditors read it.' }),
    division: CountyOrTownship.optional(),
    recordId: RecordId.optional(),
    minutes: z.int().min(1).max(longestBreakGlassMinutes),
  })
  .refine(({ division, recordId }) => (division === undefined) !== (recordId === undefined), {
    path: ['division'],
    error: fault('break-glass.either'),
  });
export type OpenBreakGlassBody = z.infer<typeof OpenBreakGlassBody>;

export const BreakGlassView = z.strictObject({
  breakGlassId: BreakGlassId,
  /** `open` until its time is over or somebody ended it. */
  state: z.enum(breakGlassStates),
  subject: z.string(),
  role: z.enum(breakGlassRoles),
  division: DivisionCode,
  recordId: z.string().nullable(),
  reason: z.string(),
  openedAt: Instant,
  endsAt: Instant,
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
});
export type BreakGlassView = z.infer<typeof BreakGlassView>;

export const BreakGlassListQuery = z.strictObject({
  day: DateField.optional().meta({ description: 'Day in China on which it was opened; today when absent.' }),
  limit: pageLimit(100, 50),
});
export const BreakGlassList = z.strictObject({
  grants: z.array(BreakGlassView),
  nextCursor: z.string().nullable(),
});
