import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { emergencyCauses, emergencyPaperKinds, notPaidReasons } from '../../domain/emergency/emergency-aid.ts';
import { settlements } from '../../domain/households/household.ts';
import { EmergencyAidId } from '../../domain/ids.ts';
import { emergencyAidStates } from '../../domain/lifecycles/emergency-aid.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { DateField, DeadlineRule, FenField, TownshipField } from './fields.ts';

const NameField = z.string().trim().min(1).max(50);

/** Quick aid in an emergency: who, what happened, how much. No papers, no roster entry and no resident ID are needed. */
export const GrantEmergencyAidBody = z.strictObject({
  incidentDivision: TownshipField.meta({
    description: 'Township where it happened, wherever the person is registered or lives. GB/T 2260, 9 digits.',
  }),
  settlement: z.enum(settlements).meta({ description: 'Whose standard the cap is measured in at that place.' }),
  person: z.discriminatedUnion('known', [
    z.strictObject({
      known: z.literal('identified'),
      name: NameField,
      residentId: z.string().meta({ description: 'GB 11643 resident ID, 18 or 15 digits; full width is accepted.' }),
    }),
    z.strictObject({
      known: z.literal('unidentified'),
      name: NameField.nullable().default(null),
      reference: z
        .string()
        .regex(/^[A-Za-z0-9./-]{4,60}$/u)
        .meta({ description: 'Number of the record of the occasion, such as the ambulance’s. Not about the person.' }),
    }),
  ]),
  cause: z.enum(emergencyCauses).meta({ description: 'A list of this platform: local setting, no national rule.' }),
  happenedOn: DateField,
  reportedOn: DateField.meta({ description: 'First report: the three days begin with it (DTA26).' }),
  amount: FenField,
});
export type GrantEmergencyAidBody = z.infer<typeof GrantEmergencyAidBody>;

export const EmergencyPaymentBody = z.strictObject({ paidOn: DateField });
export type EmergencyPaymentBody = z.infer<typeof EmergencyPaymentBody>;

export const EmergencyPapersBody = z.strictObject({
  papers: z
    .array(z.enum(emergencyPaperKinds))
    .min(1)
    .max(emergencyPaperKinds.length)
    .refine((papers) => new Set(papers).size === papers.length, fault('emergency.paper-twice')),
});
export type EmergencyPapersBody = z.infer<typeof EmergencyPapersBody>;

export const EmergencyClosureBody = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('paid'),
    hardshipLasts: z.boolean().meta({ description: 'If it does, a task to take a full application is opened.' }),
  }),
  z.strictObject({ outcome: z.literal('not-paid'), reason: z.enum(notPaidReasons) }),
]);
export type EmergencyClosureBody = z.infer<typeof EmergencyClosureBody>;

export const EmergencyAidView = z.strictObject({
  emergencyAidId: EmergencyAidId,
  state: z.enum(emergencyAidStates),
  incidentDivision: DivisionCode,
  settlement: z.enum(settlements),
  person: z.strictObject({ known: z.enum(['identified', 'unidentified']), maskedName: z.string().nullable() }),
  cause: z.enum(emergencyCauses),
  happenedOn: LocalDate,
  reportedOn: LocalDate,
  amount: Fen,
  cap: Fen,
  reserve: DivisionCode,
  handler: z.string(),
  decidedAt: Instant,
  dueOn: LocalDate,
  dueRule: DeadlineRule,
  paidOn: LocalDate.nullable(),
  paidInTime: z.boolean().nullable(),
  papersDueOn: LocalDate.nullable(),
  papersRule: DeadlineRule,
  papers: z.array(z.enum(emergencyPaperKinds)),
  papersReceivedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  hardshipLasts: z.boolean().nullable(),
  notPaidFor: z.enum(notPaidReasons).nullable(),
});
export type EmergencyAidView = z.infer<typeof EmergencyAidView>;

/** A county or township, in a path. */
export const ReserveDivision = z
  .string()
  .regex(/^14\d{4}(?:\d{3})?$/u, fault('division.level'))
  .transform((code) => DivisionCode.parse(code))
  .meta({ description: 'GB/T 2260 code of a county (6 digits) or township (9) of Shanxi.' });

export const AllocationBody = z.strictObject({
  amount: FenField.meta({ description: 'What is put into the reserve, in fen.' }),
});
export type AllocationBody = z.infer<typeof AllocationBody>;

export const EmergencyReserveView = z.strictObject({ division: DivisionCode, balance: Fen });
export type EmergencyReserveView = z.infer<typeof EmergencyReserveView>;
