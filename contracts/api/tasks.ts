import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { ChoiceValue } from '../../domain/facts/fact.ts';
import { factKinds, isFactKind } from '../../domain/facts/fact-kinds.ts';
import { MissingPaper } from '../../domain/households/papers.ts';
import {
  AlertId,
  ApplicationId,
  DeterminationId,
  EmergencyAidId,
  GrievanceId,
  HouseholdId,
  PersonId,
  ReferralId,
  ReportId,
  ReviewId,
  TaskId,
} from '../../domain/ids.ts';
import { lookedIntoKinds, taskKinds, taskStates } from '../../domain/lifecycles/task.ts';
import { Fen } from '../../domain/money.ts';
import { disabilityCategories } from '../../domain/people/disability.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { Opinion } from '../../domain/reviews/review.ts';
import { AlikeRecords, missedNeedOutcomes, taskOutcomes } from '../../domain/tasks/task.ts';
import { fault } from '../field-faults.ts';
import { CountyField, DateField, FenField, pageLimit } from './fields.ts';

/** A fact as two investigators found it. Whether the value fits the kind is checked against the list of kinds. */
export const FoundFact = z.strictObject({
  kind: z
    .string()
    .refine(isFactKind, fault('fact.kind'))
    .meta({ description: `One of: ${Object.keys(factKinds).join(', ')}` }),
  personId: PersonId.nullable().default(null).meta({ description: 'The member it is about; null for the household.' }),
  value: z.union([
    FenField,
    z.boolean(),
    DateField,
    z.strictObject({ category: z.enum(disabilityCategories), level: z.int().min(1).max(4) }),
    ChoiceValue,
  ]),
});

const Note = z.string().trim().min(1).max(2_000);

/** Who went to a home, when, and what they found. */
const seen = {
  visitedOn: DateField,
  investigators: z
    .array(z.string().min(1).max(100))
    .min(2, fault('assessor.too-few'))
    .max(10)
    .refine((names) => new Set(names).size === names.length, fault('assessor.duplicate'))
    .meta({ description: 'Subjects of at least two investigators; the caller is one of them (D57 article 16).' }),
  findings: z.array(FoundFact).max(100),
} as const;
/** What two investigators say of a visit to the home. */
const visit = { ...seen, note: Note.optional() } as const;

/** What each kind of task wants to hear when it is done. */
export const TaskResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('field-assessment'),
    ...visit,
  }),
  z.strictObject({
    kind: z.literal('periodic-review'),
    ...visit,
  }),
  z.strictObject({
    kind: z.literal('county-confirmation'),
    decision: z.enum(['confirm', 'return']),
    note: Note.optional(),
  }),
  z.strictObject({
    kind: z.literal('case-panel'),
    findings: z.array(FoundFact).max(100),
    note: Note,
  }),
  z.strictObject({
    kind: z.literal('policy-change-check'),
    decision: z.enum(['confirm', 'keep']).meta({
      description: 'confirm: what was decided anew holds from now on; keep: what stood goes on standing.',
    }),
    note: Note.optional(),
  }),
  z.strictObject({
    kind: z.literal('emergency-full-review'),
    applicationId: ApplicationId.nullable().meta({
      description: 'The full application that was taken; null when the family wants none.',
    }),
    note: Note.optional(),
  }),
  z.strictObject({
    kind: z.literal('grievance-remedy'),
    applicationId: ApplicationId.nullable().meta({
      description: 'The application on which the household is decided anew; null when that is not what puts it right.',
    }),
    review: z
      .strictObject(seen)
      .nullable()
      .default(null)
      .meta({
        description:
          'The review that is opened again: what was found at the home, by which the household is decided anew without a new application. What an ' +
          'administrative review has upheld ends with this or with an application.',
      }),
    note: Note,
  }),
  z.strictObject({
    kind: z.enum(lookedIntoKinds),
    outcome: z.enum(missedNeedOutcomes).meta({
      description:
        'remedied: what was missing was given or is under way, or one of two registrations has been ended; nothing-missing: somebody looked, and nothing was, or they are two people.',
    }),
    note: Note,
  }),
]);
export type TaskResult = z.infer<typeof TaskResult>;

export const ExtensionBody = z.strictObject({
  reason: z.string().min(1).max(50).meta({ description: 'Code of a statutory reason for the longer limit.' }),
});

export const TaskView = z.strictObject({
  taskId: TaskId,
  kind: z.enum(taskKinds),
  state: z.enum(taskStates),
  /** Whose task it is: of a case with its household, of quick aid in an emergency, of a grievance, of an alert, or of a report. The others are null. */
  reviewId: ReviewId.nullable(),
  applicationId: ApplicationId.nullable(),
  householdId: HouseholdId.nullable(),
  determinationId: DeterminationId.nullable().meta({
    description:
      'Of a policy-change-check: the decision that waits for it; null where a household has changed and the rules cannot decide it.',
  }),
  emergencyAidId: EmergencyAidId.nullable(),
  grievanceId: GrievanceId.nullable(),
  alertId: AlertId.nullable(),
  reportId: ReportId.nullable(),
  /** Of the daily scan: what it is told as, and what it is about. */
  missedNeed: z
    .strictObject({
      zh: z.string(),
      en: z.string(),
      foundOn: LocalDate,
      month: Month.nullable(),
      determinationId: DeterminationId.nullable(),
      referralId: ReferralId.nullable(),
      alike: AlikeRecords.nullable().meta({
        description:
          'Of a possible double registration: the member of this household, and the other record with its household and county.',
      }),
    })
    .nullable(),
  division: DivisionCode,
  performers: z.array(z.string()),
  openedAt: Instant,
  dueOn: LocalDate,
  dueProvisional: z.boolean(),
  /** The rule the deadline comes from, and whether it is law or a local setting. */
  dueBasis: z.strictObject({ amount: z.int(), unit: z.string(), basis: z.string(), citation: z.string() }),
  remindedAt: Instant.nullable(),
  escalatedAt: Instant.nullable(),
  extendedFor: z.string().nullable(),
  completed: z.strictObject({ at: Instant, outcome: z.enum(taskOutcomes) }).nullable(),
});
export type TaskView = z.infer<typeof TaskView>;

/** A task with what its performer needs to see to do it. */
export const TaskDetail = TaskView.extend({
  members: z.array(z.strictObject({ personId: PersonId, relation: z.string(), maskedName: z.string() })),
  missingPapers: z.array(MissingPaper),
  opinion: Opinion.omit({ evaluationHash: true }).nullable(),
  /** Of a month that was missed: what the decision entitles to. Null for other tasks, and where nobody can read the decision any more. */
  missedItem: z.strictObject({ item: z.string(), personId: PersonId.nullable(), amount: Fen }).nullable(),
  otherDeceasedOn: LocalDate.nullable().meta({
    description:
      'Of a possible double registration: the day on which the person of the other record has died, by that record. Null where it says of no death, and for other tasks.',
  }),
  /** Facts on file that differ from what the household declared. */
  discrepancies: z.array(z.strictObject({ kind: z.string(), personId: PersonId.nullable(), dataset: z.string() })),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

export const TaskListQuery = z.strictObject({
  county: CountyField.optional().meta({ description: 'Needed of callers whose scope is wider than one county.' }),
  limit: pageLimit(100, 50),
});
export const TaskList = z.strictObject({ tasks: z.array(TaskView), nextCursor: z.string().nullable() });
