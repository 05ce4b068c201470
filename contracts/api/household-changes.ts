import { z } from 'zod';
import { relations, settlements } from '../../domain/households/household.ts';
import {
  type ChangeEvidence,
  type ChangeKind,
  changeEvidenceTexts,
  changeKinds,
  evidenceFor,
} from '../../domain/households/household-change.ts';
import { EventId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { DateField, TownshipField } from './fields.ts';

const textOf = (code: ChangeEvidence): string =>
  `${code}: ${changeEvidenceTexts[code].zh} · ${changeEvidenceTexts[code].en}`;
const evidenceField = <const Codes extends readonly [ChangeEvidence, ...ChangeEvidence[]]>(codes: Codes) =>
  z.enum(codes).meta({ description: codes.map(textOf).join('; ') });

const day = (what: string) =>
  DateField.meta({ description: `The day ${what}, in China: not in the future, and not before what it follows from.` });

/** Whoever comes into a household, as a paper says who it is. */
const newcomer = {
  name: z.string().trim().min(1).max(50),
  residentId: z.string().nullable().meta({
    description: 'GB 11643 resident ID, 18 or 15 digits; full width is accepted. Null where none was given out yet.',
  }),
  birthDate: DateField,
  sex: z.enum(['female', 'male']),
  relation: z.enum(relations).exclude(['applicant']).meta({ description: 'To the applicant of the household.' }),
};

const Birth = z.strictObject({
  kind: z.literal('birth'),
  ...newcomer,
  evidence: evidenceField(evidenceFor.birth),
});
const Joined = z.strictObject({
  kind: z.literal('joined'),
  on: day('on which the person joined'),
  ...newcomer,
  fullTimeStudent: z.boolean().default(false),
  evidence: evidenceField(evidenceFor.joined),
});
const Left = z.strictObject({
  kind: z.literal('left'),
  on: day('on which the member left'),
  personId: PersonId,
  evidence: evidenceField(evidenceFor.left),
});
const Moved = z.strictObject({
  kind: z.literal('moved'),
  on: day('on which they moved'),
  residenceDivision: TownshipField,
  registeredDivision: TownshipField.optional().meta({ description: 'Where it changes with the move.' }),
  settlement: z.enum(settlements).optional().meta({ description: 'Where it changes with the move.' }),
  evidence: evidenceField(evidenceFor.moved),
});

/** A change in a household that a paper confirms. */
export const HouseholdChangeBody = z.discriminatedUnion('kind', [Birth, Joined, Left, Moved]);
export type HouseholdChangeBody = z.infer<typeof HouseholdChangeBody>;
export type BodyOf<Kind extends ChangeKind> = Extract<HouseholdChangeBody, { kind: Kind }>;

/** The change as it stands on record. A decision that follows from it names it. */
export const HouseholdChangeView = z.strictObject({
  changeId: EventId,
  householdId: HouseholdId,
  kind: z.enum(changeKinds),
  personId: PersonId.nullable().meta({ description: 'Who was born, joined or left; null where all have moved.' }),
  version: z.int().min(1).meta({ description: 'Of the household after it.' }),
});
export type HouseholdChangeView = z.infer<typeof HouseholdChangeView>;
