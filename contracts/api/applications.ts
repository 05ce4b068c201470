import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { notCountedReasons, relations, settlements } from '../../domain/households/household.ts';
import { MissingPaper, PaperKind } from '../../domain/households/papers.ts';
import { ApplicationId, DeterminationId, HouseholdId, PersonId, ReviewId } from '../../domain/ids.ts';
import { applicationStates } from '../../domain/lifecycles/application.ts';
import { disabilityCategories } from '../../domain/people/disability.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { AccountNumberField, DateField, FenField, PhoneField, TownshipField } from './fields.ts';

/** What a member earned in the twelve months before the declaration, net of what D57 article 13 lets be deducted. */
const Incomes = z.strictObject({
  wages: FenField.optional(),
  business: FenField.optional(),
  property: FenField.optional(),
  transfer: FenField.optional(),
  other: FenField.optional(),
  exempt: FenField.optional(),
});

const MemberReference = z.string().regex(/^[a-z0-9-]{1,20}$/u);

/** What the household declares of a person's circumstances. What is left out becomes no fact. */
const declaredOfPerson = {
  incomes: Incomes.default({}),
  disability: z
    .strictObject({ category: z.enum(disabilityCategories), level: z.int().min(1).max(4) })
    .nullable()
    .default(null),
  majorIllness: z.boolean().default(false),
  selfCareFailedIndicators: z.int().min(0).max(6).nullable().default(null),
  capableSupporters: z.int().min(0).max(30).nullable().default(null),
};
export const DeclaredOfPerson = z.strictObject(declaredOfPerson);
export type DeclaredOfPerson = z.infer<typeof DeclaredOfPerson>;

/** A member as the household declares it. Birth date and sex are in the resident ID and are not asked for again. */
export const DeclaredMember = z.strictObject({
  ref: MemberReference.meta({ description: 'Short name by which papers and consents refer to the member.' }),
  name: z.string().trim().min(1).max(50),
  residentId: z.string().meta({ description: 'GB 11643 resident ID, 18 or 15 digits; full width is accepted.' }),
  relation: z.enum(relations),
  fullTimeStudent: z.boolean().default(false),
  notCounted: z.enum(notCountedReasons).nullable().default(null),
  ...declaredOfPerson,
  consent: z.strictObject({ givenOn: DateField, expiresOn: DateField }).nullable().default(null),
  phone: PhoneField.optional(),
});
export type DeclaredMember = z.infer<typeof DeclaredMember>;

const PaperOnFile = z.strictObject({ kind: PaperKind, member: MemberReference.nullable().default(null) });

/** A household's single application, for every kind of aid. */
export const SubmitApplicationBody = z
  .strictObject({
    registeredDivision: TownshipField,
    residenceDivision: TownshipField,
    settlement: z.enum(settlements),
    declarationSignedOn: DateField,
    consentToNextTier: z
      .boolean()
      .meta({ description: 'Consider the next tier without new papers when an upper one fails.' }),
    members: z.array(DeclaredMember).min(1).max(30),
    property: z.strictObject({
      financialAssets: FenField.optional(),
      dwellings: z.int().min(0).max(100).optional(),
      vehicles: z.int().min(0).max(100).optional(),
      businesses: z.int().min(0).max(100).optional(),
      nonResidential: z.int().min(0).max(100).optional(),
    }),
    expenditure: z
      .strictObject({
        medical: FenField.optional(),
        education: FenField.optional(),
        rehabilitation: FenField.optional(),
      })
      .default({}),
    papers: z.array(PaperOnFile).max(200),
    account: z
      .strictObject({ holder: MemberReference, bank: z.string().trim().min(1).max(50), number: AccountNumberField })
      .optional()
      .meta({ description: 'Where aid is paid to: an account of a member. It is shown for a stated purpose only.' }),
  })
  .superRefine((body, context) => {
    const refs = body.members.map((member) => member.ref);
    for (const [index, ref] of refs.entries()) {
      if (refs.indexOf(ref) !== index) {
        context.addIssue({ code: 'custom', path: ['members', index, 'ref'], message: fault('member.duplicate') });
      }
    }
    if (body.members.filter((member) => member.relation === 'applicant').length !== 1) {
      context.addIssue({ code: 'custom', path: ['members'], message: fault('member.no-applicant') });
    }
    if (body.account !== undefined && !refs.includes(body.account.holder)) {
      context.addIssue({ code: 'custom', path: ['account', 'holder'], message: fault('member.unknown-reference') });
    }
    for (const [index, paper] of body.papers.entries()) {
      if (paper.member !== null && !refs.includes(paper.member)) {
        context.addIssue({
          code: 'custom',
          path: ['papers', index, 'member'],
          message: fault('member.unknown-reference'),
        });
      }
    }
  });
export type SubmitApplicationBody = z.infer<typeof SubmitApplicationBody>;

export const ApplicationView = z.strictObject({
  applicationId: ApplicationId,
  householdId: HouseholdId,
  reviewId: ReviewId,
  state: z.enum(applicationStates),
  division: DivisionCode,
  submittedAt: Instant,
  acceptedOn: LocalDate.nullable(),
  consentToNextTier: z.boolean(),
  members: z.array(
    z.strictObject({ personId: PersonId, relation: z.enum(relations), consentExpiresOn: LocalDate.nullable() }),
  ),
  papers: z.array(z.strictObject({ kind: PaperKind, personId: PersonId.nullable(), receivedOn: LocalDate })),
  missingPapers: z.array(MissingPaper),
  determinationId: DeterminationId.nullable(),
});
export type ApplicationView = z.infer<typeof ApplicationView>;

/** The answer to a submission: ids, and everything that is still missing, in one list. */
export const SubmittedApplication = z.strictObject({
  applicationId: ApplicationId,
  householdId: HouseholdId,
  reviewId: ReviewId,
  state: z.enum(applicationStates),
  acceptedOn: LocalDate.nullable(),
  members: z.array(z.strictObject({ ref: z.string(), personId: PersonId })),
  missingPapers: z.array(MissingPaper),
});
export type SubmittedApplication = z.infer<typeof SubmittedApplication>;

export const SupplementBody = z.strictObject({
  papers: z
    .array(z.strictObject({ kind: PaperKind, personId: PersonId.nullable().default(null) }))
    .min(1)
    .max(200),
  /** A consent is a paper with a date of its own. */
  consents: z
    .array(z.strictObject({ personId: PersonId, givenOn: DateField, expiresOn: DateField }))
    .max(30)
    .default([]),
});
export type SupplementBody = z.infer<typeof SupplementBody>;

export const WithdrawalBody = z.strictObject({
  reason: z.enum(['applicant-request', 'moved-away', 'deceased', 'submitted-in-error']),
});
export type WithdrawalBody = z.infer<typeof WithdrawalBody>;
