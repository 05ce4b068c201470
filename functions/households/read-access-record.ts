import type { AccessRecordPage, AccessRecordPosition } from '../../contracts/api/households.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Language } from '../../contracts/problems.ts';
import { CallerRole } from '../../domain/access/roles.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { AccessEntry } from '../../domain/disclosure/access-entry.ts';
import { accessRecordReaders } from '../../domain/disclosure/household-rules.ts';
import { purposes } from '../../domain/disclosure/purposes.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { recordReading } from './record-looking.ts';
import { visibleMember } from './visible-member.ts';

export interface AccessRecordRequest {
  principal: Principal;
  householdId: HouseholdId;
  personId: PersonId;
  limit: number;
  after: AccessRecordPosition | null;
  language: Language;
}

type EntryView = AccessRecordPage['entries'][number];

const kinds = {
  IdentityDisclosed: 'disclosed',
  RecordRead: 'read',
  PeopleLookedUp: 'looked-up',
} as const satisfies Record<AccessEntry['type'], EntryView['kind']>;

/**
 * Who looked at what is known of a person, when, why and at which fields, the newest first. County staff read it on the person's
 * behalf. Reading it is recorded first, and so is the first thing it shows.
 */
export const readAccessRecord = async (
  dependencies: Dependencies,
  { principal, householdId, personId, limit, after, language }: AccessRecordRequest,
): Promise<Outcome<Omit<AccessRecordPage, 'nextCursor'>>> => {
  const { store, now } = dependencies;
  const purpose = accessRecordReaders[principal.role];
  if (purpose === undefined) return refuse('forbidden');
  const found = await visibleMember(store, principal, householdId, personId);
  if (found === undefined) return refuse('not-found');
  // A cursor is bound to the query and not to the path: it must not go on in another person's record.
  if (after !== null && after.personId !== personId) {
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/cursor', code: fault('cursor.invalid') }] });
  }
  const seen = { roster: found.roster, personIds: [personId], purpose, fields: ['access-record'] };
  await recordReading(dependencies, principal, seen, now());
  const page = await store.accessRecord(personId, limit, after?.after ?? null);
  return succeed(
    { personId, entries: page.items.map((entry) => viewOf(entry, principal, language)) },
    { next: page.next === null ? null : { personId, after: page.next } },
  );
};

const viewOf = (entry: AccessEntry, principal: Principal, language: Language): EntryView => ({
  entryId: entry.eventId,
  at: entry.at,
  kind: kinds[entry.type],
  role: CallerRole.parse(entry.role),
  agency: entry.agency,
  division: entry.callerDivision,
  subject: principal.role === 'auditor' ? entry.subject : null,
  purpose: { code: entry.purpose, text: purposes[entry.purpose][language] },
  fields: entry.fields,
});
