import { z } from 'zod';
import { AlertEvidence, alertVerdicts, dispositionGrounds } from '../../domain/alerts/alert.ts';
import { alertDispositions, alertLevels } from '../../domain/alerts/alert-rule.ts';
import { Month } from '../../domain/assistance/period.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { bases } from '../../domain/deadlines/clock.ts';
import { evaluationStatuses } from '../../domain/eligibility/evaluation.ts';
import { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import { AlertId, HouseholdId, PersonId, TaskId } from '../../domain/ids.ts';
import { alertStates } from '../../domain/lifecycles/alert.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { CountyField, OfficeField, pageLimit } from './fields.ts';

const Words = z.strictObject({ zh: z.string(), en: z.string() });

/** A rule as it is told beside an alert; its basis says whether it is law or a local setting. */
const RuleView = z.strictObject({
  code: z.string(),
  name: Words,
  basis: z.enum(bases),
  citation: z.string(),
});

export const AlertListQuery = z.strictObject({
  county: CountyField.optional().meta({ description: 'Needed of callers whose scope is wider than one county.' }),
  state: z.enum(alertStates).default('open'),
  limit: pageLimit(100, 50),
});

export const AlertSummary = z.strictObject({
  alertId: AlertId,
  state: z.enum(alertStates),
  level: z.enum(alertLevels),
  rule: RuleView,
  householdId: HouseholdId,
  division: DivisionCode,
  taskId: TaskId,
  raisedAt: Instant,
  refreshedAt: Instant.nullable(),
  disposedAt: Instant.nullable(),
});
export type AlertSummary = z.infer<typeof AlertSummary>;
export const AlertList = z.strictObject({ alerts: z.array(AlertSummary), nextCursor: z.string().nullable() });

/** What the rules would decide of the household as it is now. It is told to be looked at: nothing is decided by it. */
const WouldBe = z.strictObject({
  status: z.enum(evaluationStatuses),
  tierStanding: HouseholdTier,
  tier: HouseholdTier.nullable().meta({ description: 'Null where the rules cannot decide.' }),
  amount: Fen.nullable().meta({ description: 'In whole fen a month; null where the rules cannot decide.' }),
  reasons: z.strictObject({ zh: z.array(z.string()), en: z.array(z.string()) }),
});

export const AlertView = AlertSummary.extend({
  persons: z.array(PersonId),
  /** Kinds of facts with dataset and day; what they say is read with the household. */
  evidence: z.array(AlertEvidence),
  /** Why it was raised. */
  why: Words,
  suggests: z.enum(alertDispositions),
  dueOn: LocalDate,
  dueBasis: z.strictObject({ amount: z.int(), unit: z.string(), basis: z.string(), citation: z.string() }),
  escalatedAt: Instant.nullable(),
  /** Whether the rule fires for the household as it is now, on whatever facts. An alert that has ended is not looked at again. */
  firesNow: z.boolean().nullable(),
  wouldBe: WouldBe.nullable().meta({ description: 'Null of an alert that has ended.' }),
  disposal: z
    .strictObject({
      disposition: z.enum(alertDispositions),
      verdict: z.enum(alertVerdicts),
      grounds: z.array(z.enum(dispositionGrounds)),
      note: z.string(),
      by: z.string(),
    })
    .nullable(),
});
export type AlertView = z.infer<typeof AlertView>;

export const AlertDispositionBody = z.strictObject({
  disposition: z.enum(alertDispositions).meta({ description: 'One of the four ways of D39 section 3(4).' }),
  verdict: z
    .enum(alertVerdicts)
    .meta({ description: 'Whether the alert was right: the precision of the rule is counted by it.' }),
  grounds: z
    .array(z.enum(dispositionGrounds))
    .min(1)
    .max(dispositionGrounds.length)
    .meta({ description: 'What it rests on: a list of this platform, a local setting and no national rule.' }),
  note: z.string().trim().min(1).max(2_000),
});
export type AlertDispositionBody = z.infer<typeof AlertDispositionBody>;

export const AlertRulesQuery = z.strictObject({
  division: OfficeField.meta({ description: 'Whose alerts the precision is counted of.' }),
});

const count = (description: string) => z.int().min(0).meta({ description });
const precision = {
  confirmed: count('disposed alerts that were right'),
  falseAlarms: count('disposed alerts that were not'),
  precision: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'the share that was right; null where none was disposed of' }),
  tooOftenWrong: z.boolean().meta({
    description:
      'enough were disposed of to judge, and too few were right: both are parameters of the policy, local settings',
  }),
};

export const AlertRulesView = z.strictObject({
  division: DivisionCode,
  /** The months of disposal that are looked back on, both included; the last is the present one. */
  months: z.strictObject({ from: Month, to: Month }),
  /** What makes a rule too often wrong, with what that rests on. */
  judgedBy: z.strictObject({ floor: z.number(), from: z.int(), basis: z.enum(bases), citation: z.string() }),
  rules: z.array(
    RuleView.extend({
      level: z.enum(alertLevels),
      suggests: z.enum(alertDispositions),
      when: Words,
      validFrom: LocalDate,
      inForce: z.boolean().meta({ description: 'False for a rule that has ended and whose alerts are still counted.' }),
      ...precision,
    }),
  ),
  datasets: z.array(z.strictObject({ dataset: z.string(), ...precision })),
});
export type AlertRulesView = z.infer<typeof AlertRulesView>;
