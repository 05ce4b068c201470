import type { SubmitApplicationBody, SubmittedApplication } from '../../contracts/api/applications.ts';
import type { Application } from '../../domain/applications/application.ts';
import { dateInChina, type Instant, type LocalDate } from '../../domain/dates.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { Paper } from '../../domain/households/papers.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { ApplicationId, HouseholdId, type NewId, PersonId, ReviewId } from '../../domain/ids.ts';
import type { Contact, PaymentAccount } from '../../domain/people/contact.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { ResidentId } from '../../domain/people/resident-id.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { declaredFacts } from './declared-facts.ts';
import type { KnownHousehold } from './find-household.ts';

interface Parts {
  newId: NewId;
  body: SubmitApplicationBody;
  residentIds: readonly ResidentId[];
  known: KnownHousehold;
  division: DivisionCode;
  submittedBy: string;
  agency: string | null;
}

/** The aggregates a submission creates, and the answer to it. Pure: ids and the moment are given. */
export const assembleApplication = (
  parts: Parts,
  at: Instant,
): { application: Application; household: RosterHousehold; review: Review; answer: SubmittedApplication } => {
  const { newId, body, known, division, submittedBy, agency } = parts;
  const today = dateInChina(at);
  const personIds = body.members.map((_, index) => known.people[index]?.personId ?? PersonId.parse(`per_${newId()}`));
  const household = assembleHousehold(parts, personIds, at);
  const { householdId } = household.household;
  const papers = papersOnFile(body, personIds, today);
  const missing = missingPapers({ ...household.household, date: today }, papers);
  const application: Application = {
    applicationId: ApplicationId.parse(`app_${newId()}`),
    householdId,
    reviewId: ReviewId.parse(`rev_${newId()}`),
    version: 1,
    state: missing.length === 0 ? 'accepted' : 'submitted',
    division,
    submittedAt: at,
    submittedBy,
    agency,
    acceptedOn: missing.length === 0 ? today : null,
    declarationSignedOn: body.declarationSignedOn,
    consentToNextTier: body.consentToNextTier,
    consents: body.members.flatMap(({ consent }, index) => {
      const personId = personIds[index];
      return consent === null || personId === undefined ? [] : [{ personId, ...consent }];
    }),
    papers: [...papers],
    requestedPapers: [],
    determinationId: null,
  };
  const { applicationId, reviewId, state, acceptedOn } = application;
  return {
    application,
    household: { ...household, applicationId },
    review: openedReview(application),
    answer: {
      applicationId,
      householdId,
      reviewId,
      state,
      acceptedOn,
      members: body.members.map(({ ref }, index) => ({ ref, personId: personIds[index] ?? PersonId.parse('') })),
      missingPapers: [...missing],
    },
  };
};

const assembleHousehold = (
  { newId, body, residentIds, known }: Parts,
  personIds: readonly PersonId[],
  at: Instant,
): RosterHousehold => {
  const before = known.household;
  const householdId = before?.household.householdId ?? HouseholdId.parse(`hh_${newId()}`);
  const members = body.members.map((member, index): HouseholdMember => {
    const residentId = residentIds[index];
    const personId = personIds[index];
    if (residentId === undefined || personId === undefined) throw new Error('a member without a checked resident ID');
    const { relation, fullTimeStudent, notCounted } = member;
    const { birthDate, sex } = residentId;
    const tier = before?.household.members.find((known) => known.personId === personId)?.tier ?? 'NONE';
    return { personId, relation, birthDate, sex, fullTimeStudent, notCounted, tier, deceasedOn: null };
  });
  return {
    household: {
      householdId,
      registeredDivision: body.registeredDivision,
      residenceDivision: body.residenceDivision,
      settlement: body.settlement,
      members: [...(before?.household.members.filter(({ deceasedOn }) => deceasedOn !== null) ?? []), ...members],
      facts: [...(before?.household.facts ?? []), ...declaredFacts(body, { householdId, personIds }, at)],
      tier: before?.household.tier ?? 'NONE',
      ...(before?.household.history === undefined ? {} : { history: before.household.history }),
    },
    identities: [
      // Whoever has died or left is still known by name and ID, so that the person can be found and, one day, erased.
      ...(before?.identities.filter(({ personId }) => !personIds.includes(personId)) ?? []),
      ...body.members.map(({ name }, index) => ({
        personId: personIds[index] ?? PersonId.parse(''),
        name,
        residentId: residentIds[index]?.id18 ?? null,
      })),
    ],
    ...contactsOf(body, personIds, before),
    version: (before?.version ?? 0) + 1,
    applicationId: null,
    determinationId: before?.determinationId ?? null,
  };
};

/** How the members are reached and paid: what is given now, and what was known before where nothing is. Money goes to one account. */
const contactsOf = (
  { members, account }: SubmitApplicationBody,
  personIds: readonly PersonId[],
  before: RosterHousehold | undefined,
): Pick<RosterHousehold, 'contacts'> => {
  const known = before?.contacts ?? [];
  const accountOf = (ref: string, last: Contact | undefined): PaymentAccount | null => {
    if (account === undefined) return last?.account ?? null;
    return account.holder === ref ? { bank: account.bank, number: account.number } : null;
  };
  const contacts = members
    .map(({ ref, phone }, index): Contact => {
      const personId = personIds[index] ?? PersonId.parse('');
      const last = known.find((contact) => contact.personId === personId);
      return { personId, phone: phone ?? last?.phone ?? null, account: accountOf(ref, last) };
    })
    .filter((contact) => contact.phone !== null || contact.account !== null);
  return contacts.length > 0 ? { contacts } : {};
};

/** The declaration and the consents are in the request itself; the other papers are those it lists. */
const papersOnFile = (
  body: SubmitApplicationBody,
  personIds: readonly PersonId[],
  today: LocalDate,
): readonly Paper[] => {
  const idOf = (ref: string | null): PersonId | null =>
    personIds[body.members.findIndex((member) => member.ref === ref)] ?? null;
  return [
    { kind: 'truth-declaration', personId: null, receivedOn: today },
    ...body.members
      .filter(({ consent }) => consent !== null && consent.expiresOn >= today)
      .map(({ ref }): Paper => ({ kind: 'consent', personId: idOf(ref), receivedOn: today })),
    ...body.papers.map(({ kind, member }): Paper => ({ kind, personId: idOf(member), receivedOn: today })),
  ];
};

const openedReview = ({ reviewId, applicationId, householdId, division }: Application): Review => ({
  reviewId,
  applicationId,
  householdId,
  version: 1,
  state: 'opened',
  division,
  round: 1,
  opinion: null,
  assessors: [],
  determinationId: null,
});
