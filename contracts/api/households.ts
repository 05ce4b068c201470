import { z } from 'zod';
import { callerRoles } from '../../domain/access/roles.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { identityFields } from '../../domain/disclosure/identity-rules.ts';
import { identityPurposes, Purpose } from '../../domain/disclosure/purposes.ts';
import { HouseholdTier, MemberTier } from '../../domain/eligibility/tiers.ts';
import { ChoiceValue, datasets } from '../../domain/facts/fact.ts';
import { deathEvidence, deathEvidenceTexts } from '../../domain/households/death.ts';
import { notCountedReasons, relations, settlements } from '../../domain/households/household.ts';
import { ApplicationId, DeterminationId, EventId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { Fen } from '../../domain/money.ts';
import { PaymentAccount } from '../../domain/people/contact.ts';
import { Disability } from '../../domain/people/disability.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { sexes } from '../../domain/people/sex.ts';
import { fault } from '../field-faults.ts';
import { DateField, pageLimit } from './fields.ts';

/** A fact about a household or a member, with its source and its age today. */
const FactView = z.strictObject({
  kind: z.string(),
  personId: PersonId.nullable().meta({ description: "The member it is about; null when it is the household's." }),
  value: z.union([Fen, z.boolean(), LocalDate, Disability, ChoiceValue]),
  unit: z.string(),
  dataset: z.enum(datasets),
  asOf: LocalDate,
  ageDays: z.int(),
});

/** A household, masked: no name, no resident ID and no date of birth in it is whole. */
export const HouseholdView = z.strictObject({
  householdId: HouseholdId,
  registeredDivision: DivisionCode,
  residenceDivision: DivisionCode,
  settlement: z.enum(settlements),
  tier: HouseholdTier,
  members: z.array(
    z.strictObject({
      personId: PersonId,
      relation: z.enum(relations),
      name: z.string().nullable().meta({ description: 'The first character; the others are asterisks.' }),
      residentId: z.string().nullable().meta({ description: 'The first six and the last character.' }),
      birthYear: z.int(),
      sex: z.enum(sexes),
      fullTimeStudent: z.boolean(),
      notCounted: z.enum(notCountedReasons).nullable(),
      tier: MemberTier,
      deceased: z.boolean(),
      deceasedOn: LocalDate.nullable().meta({
        description: 'The day on record. Null where the member lives, and where the role’s work does not need it.',
      }),
    }),
  ),
  facts: z
    .array(FactView)
    .nullable()
    .meta({ description: 'The newest of each kind. Null where the role’s work does not need them.' }),
  applicationId: ApplicationId.nullable(),
  determinationId: DeterminationId.nullable(),
});
export type HouseholdView = z.infer<typeof HouseholdView>;

/** What is asked to be seen unmasked, and for what. */
export const DisclosureBody = z.strictObject({
  purpose: z.enum(identityPurposes),
  fields: z
    .array(z.enum(identityFields))
    .min(1)
    .max(identityFields.length)
    .refine((fields) => new Set(fields).size === fields.length, fault('disclosure.field-twice'))
    .meta({ uniqueItems: true }),
});
export type DisclosureBody = z.infer<typeof DisclosureBody>;

/** The fields that were asked for and no other. Null: the roster does not have it. */
export const DisclosureView = z.strictObject({
  disclosureId: EventId,
  personId: PersonId,
  purpose: z.enum(identityPurposes),
  disclosedAt: Instant,
  identity: z.strictObject({
    name: z.string().nullable().optional(),
    residentId: z.string().nullable().optional(),
    birthDate: LocalDate.optional(),
    phone: z.string().nullable().optional(),
    account: PaymentAccount.nullable().optional(),
  }),
});
export type DisclosureView = z.infer<typeof DisclosureView>;

export const AccessRecordQuery = z.strictObject({ limit: pageLimit(100, 50) });
/** Where a page of a person's record ends: after which entry, and whose record it is. */
export const AccessRecordPosition = z.strictObject({ personId: PersonId, after: z.string() });
export type AccessRecordPosition = z.infer<typeof AccessRecordPosition>;

/** Who looked at a person's data, the newest first. Reading it is an entry of it. */
export const AccessRecordPage = z.strictObject({
  personId: PersonId,
  entries: z.array(
    z.strictObject({
      entryId: EventId,
      at: Instant,
      kind: z.enum(['disclosed', 'read', 'looked-up']),
      role: z.enum(callerRoles),
      agency: z.string().nullable().meta({ description: 'The department that asked; null for officers.' }),
      division: DivisionCode.nullable().meta({ description: 'The division the caller works in.' }),
      subject: z.string().nullable().meta({ description: 'The caller’s account; told to auditors only.' }),
      purpose: z.strictObject({ code: Purpose, text: z.string() }),
      fields: z.array(z.string()),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type AccessRecordPage = z.infer<typeof AccessRecordPage>;

/** A death that a paper confirms. */
export const DeathBody = z.strictObject({
  diedOn: DateField.meta({ description: 'The day of death in China: not in the future, and not before the birth.' }),
  evidence: z.enum(deathEvidence).meta({
    description: deathEvidence
      .map((code) => `${code}: ${deathEvidenceTexts[code].zh} · ${deathEvidenceTexts[code].en}`)
      .join('; '),
  }),
});
export type DeathBody = z.infer<typeof DeathBody>;

/** The death as it stands on record. */
export const DeathView = z.strictObject({ householdId: HouseholdId, personId: PersonId, deceasedOn: LocalDate });
export type DeathView = z.infer<typeof DeathView>;
