import { z } from 'zod';
import type { DisclosureBody, DisclosureView } from '../../contracts/api/households.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { identityFieldsFor } from '../../domain/disclosure/identity-rules.ts';
import { lookingEvent } from '../../domain/events/looking-event.ts';
import { EventId, type HouseholdId, type PersonId } from '../../domain/ids.ts';
import { actorOf } from './record-looking.ts';
import { type FoundMember, visibleMember } from './visible-member.ts';

export interface DisclosureRequest {
  principal: Principal;
  householdId: HouseholdId;
  personId: PersonId;
  body: DisclosureBody;
  idempotencyKey: string;
  fingerprint: string;
}

/** What is kept of a disclosure under its key: that it was made. Whom it showed is read again when it is repeated. */
const Made = z.strictObject({ disclosureId: EventId, disclosedAt: Instant });
type Made = z.infer<typeof Made>;

/** For so long a repetition is the same looking; afterwards it would be another, under the cover of an old entry. */
const repetitionMilliseconds = 10 * 60_000;

/**
 * Opens fields of a person's identity for a stated purpose. What the role may not see for it is refused. The entry in the audit and
 * in the person's own record is stored before anything is answered; when that fails, nothing is disclosed. A repetition within ten
 * minutes answers the same fields again under the same entry.
 */
export const discloseIdentity = async (
  dependencies: Dependencies,
  request: DisclosureRequest,
): Promise<Outcome<DisclosureView>> => {
  const { principal, householdId, personId } = request;
  const found = await visibleMember(dependencies.store, principal, householdId, personId);
  if (found === undefined) return refuse('not-found');
  const refusal = notPermitted(request);
  if (refusal !== undefined) return refusal;
  const before = await madeBefore(dependencies, request);
  if (before !== undefined) return answerAgain(before, request, found);
  const at = dependencies.now();
  const { purpose, fields } = request.body;
  const event = lookingEvent(at, dependencies.newId, {
    type: 'IdentityDisclosed',
    personId,
    householdId,
    purpose,
    fields,
  });
  const made: Made = { disclosureId: event.eventId, disclosedAt: at };
  const result = await dependencies.store.commit({
    aggregates: [],
    idempotency: {
      caller: principal.subject,
      key: request.idempotencyKey,
      requestHash: request.fingerprint,
      response: made,
    },
    event,
    actor: actorOf(principal),
    division: found.roster.household.residenceDivision,
  });
  if (result.ok) return succeed(viewOf(made, request, found));
  const twin = result.conflict === 'idempotency' ? await madeBefore(dependencies, request) : undefined;
  if (twin === undefined) throw new Error(`the disclosure of ${personId} was not recorded: ${result.conflict}`);
  return answerAgain(twin, request, found);
};

const notPermitted = ({ principal, body }: DisclosureRequest): Refusal | undefined => {
  const allowed = identityFieldsFor(principal.role, body.purpose);
  if (allowed === undefined) {
    return refuse('disclosure-not-permitted', { errors: [{ field: '/purpose', code: fault('disclosure.purpose') }] });
  }
  const errors = body.fields.flatMap((field, index) =>
    allowed.includes(field) ? [] : [{ field: `/fields/${index}`, code: fault('disclosure.field') }],
  );
  return errors.length > 0 ? refuse('disclosure-not-permitted', { errors }) : undefined;
};

/** What is on record under this caller's key: the same disclosure, or a reason to refuse this one. */
const madeBefore = async (
  { store, now }: Dependencies,
  { principal, idempotencyKey, fingerprint }: DisclosureRequest,
): Promise<Made | Refusal | undefined> => {
  const record = await store.idempotencyRecord(principal.subject, idempotencyKey);
  if (record === undefined) return undefined;
  if (record.requestHash !== fingerprint) return refuse('idempotency-key-reused');
  const made = Made.parse(record.response);
  const isOver = Date.parse(now()) - Date.parse(made.disclosedAt) > repetitionMilliseconds;
  return isOver ? refuse('disclosure-over') : made;
};

const answerAgain = (
  before: Made | Refusal,
  request: DisclosureRequest,
  found: FoundMember,
): Outcome<DisclosureView> => ('ok' in before ? before : succeed(viewOf(before, request, found), { replayed: true }));

const viewOf = (
  made: Made,
  { personId, body: { purpose, fields } }: DisclosureRequest,
  { member, identity, contact }: FoundMember,
): DisclosureView => ({
  ...made,
  personId,
  purpose,
  identity: {
    ...(fields.includes('name') ? { name: identity?.name ?? null } : {}),
    ...(fields.includes('residentId') ? { residentId: identity?.residentId ?? null } : {}),
    ...(fields.includes('birthDate') ? { birthDate: member.birthDate } : {}),
    ...(fields.includes('phone') ? { phone: contact?.phone ?? null } : {}),
    ...(fields.includes('account') ? { account: contact?.account ?? null } : {}),
  },
});
