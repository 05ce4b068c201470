import type { GrantEmergencyAidBody } from '../../contracts/api/emergency-aid.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { LocalDate } from '../../domain/dates.ts';
import { emergencyCapOn } from '../../domain/emergency/cap.ts';
import type { EmergencyPerson } from '../../domain/emergency/emergency-aid.ts';
import type { Fen } from '../../domain/money.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';

/** Whom the aid is for, and the most it may be. */
export interface CheckedGrant {
  readonly person: EmergencyPerson;
  readonly cap: Fen;
}

/** What a schema cannot see: places that exist, days in order, the check digit, the caller's scope, and the cap (DTA26). */
export const checkGrant = (
  body: GrantEmergencyAidBody,
  principal: Principal,
  policy: PolicyPack,
  today: LocalDate,
): Outcome<CheckedGrant> => {
  const { incidentDivision, settlement, amount } = body;
  const person = personOf(body, today);
  const errors = [...person.errors, ...dayErrors(body, today)];
  if (!knownDivision(incidentDivision)) errors.push({ field: '/incidentDivision', code: fault('division.unknown') });
  if (amount === 0) errors.push({ field: '/amount', code: fault('emergency.amount-zero') });
  const cap = emergencyCapOn(policy, incidentDivision, settlement, today);
  if (cap !== undefined && amount > cap)
    errors.push({ field: '/amount', code: fault('emergency.over-cap'), values: { maximum: cap } });
  if (errors.length > 0) return refuse('validation-failed', { errors });
  if (!worksIn(principal, incidentDivision)) {
    return refuse('forbidden', { errors: [{ field: '/incidentDivision', code: fault('division.out-of-scope') }] });
  }
  if (cap === undefined || person.value === undefined) return refuse('policy-cannot-decide');
  return succeed({ person: person.value, cap });
};

const dayErrors = ({ happenedOn, reportedOn }: GrantEmergencyAidBody, today: LocalDate): FieldRefusal[] => {
  if (reportedOn > today) return [{ field: '/reportedOn', code: fault('date.future') }];
  return happenedOn > reportedOn ? [{ field: '/happenedOn', code: fault('emergency.order') }] : [];
};

const personOf = (
  { person }: GrantEmergencyAidBody,
  today: LocalDate,
): { value?: EmergencyPerson; errors: FieldRefusal[] } => {
  if (person.known === 'unidentified') {
    return parseResidentId(person.reference, today).ok
      ? { errors: [{ field: '/person/reference', code: fault('emergency.reference') }] }
      : { value: person, errors: [] };
  }
  const parsed = parseResidentId(person.residentId, today);
  return parsed.ok
    ? { value: { ...person, residentId: parsed.value.id18 }, errors: [] }
    : { errors: [{ field: '/person/residentId', code: fault(`resident-id.${parsed.fault}`) }] };
};
