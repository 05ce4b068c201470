import { type DivisionCode, isWithin } from '../people/divisions.ts';
import type { GrantedReach } from './break-glass.ts';
import type { CallerRole } from './roles.ts';

/** What of a caller decides which records it reaches. */
export interface Caller {
  readonly role: CallerRole;
  readonly division: DivisionCode;
  readonly agency: string | null;
  /** What a break-glass grant opens beside the caller's own division; set by the HTTP edge for reads only. */
  readonly breakGlass?: GrantedReach | undefined;
}

/** What of a record decides who reaches it. The ids are those of the records it belongs to. */
export interface Reachable {
  readonly division: DivisionCode;
  /** The agency that handed it in; absent and null: no agency did, and none reaches it. */
  readonly agency?: string | null;
  readonly applicationId?: string | null;
  readonly reviewId?: string | null;
  readonly householdId?: string;
  readonly taskId?: string;
  readonly determinationId?: string | null | undefined;
}

/**
 * Whether a caller reaches a record: an agency what it handed in itself and nothing else, whatever division its token names;
 * everyone else what lies in the division of the token, or what a break-glass grant names. What is not reached is answered exactly
 * as what is not there.
 */
export const mayReach = (caller: Caller, record: Reachable): boolean => {
  if (caller.role === 'agency') return caller.agency !== null && record.agency === caller.agency;
  return isWithin(record.division, caller.division) || isGranted(caller.breakGlass, record);
};

/**
 * Whether a caller reaches a referral: a department what was referred to it within the division of its token, everyone else as
 * any record. What was given back and referred to another is no longer the first department's.
 */
export const mayReachReferral = (caller: Caller, referral: Reachable & { readonly department: string }): boolean =>
  caller.role === 'agency'
    ? caller.agency === referral.department && isWithin(referral.division, caller.division)
    : mayReach(caller, referral);

/**
 * Whether a caller reaches a grievance. A township reaches only what it took down itself, since others may be about the township; for
 * everyone else it is a record like any other.
 */
export const mayReachGrievance = (
  caller: Caller & { readonly subject: string },
  grievance: Reachable & { readonly takenDownBy: string | null },
): boolean =>
  caller.role === 'township-worker' ? caller.subject === grievance.takenDownBy : mayReach(caller, grievance);

const isGranted = (granted: GrantedReach | undefined, record: Reachable): boolean => {
  if (granted === undefined) return false;
  if (granted.division !== null) return isWithin(record.division, granted.division);
  const { applicationId, reviewId, householdId, taskId, determinationId } = record;
  return [applicationId, reviewId, householdId, taskId, determinationId].includes(granted.recordId);
};

/** Whether a place lies in the division of the token: where a caller may hand in, and whose lists it may ask for. */
export const worksIn = ({ division }: Pick<Caller, 'division'>, place: DivisionCode): boolean =>
  isWithin(place, division);

/**
 * The part of a county's list that a caller sees: the county, a township of it, or undefined when it is none of its business. The
 * list of a county is one partition of the index, so what is left out here is not read.
 */
export const partSeen = (caller: Caller, county: DivisionCode): DivisionCode | undefined => {
  const places = [caller.division, caller.breakGlass?.division].filter(
    (place) => place !== undefined && place !== null,
  );
  if (places.some((place) => isWithin(county, place))) return county;
  return places.find((place) => isWithin(place, county));
};
