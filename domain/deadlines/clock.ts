import { z } from 'zod';

/** What a rule rests on. `local-setting`: the law leaves it to the locality. `assumption`: nobody has set it yet. */
export const bases = ['statute', 'local-setting', 'assumption'] as const;
export const Basis = z.enum(bases);
export type Basis = z.infer<typeof Basis>;

export const clockUnits = ['working-day', 'calendar-day', 'hour'] as const;

/** How long something may take, from the day (or moment) it starts, with the rule it comes from. */
export const Clock = z.strictObject({
  amount: z.int().min(1).max(1_000),
  unit: z.enum(clockUnits),
  basis: Basis,
  citation: z.string().min(1),
});
export type Clock = z.infer<typeof Clock>;

/**
 * Every clock of the platform: first those of the steps of one review (a task's clock has the name of its kind), then the
 * statutory totals and notices (D57 articles 10 to 22, D43 articles 13 to 23, D22 point 4).
 */
export const clockKeys = [
  'supply-papers',
  'field-assessment',
  'public-notice',
  'county-confirmation',
  'case-panel',
  'review.total',
  'review.total-delegated',
  'review.total-special',
  'investigation.start',
  'information-check.start',
  'extreme-hardship.investigation',
  'extreme-hardship.confirmation',
  'extreme-hardship.self-care-report',
  'refusal.notice',
  'monitoring.identification',
  'monitoring.notice',
  'emergency.quick-aid',
  'emergency.first-response',
  'emergency.papers',
  'emergency.closure',
  'emergency.full-review',
  'referral.acceptance',
  'referral.result',
  'grievance.acceptance',
  'grievance.complaint',
  'grievance.administrative-review',
  'grievance.remedy',
  'missed-need.month-over',
  'missed-need.delivery',
  'missed-need.answer',
  'missed-need.outreach',
  'alert.red',
  'alert.orange',
  'alert.yellow',
  'alert.blue',
  'report.outreach',
  'report.retention',
  'report.rest',
  'review.periodic',
] as const;
export type ClockKey = (typeof clockKeys)[number];

/** The grounds on which the law lets a deadline grow to the special total (D57 article 22, DRE article 8). */
export const extensionReasons = [
  'objection',
  'registration-differs-from-residence',
  'out-of-area',
  'hard-to-check',
] as const;
export const ExtensionReason = z.enum(extensionReasons);
export type ExtensionReason = z.infer<typeof ExtensionReason>;
