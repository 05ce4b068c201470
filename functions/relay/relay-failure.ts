import type { Instant } from '../../domain/dates.ts';
import type { RelayFailure } from '../../domain/store/roster-store.ts';

/** Makes of an error what is kept beside the event that met it. */
export type FailureOf = (error: unknown, at: Instant) => RelayFailure;

/** The failure of whoever cannot tell which errors pass: every attempt counts. */
export const plainFailure = (error: unknown, failedIn: string, at: Instant): RelayFailure => ({
  reason: error instanceof Error ? error.name : 'Error',
  failedIn,
  code: 'RECORD_FAILED',
  at,
  passes: false,
});
