import type { HouseholdChangeBody } from '../../contracts/api/household-changes.ts';
import { type FieldFaultCode, fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Instant } from '../../domain/dates.ts';
import type { HouseholdChange } from '../../domain/households/household-change.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { EventId, PersonId } from '../../domain/ids.ts';
import type { PersonClaim } from '../../domain/store/roster-store.ts';

/** A change that is asked for, of a household as it stands. */
export interface Asked<Body = HouseholdChangeBody> {
  readonly roster: RosterHousehold;
  readonly body: Body;
  readonly changeId: EventId;
  readonly at: Instant;
}

/** The household as it is to be stored, whom it was about, and where that person is found from now on. */
export interface Planned {
  readonly value: RosterHousehold;
  /** The household that is formed by it, if one is. */
  readonly formed?: RosterHousehold;
  readonly personId: PersonId | null;
  readonly claims: readonly PersonClaim[];
}

export const refused = (errors: readonly FieldRefusal[]): Refusal => refuse('validation-failed', { errors });

/** A refusal for one field, by the code of its fault. */
export const refusedFor = (field: string, code: FieldFaultCode): Refusal => refused([{ field, code: fault(code) }]);

/** A change as the household keeps it. */
export const changeOf = (
  { changeId, body: { kind, evidence } }: Pick<Asked, 'changeId' | 'body'>,
  { on, personId }: Pick<HouseholdChange, 'on' | 'personId'>,
): HouseholdChange => ({ changeId, kind, on, personId, evidence, movedFrom: null, otherHouseholdId: null });
