import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { PersonId } from '../ids.ts';

/** Every kind of paper a household may be asked for. What each is called, and the article that asks for it, is in the pack. */
export const paperKinds = [
  'identity-document',
  'household-register',
  'truth-declaration',
  'consent',
  'income-proof',
  'disability-certificate',
  'illness-diagnosis',
  'enrolment-certificate',
  'medical-receipts',
  'education-receipts',
  'rehabilitation-receipts',
] as const;
export const PaperKind = z.enum(paperKinds);
export type PaperKind = z.infer<typeof PaperKind>;

/** Whether a paper is needed once per person or once for the household. */
export const paperAbout: Readonly<Record<PaperKind, 'person' | 'household'>> = {
  'identity-document': 'person',
  'household-register': 'household',
  'truth-declaration': 'household',
  'consent': 'person',
  'income-proof': 'person',
  'disability-certificate': 'person',
  'illness-diagnosis': 'person',
  'enrolment-certificate': 'person',
  'medical-receipts': 'household',
  'education-receipts': 'household',
  'rehabilitation-receipts': 'household',
};

/** A paper that is needed and not on file. `personId` is null for a paper of the whole household. */
export const MissingPaper = z.strictObject({ kind: PaperKind, personId: PersonId.nullable() });
export type MissingPaper = z.infer<typeof MissingPaper>;

/** A paper on file. */
export const Paper = MissingPaper.extend({ receivedOn: LocalDate });
export type Paper = z.infer<typeof Paper>;
