import { digest } from '../../adapters/runtime.ts';
import type { Application } from '../../domain/applications/application.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { seenOn } from '../../domain/determinations/seen.ts';
import { DomainEvent, type EventType } from '../../domain/events/event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { ApplicationId, DeterminationId, HouseholdId, NoticeId, PersonId, ReviewId, TaskId } from '../../domain/ids.ts';
import { Fen } from '../../domain/money.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Review } from '../../domain/reviews/review.ts';
import type { AggregateWrite, Change, PersonClaim } from '../../domain/store/roster-store.ts';
import type { CaseTask } from '../../domain/tasks/task.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { residentId } from './people.ts';

/** Words that must be found nowhere outside an envelope. */
export const canaries = {
  name: '金丝雀甲',
  residentId: residentId('1958-03-12', 901),
  investigator: 'canary-investigator',
  note: 'canary-note',
  grounds: 'canary-grounds of an objection',
  amount: 4_711_013,
  phone: '15500004711',
  account: '62000000000004711',
} as const;

const startedAt = Instant.parse('2026-03-02T01:00:00.000Z');
const division = DivisionCode.parse('140121100');
const day = LocalDate.parse('2026-03-02');

/** One of each aggregate, consistent with each other, in their first version. Equal names make equal ids. */
export const recordsOf = (name: string) => {
  const hex = (kind: string): string => digest(`${kind} of ${name}`).slice(0, 32);
  const ids = {
    applicationId: ApplicationId.parse(`app_${hex('application')}`),
    householdId: HouseholdId.parse(`hh_${hex('household')}`),
    reviewId: ReviewId.parse(`rev_${hex('review')}`),
  };
  const taskId = TaskId.parse(`tsk_${hex('task')}`);
  const noticeId = NoticeId.parse(`ntc_${hex('notice')}`);
  const determinationId = DeterminationId.parse(`det_${hex('determination')}`);
  const personId = PersonId.parse(`per_${hex('person')}`);
  const household: RosterHousehold = {
    household: {
      householdId: ids.householdId,
      registeredDivision: division,
      residenceDivision: division,
      settlement: 'rural',
      members: [
        {
          personId,
          relation: 'applicant',
          birthDate: LocalDate.parse('1958-03-12'),
          sex: 'male',
          fullTimeStudent: false,
          notCounted: null,
          tier: 'NONE',
          deceasedOn: null,
        },
      ],
      facts: [
        {
          kind: 'income.transfer',
          subject: personId,
          value: Fen.parse(canaries.amount),
          unit: 'fen-per-12-months',
          dataset: 'declaration',
          asOf: day,
          recordedAt: startedAt,
        },
        {
          kind: 'disability',
          subject: personId,
          value: { category: 'psychiatric', level: 2 },
          unit: 'certificate',
          dataset: 'declaration',
          asOf: day,
          recordedAt: startedAt,
        },
      ],
      tier: 'NONE',
    },
    // Of two households nobody is the same by name, or a scan would look into it.
    identities: [{ personId, name: `${canaries.name}${name}`, residentId: canaries.residentId }],
    contacts: [{ personId, phone: canaries.phone, account: { bank: '金丝雀银行', number: canaries.account } }],
    version: 1,
    applicationId: ids.applicationId,
    determinationId: null,
  };
  const application: Application = {
    ...ids,
    version: 1,
    state: 'accepted',
    division,
    submittedAt: startedAt,
    submittedBy: 'li-investigator',
    agency: null,
    acceptedOn: day,
    declarationSignedOn: day,
    consentToNextTier: true,
    consents: [{ personId, givenOn: day, expiresOn: LocalDate.parse('2027-03-01') }],
    papers: [{ kind: 'disability-certificate', personId, receivedOn: day }],
    requestedPapers: [{ kind: 'illness-diagnosis', personId }],
    determinationId: null,
  };
  const review: Review = {
    ...ids,
    version: 1,
    state: 'opened',
    division,
    round: 1,
    opinion: null,
    assessors: [],
    determinationId: null,
  };
  const task: CaseTask = {
    ...ids,
    taskId,
    kind: 'field-assessment',
    version: 1,
    state: 'open',
    division,
    openedAt: startedAt,
    dueOn: LocalDate.parse('2026-03-16'),
    dueProvisional: false,
    remindAt: Instant.parse('2026-03-13T06:12:00.000Z'),
    remindedAt: null,
    escalatedAt: null,
    extendedFor: null,
    completion: null,
  };
  const notice: Notice = {
    ...ids,
    noticeId,
    version: 1,
    state: 'published',
    division,
    publishedAt: startedAt,
    endsOn: LocalDate.parse('2026-03-09'),
    applicantName: canaries.name,
    memberCount: 1,
    monthlyAmount: Fen.parse(50_000),
    objection: null,
  };
  const determination: Determination = {
    ...ids,
    determinationId,
    version: 1,
    division,
    outcome: 'granted',
    refusedFor: null,
    policyVersion: 'a policy',
    evaluatedOn: day,
    decidedOn: day,
    payableFrom: LocalDate.parse('2026-04-01'),
    recordedAt: startedAt,
    confirmedBy: 'zhao-approver',
    tier: 'MINIMUM_LIVING_ALLOWANCE',
    memberTiers: [{ personId, tier: 'AS_HOUSEHOLD' }],
    entitlements: [
      { item: 'minimum-living-allowance', personId: null, amount: Fen.parse(canaries.amount), period: 'month' },
    ],
    seen: seenOn(household.household, shanxiPack, day),
    evaluationHash: '0'.repeat(64),
    workingDaysUsed: 5,
  };
  const eventOf = (type: EventType, number = 1, at: Instant = startedAt): DomainEvent =>
    DomainEvent.parse({
      eventId: `evt_${digest(`${type} ${number} of ${name}`).slice(0, 32)}`,
      type,
      at,
      applicationId: ids.applicationId,
      reviewId: ids.reviewId,
      taskId: null,
      noticeId: null,
    });
  const claim = (changes: Partial<PersonClaim> = {}): PersonClaim => ({
    residentId: residentId('1958-03-12', Number.parseInt(hex('claim').slice(0, 4), 16) % 1_000),
    personId,
    householdId: ids.householdId,
    applicationId: ids.applicationId,
    seen: undefined,
    ...changes,
  });
  /** A command about these records; each with an event of its own unless one is given. */
  const change = (
    aggregates: readonly AggregateWrite[],
    more: Partial<Change> & { number?: number; type?: EventType } = {},
  ): Change => {
    const { number = 1, type = 'ApplicationSubmitted', ...rest } = more;
    return {
      aggregates,
      event: eventOf(type, number),
      actor: { role: 'township-worker', subject: 'li-investigator' },
      division,
      ...rest,
    };
  };
  return { household, application, review, task, notice, determination, personId, eventOf, claim, change, startedAt };
};
export type Records = ReturnType<typeof recordsOf>;

/** All six aggregates in their first version. */
export const firstWrites = (records: Records): AggregateWrite[] => [
  { kind: 'application', value: records.application, from: [] },
  { kind: 'household', value: records.household },
  { kind: 'review', value: records.review, from: [] },
  { kind: 'task', value: records.task, from: [] },
  { kind: 'notice', value: records.notice, from: [] },
  { kind: 'determination', value: records.determination },
];
