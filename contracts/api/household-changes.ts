import { z } from 'zod';
import { mostMembers, relations, settlements } from '../../domain/households/household.ts';
import {
  type ChangeEvidence,
  type ChangeKind,
  changeEvidenceTexts,
  changeKinds,
  evidenceFor,
} from '../../domain/households/household-change.ts';
import { EventId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { sexes } from '../../domain/people/sex.ts';
import { DeclaredOfPerson } from './applications.ts';
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
  sex: z.enum(sexes),
  relation: z.enum(relations).exclude(['applicant']).meta({ description: 'To the applicant of the household.' }),
  declared: DeclaredOfPerson.optional().meta({
    description:
      'What the household declares of the person, as of today. Without it the rules may not be able to decide.',
  }),
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
const Identified = z.strictObject({
  kind: z.literal('identified'),
  on: day('on which the resident ID was given out'),
  personId: PersonId.meta({ description: 'A member of whom none is known.' }),
  residentId: z.string().meta({ description: 'GB 11643 resident ID, 18 digits; full width is accepted.' }),
  evidence: evidenceField(evidenceFor.identified),
});
const Relations = z
  .array(z.strictObject({ personId: PersonId, relation: z.enum(relations) }))
  .min(1)
  .max(mostMembers);
const relationsOfThoseWhoStay = Relations.optional().meta({
  description:
    'Where the applicant goes: what everybody who stays is to the applicant from now on, who is one of them.',
});
const Left = z.strictObject({
  kind: z.literal('left'),
  on: day('on which the member left'),
  personId: PersonId,
  relations: relationsOfThoseWhoStay,
  evidence: evidenceField(evidenceFor.left),
});
const Divided = z.strictObject({
  kind: z.literal('divided'),
  on: day('on which they formed a household of their own'),
  members: Relations.meta({
    description: 'Who forms the new household, and what each is to its applicant, who is one of them.',
  }),
  relations: relationsOfThoseWhoStay,
  residenceDivision: TownshipField.optional().meta({ description: 'Of the new household, where it is another.' }),
  registeredDivision: TownshipField.optional().meta({ description: 'Of the new household, where it is another.' }),
  settlement: z.enum(settlements).optional().meta({ description: 'Of the new household, where it is another.' }),
  evidence: evidenceField(evidenceFor.divided),
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
export const HouseholdChangeBody = z.discriminatedUnion('kind', [Birth, Joined, Identified, Left, Divided, Moved]);
export type HouseholdChangeBody = z.infer<typeof HouseholdChangeBody>;
export type BodyOf<Kind extends ChangeKind> = Extract<HouseholdChangeBody, { kind: Kind }>;

/** The change as it stands on record. A decision that follows from it names it. */
export const HouseholdChangeView = z.strictObject({
  changeId: EventId,
  householdId: HouseholdId,
  kind: z.enum(changeKinds),
  personId: PersonId.nullable().meta({ description: 'Who was born, joined, was identified or left; null otherwise.' }),
  formedHouseholdId: HouseholdId.nullable().meta({ description: 'The household that was formed by a division.' }),
  version: z.int().min(1).meta({ description: 'Of the household after it.' }),
});
export type HouseholdChangeView = z.infer<typeof HouseholdChangeView>;
