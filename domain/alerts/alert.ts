import { z } from 'zod';
import { ItemCode } from '../catalogue/catalogue.ts';
import { Instant, LocalDate } from '../dates.ts';
import { Dataset } from '../facts/fact.ts';
import { factKindNames } from '../facts/fact-kinds.ts';
import { AlertId, HouseholdId, PersonId, TaskId } from '../ids.ts';
import { alertStates } from '../lifecycles/alert.ts';
import { DivisionCode } from '../people/divisions.ts';
import { alertDispositions, alertLevels } from './alert-rule.ts';

/** A fact an alert rests on: of which kind, about whom, from where and as of when. What it says stays with the household. */
export const AlertEvidence = z.strictObject({
  kind: z.enum(factKindNames),
  /** Null for what is about the household. */
  personId: PersonId.nullable(),
  dataset: Dataset,
  asOf: LocalDate,
});
export type AlertEvidence = z.infer<typeof AlertEvidence>;

/** What an officer rested a disposition on [a list of this platform: local setting, no national rule]. */
export const dispositionGrounds = [
  'home-visit',
  'household-statement',
  'department-answer',
  'delivery-record',
  'panel-minutes',
  'other-paper',
] as const;

/** Whether the alert was right: by it the precision of a rule is counted. */
export const alertVerdicts = ['confirmed', 'false-alarm'] as const;
export type AlertVerdict = (typeof alertVerdicts)[number];

/** How an alert ended: in one of four ways, by a person, with what it rests on (D39 section 3(4)). */
export const AlertDisposal = z.strictObject({
  disposition: z.enum(alertDispositions),
  verdict: z.enum(alertVerdicts),
  grounds: z.array(z.enum(dispositionGrounds)).min(1),
  note: z.string().min(1),
  by: z.string(),
});
export type AlertDisposal = z.infer<typeof AlertDisposal>;

/**
 * A warning that a household needs somebody's attention. It takes nothing from anyone: it asks an officer to look. Which rule it is, whom it
 * is about and what it rests on lie in an envelope, since a rule's name says what ails somebody.
 */
export const Alert = z.strictObject({
  alertId: AlertId,
  version: z.int().min(1),
  state: z.enum(alertStates),
  level: z.enum(alertLevels),
  householdId: HouseholdId,
  division: DivisionCode,
  /** The task of the county by whose deadline it is to be disposed. */
  taskId: TaskId,
  raisedAt: Instant,
  /** When what it rests on last changed while it was open. */
  refreshedAt: Instant.nullable(),
  disposedAt: Instant.nullable(),
  rule: ItemCode,
  /** The first day of the version of the rule that fired last. */
  ruleFrom: LocalDate,
  /** The members it is about; none when it is about the household. */
  persons: z.array(PersonId),
  evidence: z.array(AlertEvidence),
  /** Hash of what made the rule fire, values included, or several: by it the same is known again, whenever it is told. */
  mark: z.string(),
  disposal: AlertDisposal.nullable(),
});
export type Alert = z.infer<typeof Alert>;
