import type { Form } from './forms.ts';

/** Attributes by their path (`opinion.tier`, `history[].activeFrom`), each with its form. What is not listed is not allowed. */
export type Attributes = Readonly<Record<string, Form>>;
export interface RowKind {
  readonly name: string;
  /** The sort key, or what it must look like. */
  readonly sk: RegExp;
  readonly attributes: Attributes;
}

export const state = /^STATE$/u;
export const versioned = { version: 'count', state: 'code', division: 'division' } as const satisfies Attributes;
export const ofCase = { householdId: 'household', applicationId: 'application' } as const satisfies Attributes;
export const inList = { wpk: 'list', wsk: 'listed' } as const satisfies Attributes;
export const changeCounts = (path: string): Attributes =>
  Object.fromEntries(
    ['enters', 'leaves', 'tier', 'amount', 'undecided', 'reduced'].map((name) => [`${path}.${name}`, 'count']),
  );
export const eventAttributes = {
  eventId: 'event',
  type: 'code',
  at: 'instant',
  applicationId: 'application?',
  reviewId: 'review?',
  taskId: 'task?',
  noticeId: 'notice?',
  policyVersion: 'policy?',
  policyRunId: 'run?',
  emergencyAidId: 'emergency?',
  determinationId: 'determination?',
  referralId: 'referral?',
  paymentRunId: 'record?',
  feedId: 'record?',
  personId: 'person?',
  householdId: 'household?',
  purpose: 'purpose?',
  fields: 'code?',
  'fields[]': 'code',
  division: 'division',
  attempts: 'count',
  reason: 'reason',
  failedAt: 'instant',
  failedIn: 'code',
  code: 'code',
  redriven: 'count',
  correlationId: 'mark?',
  breakGlass: 'code?',
  parkedAt: 'instant',
} as const satisfies Attributes;
export const redecided = (path: string): Attributes =>
  Object.fromEntries(
    ['inForce', 'awaitingCheck', 'awaitingApplication', 'cannotDecide'].map((name) => [`${path}.${name}`, 'count']),
  );
export const outboxKey = /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z#evt_[0-9a-f]{32}$/u;
