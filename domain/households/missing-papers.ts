import { isAdultOn, type LocalDate } from '../dates.ts';
import { countedIncome } from '../facts/counted-income.ts';
import type { Fact } from '../facts/fact.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import type { HouseholdMember } from './household.ts';
import { type MissingPaper, type Paper, type PaperKind, paperKinds } from './papers.ts';

/** What decides which papers are needed: who the members are and what the household has declared. */
export interface Circumstances {
  members: readonly HouseholdMember[];
  facts: readonly Fact[];
  date: LocalDate;
}

/** Receipts are asked for where spending of the kind is declared (DRE article 5). */
const receiptsFor: Readonly<Partial<Record<PaperKind, FactKind>>> = {
  'medical-receipts': 'expenditure.medical',
  'education-receipts': 'expenditure.education',
  'rehabilitation-receipts': 'expenditure.rehabilitation',
};

const declares = (facts: readonly Fact[], subject: string | null, kinds: readonly FactKind[]): boolean =>
  facts.some(
    (fact) =>
      kinds.includes(fact.kind) &&
      (subject === null || fact.subject === subject) &&
      fact.value !== false &&
      fact.value !== 0,
  );

const neededOf = (member: HouseholdMember, { facts, date }: Circumstances): PaperKind[] => {
  const adult = isAdultOn(member.birthDate, date);
  const needed: Partial<Record<PaperKind, boolean>> = {
    'identity-document': true,
    'consent': adult,
    'income-proof': adult && declares(facts, member.personId, countedIncome),
    'disability-certificate': declares(facts, member.personId, ['disability']),
    'illness-diagnosis': declares(facts, member.personId, ['illness.major']),
    'enrolment-certificate': adult && member.fullTimeStudent,
  };
  return paperKinds.filter((kind) => needed[kind] === true);
};

/**
 * Everything that is needed and not on file, in one list, so that the household is asked once (D57 article 10, D43 article
 * 12). Household papers come first, then each member's in the order of the members. A member who has died needs none; one who
 * is not counted (imprisoned, missing) is only identified.
 */
export const missingPapers = (
  circumstances: Circumstances,
  papersOnFile: readonly Paper[],
): readonly MissingPaper[] => {
  const { members, facts, date } = circumstances;
  const household: PaperKind[] = ['household-register', 'truth-declaration'];
  for (const kind of paperKinds) {
    const spending = receiptsFor[kind];
    if (spending !== undefined && declares(facts, null, [spending])) household.push(kind);
  }
  const needed: MissingPaper[] = household.map((kind) => ({ kind, personId: null }));
  for (const member of members) {
    if (member.deceasedOn !== null && member.deceasedOn <= date) continue;
    const kinds = member.notCounted === null ? neededOf(member, circumstances) : (['identity-document'] as const);
    needed.push(...kinds.map((kind) => ({ kind, personId: member.personId })));
  }
  return needed.filter(
    ({ kind, personId }) => !papersOnFile.some((paper) => paper.kind === kind && paper.personId === personId),
  );
};
