import { type Caller, mayReach, worksIn } from '../access/reach.ts';
import type { CallerRole } from '../access/roles.ts';
import type { Household } from '../households/household.ts';
import type { Purpose } from './purposes.ts';

/** How a role sees a household, and for what, when it reads one without stating a purpose. */
export interface HouseholdSight {
  /** Incomes, assets, illnesses: seen by those who assess and confirm, with source and age, and by nobody else. */
  readonly facts: boolean;
  readonly purpose: Purpose;
}

/** Who may read a household, masked. Agencies may not: they get what their items need, by look-up (lookup-fields.ts). */
export const householdSight: Readonly<Partial<Record<CallerRole, HouseholdSight>>> = {
  'township-worker': { facts: true, purpose: 'case-work' },
  'county-worker': { facts: true, purpose: 'case-work' },
  'approver': { facts: true, purpose: 'case-work' },
  'provincial': { facts: false, purpose: 'supervision' },
  'auditor': { facts: false, purpose: 'audit' },
};

/** Who may read a person's own record of who looked, and for what: county staff do so on the person's behalf. */
export const accessRecordReaders: Readonly<Partial<Record<CallerRole, Purpose>>> = {
  'county-worker': 'at-the-persons-request',
  'provincial': 'supervision',
  'auditor': 'audit',
};

type Places = Pick<Household, 'householdId' | 'registeredDivision' | 'residenceDivision'>;

/**
 * Whether an officer reaches a household: it is registered in the division, or lives there, or a grant names it. Both places handle
 * cases, and they may be two (`registeredDivision` and `residenceDivision` are never one field).
 */
export const mayReachHousehold = (
  caller: Caller,
  { householdId, registeredDivision, residenceDivision }: Places,
): boolean => [registeredDivision, residenceDivision].some((division) => mayReach(caller, { division, householdId }));

/** Whether a household is registered or lives in the division of an agency's token: the people it may ask about. */
export const worksWithHousehold = (
  caller: Pick<Caller, 'division'>,
  { registeredDivision, residenceDivision }: Places,
): boolean => worksIn(caller, registeredDivision) || worksIn(caller, residenceDivision);
