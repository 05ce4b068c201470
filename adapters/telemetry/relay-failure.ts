import type { Instant } from '../../domain/dates.ts';
import type { RelayFailure } from '../../domain/store/roster-store.ts';
import type { MessageCode } from './messages.ts';
import { isTransient } from './transient.ts';

/** A name is a class of errors; anything else might be somebody's words. */
const nameOf = (error: unknown): string =>
  error instanceof Error && /^[A-Za-z][A-Za-z0-9]{0,63}$/u.test(error.name) ? error.name : 'Error';

/** What is kept of a failure beside an event: the error's name, where it was met, and the code of its log line. Never its message. */
export const relayFailureOf = (error: unknown, failedIn: string, code: MessageCode, at: Instant): RelayFailure => ({
  reason: nameOf(error),
  failedIn,
  code,
  at,
  passes: isTransient(error),
});
