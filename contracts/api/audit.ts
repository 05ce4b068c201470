import { z } from 'zod';
import { Hash } from '../../domain/audit/block.ts';
import { Head, LateBlock } from '../../domain/audit/roll-up.ts';
import { Instant, isLocalDate } from '../../domain/dates.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import { fault } from '../field-faults.ts';
import { OfficeField, pageLimit } from './fields.ts';

/** A day of the audit. It is a day of UTC, not of China: the audit's keys are made of instants as they are stored. */
const UtcDayField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u, { error: fault('date.malformed'), abort: true })
  .refine((text) => isLocalDate(text), fault('date.impossible'))
  .transform((text) => UtcDay.parse(text))
  .meta({ format: 'date', description: 'A day of UTC, YYYY-MM-DD; it begins at 08:00 in China.' });

export const AuditHeadsQuery = z.strictObject({ day: UtcDayField });

/**
 * The heads of all chains of a day, for anyone: hashes and counts, and nothing about a person. Of a closed day they stand for ever, and
 * `rollUp` is one hash over all of them, from which `previous`, `at`, `heads` and `late` follow as docs/audit-chain.md says.
 */
export const AuditHeadsView = z.strictObject({
  day: UtcDay,
  closed: z.boolean(),
  heads: z.array(Head),
  /** Blocks written on this day for days that had been closed before. Told when the day is closed. */
  late: z.array(LateBlock),
  /** When the day was closed, and its roll-up and that of the day before; null while the day is open. */
  at: Instant.nullable(),
  previous: Hash.nullable(),
  rollUp: Hash.nullable(),
});
export type AuditHeadsView = z.infer<typeof AuditHeadsView>;

export const AuditEntriesQuery = z.strictObject({
  division: OfficeField,
  day: UtcDayField,
  limit: pageLimit(500, 100),
});

/** An audit entry as auditors read it. An attribute that an entry does not have is left out. */
export const AuditEntryView = z.strictObject({
  eventId: z.string(),
  at: Instant,
  type: z.string(),
  role: z.string(),
  subject: z.string(),
  records: z.array(z.string()),
  reviewId: z.string().nullable(),
  /** Whatever else the entry says, by the names of its attributes: the policy, who was looked at and why, the break-glass grant. */
  more: z.record(z.string(), z.unknown()),
  /** The hash by which the entry stands in its block. */
  hash: Hash,
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const AuditEntryList = z.strictObject({
  entries: z.array(AuditEntryView),
  nextCursor: z.string().nullable(),
});
