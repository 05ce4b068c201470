import type { CallerRole } from '../domain/access/roles.ts';

/** Everything stored, as the tables hold it: for checks that no answer of the API could make. */
export interface Records {
  readonly roster: readonly Readonly<Record<string, unknown>>[];
  readonly audit: readonly Readonly<Record<string, unknown>>[];
}

/** Somebody who logs in. */
export interface Person {
  readonly role: Exclude<CallerRole, 'public'>;
  readonly division: string;
  readonly subject: string;
}

/** A running platform as the stories see it: started on this machine for the demo, or deployed somewhere. */
export interface World {
  /** Address of the HTTP API, without a slash at the end. */
  readonly apiUrl: string;
  /** False where the clock cannot be moved: then what needs days to pass is left out, and said so. */
  readonly canAdvance: boolean;
  /** A token of someone with this role in this division. The same subject is the same person. */
  readonly token: (role: Person['role'], division: string, subject: string) => Promise<string>;
  /** The platform's present moment, as an ISO instant. */
  readonly now: () => string | Promise<string>;
  /** Lets time pass until an instant, has the sweep run, and waits until all is quiet. An instant that has passed changes nothing. */
  readonly advanceTo: (instant: string) => Promise<void>;
  /** Waits until nothing is under way but what waits for people. */
  readonly settle: () => Promise<void>;
  /** Reads all tables; absent where they cannot be reached. */
  readonly records?: () => Promise<Records>;
}
