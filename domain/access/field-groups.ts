import type { CallerRole } from './roles.ts';

/** Fields of an answer that belong together, and who sees them. */
export interface FieldGroup {
  readonly fields: readonly string[];
  readonly seenBy: readonly CallerRole[];
}

const caseRoles = ['township-worker', 'county-worker', 'approver', 'provincial', 'auditor'] as const;
const withAgencies = [...caseRoles, 'agency'] as const;

/**
 * Answers of which not every caller sees the whole: their fields in groups, each with the roles that see it. What is in no group
 * leaves for nobody; a test holds every field of such an answer to exactly one group.
 */
export const answers = {
  'application': {
    'where it stands': {
      fields: ['applicationId', 'state', 'submittedAt', 'acceptedOn', 'missingPapers'],
      seenBy: withAgencies,
    },
    'what was handed in': { fields: ['consentToNextTier', 'members'], seenBy: withAgencies },
    // Papers may have come from others than the agency, and the rest leads to records that are not an agency's.
    'the case': {
      fields: ['householdId', 'reviewId', 'division', 'papers', 'determinationId'],
      seenBy: caseRoles,
    },
  },
  'submitted-application': {
    'where it stands': {
      fields: ['applicationId', 'state', 'acceptedOn', 'missingPapers'],
      seenBy: withAgencies,
    },
    'what was handed in': { fields: ['members'], seenBy: withAgencies },
    'the case': { fields: ['householdId', 'reviewId'], seenBy: caseRoles },
  },
  'task': {
    'the work': {
      fields: [
        ...['taskId', 'kind', 'state', 'reviewId', 'applicationId', 'householdId', 'determinationId', 'emergencyAidId'],
        ...['grievanceId', 'alertId', 'reportId', 'missedNeed', 'division'],
        'performers',
        ...['openedAt', 'dueOn', 'dueProvisional', 'dueBasis', 'remindedAt', 'escalatedAt', 'extendedFor', 'completed'],
      ],
      seenBy: caseRoles,
    },
    'the case': { fields: ['missingPapers', 'opinion', 'missedItem', 'discrepancies'], seenBy: caseRoles },
    // An auditor asks whether the work was done, and by the rules; whose household it was is not part of the question.
    'the people': { fields: ['members', 'otherDeceasedOn'], seenBy: ['township-worker', 'county-worker', 'approver'] },
  },
  'emergency-aid': {
    'the aid': {
      fields: [
        ...['emergencyAidId', 'state', 'incidentDivision', 'settlement', 'happenedOn', 'reportedOn', 'amount', 'cap'],
        ...['reserve', 'handler', 'decidedAt', 'dueOn', 'dueRule', 'paidOn', 'paidInTime', 'papersDueOn'],
        ...['papersRule', 'papersReceivedAt', 'closedAt', 'hardshipLasts', 'notPaidFor'],
      ],
      seenBy: caseRoles,
    },
    // What befell somebody may say how ill they are.
    'the person': {
      fields: ['person', 'cause', 'papers'],
      seenBy: ['township-worker', 'county-worker', 'approver'],
    },
  },
  'grievance': {
    'where it stands': {
      fields: [
        ...['grievanceId', 'state', 'kind', 'about', 'division', 'determinationId', 'aboutTaskId', 'receivedAt'],
        ...['acceptBy', 'acceptRule', 'acceptedAt', 'decideBy', 'decideRule', 'refusedFor', 'endedAt', 'remedyTaskId'],
      ],
      seenBy: withAgencies,
    },
    'the answer': { fields: ['reasons'], seenBy: ['township-worker', 'county-worker', 'approver', 'agency'] },
    // Who complained is known to whoever examines, and never to whom it is about.
    'the complaint': { fields: ['complainant', 'grounds'], seenBy: ['county-worker', 'approver'] },
  },
  'report': {
    'where it stands': {
      fields: [
        ...['reportId', 'state', 'division', 'identified', 'timesTold', 'joinedTo', 'taskId', 'receivedAt', 'dueOn'],
        ...['dueRule', 'followedUpAt', 'endedAt', 'applicationId', 'keptUntil', 'keptRule', 'erasedAt'],
        'possibleDuplicates',
      ],
      seenBy: ['township-worker', 'county-worker', 'provincial', 'auditor'],
    },
    // Whoever supervises asks whether somebody went, and in time; who it is about is not part of the question.
    'the person': {
      fields: ['accounts', 'known', 'coverage', 'note'],
      seenBy: ['township-worker', 'county-worker'],
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldGroup>>>>;
export type AnswerName = keyof typeof answers;

const groupsOf = (answer: AnswerName): readonly FieldGroup[] => Object.values<FieldGroup>(answers[answer]);

/** The fields of an answer that a role may see. */
export const fieldsSeenBy = (answer: AnswerName, role: CallerRole): ReadonlySet<string> =>
  new Set(groupsOf(answer).flatMap(({ fields, seenBy }) => (seenBy.includes(role) ? fields : [])));

/** The fields of an answer that at least one of the roles does not see: a client must be ready not to find them. */
export const fieldsNotForAll = (answer: AnswerName, roles: readonly CallerRole[]): readonly string[] =>
  groupsOf(answer).flatMap(({ fields, seenBy }) => (roles.every((role) => seenBy.includes(role)) ? [] : fields));
