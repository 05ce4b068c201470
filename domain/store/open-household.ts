import type { Alert } from '../alerts/alert.ts';
import type { Application } from '../applications/application.ts';
import type { Determination } from '../determinations/determination.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import type { AlertId, ApplicationId, DeterminationId, HouseholdId } from '../ids.ts';

/** Which records of a household are wanted beside it. */
export interface WantedRecords {
  readonly determinationId: DeterminationId | null;
  readonly applicationId: ApplicationId | null;
  readonly alertIds: readonly AlertId[];
}

/** What was found of them, of every alert that was wanted: undefined for what is not there, `erased` for one about somebody whose key has been destroyed. */
export interface HouseholdRecords {
  readonly determination: Determination | 'erased' | undefined;
  readonly application: Application | 'erased' | undefined;
  readonly alerts: ReadonlyMap<AlertId, Alert | 'erased' | undefined>;
}

/**
 * A household as it was read, with the keys of its people, which the store keeps to itself. What else is read of it, or stored about it with
 * `Change.opened`, needs no look at its row for them. It is for one piece of work, done within seconds: whose key is destroyed after it
 * was opened counts as erased for whoever opens it then.
 */
export interface OpenHousehold {
  readonly roster: RosterHousehold;
  /** Reads several of its records in one request, none where none is wanted. */
  records(wanted: WantedRecords): Promise<HouseholdRecords>;
}

export interface HouseholdOpening {
  /** Throws `RecordErased` when nobody is left in it of whom anything could be read. */
  openedHousehold(id: HouseholdId): Promise<OpenHousehold | undefined>;
}
