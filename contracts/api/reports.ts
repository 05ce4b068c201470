import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { ApplicationId, HouseholdId, ReportId, TaskId } from '../../domain/ids.ts';
import { reportStates } from '../../domain/lifecycles/report.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { reportedHardships, reporters } from '../../domain/reports/kinds.ts';
import { Coverage, ReportedPerson } from '../../domain/reports/report.ts';
import { fault } from '../field-faults.ts';
import { CountyField, DeadlineRule, PhoneField, pageLimit } from './fields.ts';

const Words = z.string().trim().min(10).max(1_000);
const Note = z.string().trim().min(4).max(1_000);

const PersonField = z.strictObject({
  name: z.string().trim().min(1).max(50).nullable().default(null),
  residentId: z.string().nullable().default(null).meta({
    description: 'GB 11643 resident ID, 18 or 15 digits; full width is accepted. Null where nobody knows it.',
  }),
  place: z.string().trim().min(1).max(200).nullable().default(null).meta({ description: 'Where they can be found.' }),
  phone: PhoneField.nullable().default(null),
});

/** A word about somebody in hardship. */
export const SubmitReportBody = z.strictObject({
  division: z
    .string()
    .regex(/^14\d*$/u, { error: fault('division.malformed'), abort: true })
    .refine((text) => [6, 9].includes(text.length), fault('division.level'))
    .transform((code) => DivisionCode.parse(code))
    .meta({
      description:
        'Where the person is: GB/T 2260 code of a township (9 digits), or of a county (6) where that is all that is known.',
    }),
  reporter: z.enum(reporters).exclude(['feed']).meta({ description: 'Who tells.' }),
  hardship: z
    .enum(reportedHardships)
    .meta({ description: 'A list of this platform: local setting, no national rule.' }),
  person: PersonField,
  words: Words.meta({ description: 'What is the matter, in the reporter’s words.' }),
});
export type SubmitReportBody = z.infer<typeof SubmitReportBody>;

const Secret = z.string().regex(/^[0-9a-f]{32}$/u);
/** What a reporter is given, whoever the person is: with both, they see that it was followed up. */
export const ReportReceipt = z.strictObject({ reportId: ReportId, secret: Secret, receivedOn: LocalDate });
export type ReportReceipt = z.infer<typeof ReportReceipt>;
export const ReportReceiptBody = z.strictObject({
  secret: Secret.meta({
    description: 'Of the receipt. It travels in the body, so that it stands in no log of addresses.',
  }),
});
/** How a report stands. What came of it is the person’s own affair: that it has ended is all that is told. */
export const PublicReportView = z.strictObject({
  reportId: ReportId,
  state: z.enum(['received', 'followed-up', 'ended']),
  receivedOn: LocalDate,
  followedUpOn: LocalDate.nullable(),
  endedOn: LocalDate.nullable(),
});
export type PublicReportView = z.infer<typeof PublicReportView>;

export const ReportOutcomeBody = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('known-already'),
    householdId: HouseholdId.nullable().default(null).meta({
      description:
        'The household that covers the person, who lives in it where a resident ID was reported; null to have it found by that ID.',
    }),
    note: Note.nullable().default(null),
  }),
  z.strictObject({ outcome: z.enum(['not-found', 'not-in-need', 'not-wanted']), note: Note }),
]);
export type ReportOutcomeBody = z.infer<typeof ReportOutcomeBody>;

/** Where a report stands. */
export const ReportSummary = z.strictObject({
  reportId: ReportId,
  state: z.enum(reportStates),
  division: DivisionCode.meta({
    description:
      'Who goes there: the township that was told, or the county, also once reporters have named several townships of it.',
  }),
  identified: z.boolean().meta({ description: 'Whether a resident ID was told.' }),
  timesTold: z.int().min(1),
  joinedTo: ReportId.nullable().meta({ description: 'The report of the same person to which this one was added.' }),
  taskId: TaskId,
  receivedAt: Instant,
  dueOn: LocalDate,
  dueRule: DeadlineRule,
  followedUpAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  applicationId: ApplicationId.nullable(),
  keptUntil: LocalDate.nullable(),
  keptRule: DeadlineRule,
  erasedAt: Instant.nullable(),
});
export type ReportSummary = z.infer<typeof ReportSummary>;

const Told = z.strictObject({ code: z.string(), zh: z.string(), en: z.string() });
/** With what was told, and what the roster knows of the person. */
export const ReportView = ReportSummary.extend({
  accounts: z
    .array(
      z.strictObject({
        reportId: ReportId,
        at: Instant,
        reporter: Told,
        agency: z.string().nullable(),
        division: DivisionCode.nullable().meta({
          description: 'Where this reporter says the person is; null in accounts stored before it was kept.',
        }),
        hardship: Told,
        words: z.string(),
        person: ReportedPerson,
      }),
    )
    .nullable()
    .meta({ description: 'Null once it is erased, and of a report that was joined to another.' }),
  known: Coverage.nullable().meta({ description: 'What covers the person now, where a resident ID was told.' }),
  coverage: Coverage.nullable().meta({ description: 'What the report was ended with as known already.' }),
  note: z.string().nullable(),
  possibleDuplicates: z.array(ReportId).meta({
    description: 'Other open reports of the same division and day. Nobody has compared what they say.',
  }),
});
export type ReportView = z.infer<typeof ReportView>;

export const ReportListQuery = z.strictObject({
  county: CountyField.optional().meta({ description: 'Needed of callers whose scope is wider than one county.' }),
  list: z
    .enum(['open', 'ended'])
    .default('open')
    .meta({ description: 'Those on somebody’s desk, or those that have ended and are still kept.' }),
  limit: pageLimit(100, 50),
});
export const ReportList = z.strictObject({ reports: z.array(ReportSummary), nextCursor: z.string().nullable() });
