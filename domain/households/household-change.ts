import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { EventId, HouseholdId, PersonId } from '../ids.ts';
import { DivisionCode } from '../people/divisions.ts';

/**
 * What may change in a household beside a death: a child is born, somebody joins it, is given the first resident ID, or leaves it, some
 * form a household of their own, and all of them move.
 */
export const changeKinds = ['birth', 'joined', 'identified', 'left', 'divided', 'moved'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * The papers by which a change is confirmed: the closed list, each as it is told. Which papers suffice for what is a local setting, no
 * national rule.
 */
export const changeEvidenceTexts = {
  'birth-certificate': { zh: '出生医学证明', en: 'medical certificate of birth' },
  'household-registration': {
    zh: '户口簿或户口登记、迁移证明',
    en: 'household register, or certificate of an entry or a move in it',
  },
  'identity-card': { zh: '居民身份证', en: 'resident identity card' },
  'marriage-certificate': { zh: '结婚证', en: 'marriage certificate' },
  'divorce-certificate': {
    zh: '离婚证或离婚判决书、调解书',
    en: 'divorce certificate, or the judgment or settlement of a court',
  },
  'adoption-registration': { zh: '收养登记证', en: 'certificate of adoption' },
  'court-judgment': { zh: '法院判决书或裁定书', en: 'judgment or ruling of a court' },
  'residence-permit': { zh: '居住证', en: 'residence permit' },
  'housing-contract': { zh: '房屋权属证书或租赁合同', en: 'title to a dwelling, or lease' },
  'committee-statement': { zh: '村（居）民委员会证明', en: 'statement of the villagers’ or residents’ committee' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
export type ChangeEvidence = keyof typeof changeEvidenceTexts;

/** By which of them each kind of change is confirmed [local setting]. */
export const evidenceFor = {
  birth: ['birth-certificate', 'household-registration'],
  joined: [
    'household-registration',
    'marriage-certificate',
    'adoption-registration',
    'court-judgment',
    'committee-statement',
  ],
  identified: ['household-registration', 'identity-card'],
  left: [
    'household-registration',
    'marriage-certificate',
    'divorce-certificate',
    'court-judgment',
    'committee-statement',
  ],
  divided: ['household-registration', 'divorce-certificate', 'court-judgment', 'committee-statement'],
  moved: ['household-registration', 'residence-permit', 'housing-contract', 'committee-statement'],
} as const satisfies Readonly<Record<ChangeKind, readonly ChangeEvidence[]>>;

const isEvidence = (name: string): name is ChangeEvidence => Object.hasOwn(changeEvidenceTexts, name);
const changeEvidence: readonly ChangeEvidence[] = Object.keys(changeEvidenceTexts).filter(isEvidence);

/** So many changes a household keeps; a life has fewer. */
export const mostChanges = 100;

/** A change as a household keeps it: what, when, about whom, by which paper; of a move, from where. */
export const HouseholdChange = z.strictObject({
  /** The event it was told by. */
  changeId: EventId,
  kind: z.enum(changeKinds),
  on: LocalDate,
  /** Null where it is about all of them. */
  personId: PersonId.nullable(),
  evidence: z.enum(changeEvidence),
  movedFrom: DivisionCode.nullable(),
  /** Of a division the other household: the one that was formed, or the one it comes from. */
  otherHouseholdId: HouseholdId.nullable(),
});
export type HouseholdChange = z.infer<typeof HouseholdChange>;
