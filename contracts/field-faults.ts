import { assistanceFaults } from './faults/of-assistance.ts';
import { caseFaults } from './faults/of-cases.ts';
import { disclosureFaults } from './faults/of-disclosures.ts';
import { emergencyFaults } from './faults/of-emergencies.ts';
import { feedFaults } from './faults/of-feeds.ts';
import { grievanceFaults } from './faults/of-grievances.ts';
import { householdFaults } from './faults/of-households.ts';
import { insightFaults } from './faults/of-insights.ts';
import { paymentFaults } from './faults/of-payments.ts';
import { referralFaults } from './faults/of-referrals.ts';
import { reportFaults } from './faults/of-reports.ts';
import { requestFaults } from './faults/of-requests.ts';
import { subscriptionFaults } from './faults/of-subscriptions.ts';

/**
 * Every fault of a field, spelt once, with cause and cure in each language. There is no place for the value that was sent: it
 * may be personal, and the caller has it.
 */
export const fieldFaults = {
  ...requestFaults,
  ...caseFaults,
  ...disclosureFaults,
  ...assistanceFaults,
  ...emergencyFaults,
  ...referralFaults,
  ...grievanceFaults,
  ...reportFaults,
  ...subscriptionFaults,
  ...paymentFaults,
  ...insightFaults,
  ...householdFaults,
  ...feedFaults,
} as const;
export type FieldFaultCode = keyof typeof fieldFaults;

/**
 * The code of a fault, for use as the error text of a zod schema or issue: the HTTP edge recognises it and answers with the
 * catalogue's sentences, as in `z.string().regex(pattern, fault('division.malformed'))`.
 */
export const fault = (code: FieldFaultCode): FieldFaultCode => code;

/** Whether a text, such as the message of a zod issue, is a code of the catalogue. */
export const isFieldFaultCode = (candidate: string): candidate is FieldFaultCode =>
  Object.hasOwn(fieldFaults, candidate);
