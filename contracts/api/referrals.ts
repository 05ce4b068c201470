import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { DeterminationId, HouseholdId, PersonId, ReferralId } from '../../domain/ids.ts';
import { openReferralStates, referralStates } from '../../domain/lifecycles/referral.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { outcomeKinds, ReferralReturn, returnReasons, verifications } from '../../domain/referrals/referral.ts';
import { fault } from '../field-faults.ts';
import { CountyField, DateField, DepartmentField, pageLimit } from './fields.ts';

/** The most one referral can come to, in fen: a million yuan, as in the catalogue. More is a mistake in the unit. */
const largestOutcome = 100_000_000;

export const ReturnBody = z.strictObject({
  reason: z.enum(returnReasons, fault('referral.return-reason')),
});
export type ReturnBody = z.infer<typeof ReturnBody>;

export const OutcomeBody = z
  .strictObject({
    kind: z.enum(outcomeKinds),
    amount: z
      .int(fault('money.fraction'))
      .min(0, fault('money.negative'))
      .max(largestOutcome, fault('referral.amount'))
      .transform((fen) => Fen.parse(fen))
      .nullable()
      .default(null)
      .meta({ description: 'What was given, in whole fen (1 yuan = 100 fen); null when it is no money.' }),
    on: DateField,
    evidence: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({ description: 'Where the department keeps the proof, such as the number of a document. No names.' }),
  })
  .refine(({ kind, amount }) => kind === 'delivered' || amount === null, {
    path: ['amount'],
    error: fault('referral.amount-without-delivery'),
  });
export type OutcomeBody = z.infer<typeof OutcomeBody>;

export const VerificationBody = z.strictObject({
  result: z.enum(['confirmed', 'not-confirmed']).meta({
    description: 'confirmed closes the referral; not-confirmed gives it back to the department, with a new deadline.',
  }),
  how: z.enum(verifications),
});
export type VerificationBody = z.infer<typeof VerificationBody>;

export const ReroutingBody = z.strictObject({ department: DepartmentField });
export type ReroutingBody = z.infer<typeof ReroutingBody>;

export const ReferralView = z.strictObject({
  referralId: ReferralId,
  state: z.enum(referralStates),
  determinationId: DeterminationId,
  householdId: HouseholdId,
  personId: PersonId.nullable(),
  item: z.string(),
  department: z.string(),
  division: DivisionCode,
  sentAt: Instant,
  acceptBy: LocalDate,
  resultBy: LocalDate.nullable(),
  /** Of the present step: when it is late, and the rule that says so, so that a local setting is never taken for law. */
  due: z
    .strictObject({
      dueAt: Instant,
      provisional: z.boolean(),
      clock: z.string().nullable(),
      basis: z.string(),
      isLocalSetting: z.boolean(),
      citation: z.string(),
    })
    .nullable(),
  remindedAt: Instant.nullable(),
  escalatedAt: Instant.nullable(),
  escalations: z.int(),
  returns: z.array(ReferralReturn),
  outcome: z
    .strictObject({
      kind: z.enum(outcomeKinds),
      amount: Fen.nullable(),
      on: LocalDate,
      evidence: z.string(),
      reportedAt: Instant,
    })
    .nullable(),
  verification: z.strictObject({ how: z.enum(verifications), at: Instant }).nullable(),
  closedAt: Instant.nullable(),
});
export type ReferralView = z.infer<typeof ReferralView>;

export const ReferralListQuery = z.strictObject({
  county: CountyField.optional().meta({ description: 'Needed of callers whose scope is wider than one county.' }),
  department: DepartmentField.optional().meta({
    description: 'For officers: one department only. A department sees its own and need not name itself.',
  }),
  state: z.enum(openReferralStates).optional(),
  limit: pageLimit(100, 50),
});
export const ReferralList = z.strictObject({ referrals: z.array(ReferralView), nextCursor: z.string().nullable() });
