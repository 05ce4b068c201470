import type { LocalDate } from '../dates.ts';
import type { PersonId } from '../ids.ts';
import type { HouseholdMember } from './household.ts';
import type { RosterHousehold } from './roster-household.ts';

/**
 * The papers by which a death is confirmed: the closed list, each as it is told. Which papers suffice is a local setting, no national
 * rule. What the department that registers deaths delivers as a file is recorded without one of them (functions/compare-piece); any other hint
 * is an alert, and holds no payment.
 */
export const deathEvidenceTexts = {
  'death-certificate': { zh: '居民死亡医学证明（推断）书', en: 'medical certificate of death' },
  'cremation-certificate': { zh: '火化证明', en: 'cremation certificate' },
  'household-registration-cancelled': {
    zh: '户口注销证明',
    en: 'certificate that the household registration was cancelled',
  },
  'court-declaration': { zh: '法院宣告死亡的判决书', en: 'judgment of a court that declares the death' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
export type DeathEvidence = keyof typeof deathEvidenceTexts;

const isEvidence = (name: string): name is DeathEvidence => Object.hasOwn(deathEvidenceTexts, name);
export const deathEvidence: readonly DeathEvidence[] = Object.keys(deathEvidenceTexts).filter(isEvidence);

/** Why nobody can have died on a day. Null: it may be so. */
export const deathDayFault = (
  { birthDate }: HouseholdMember,
  diedOn: LocalDate,
  today: LocalDate,
): 'date.future' | 'death.before-birth' | null => {
  if (diedOn > today) return 'date.future';
  return diedOn < birthDate ? 'death.before-birth' : null;
};

/** The household with a member's death on record, as its next version. Tiers, facts and decisions stay as they are. */
export const withDeath = (roster: RosterHousehold, personId: PersonId, diedOn: LocalDate): RosterHousehold => ({
  ...roster,
  version: roster.version + 1,
  household: {
    ...roster.household,
    members: roster.household.members.map((member) =>
      member.personId === personId ? { ...member, deceasedOn: diedOn } : member,
    ),
  },
});
