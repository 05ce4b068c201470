import type { LookupBody, LookupResult, LookupView } from '../../contracts/api/lookups.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { versionsInForce } from '../../domain/catalogue/catalogue.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { disclosureRowFor } from '../../domain/disclosure/disclosure-row.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { forEachAtOnce } from '../at-once.ts';
import { type Asking, answerFor } from './answer-for.ts';
import { recordLookUp } from './record-look-up.ts';

/** So many households are read at the same time. */
const atOnce = 10;

/**
 * Tells a department what the published list gives it about people, for one of its items and a stated purpose. Every person who is
 * known is recorded as looked up, in the audit and in the person's own record, before anything is answered; when that fails,
 * nothing is. Who is known outside the caller's division is answered as not known, and recorded all the same.
 */
export const lookUpPeople = async (
  dependencies: Dependencies,
  principal: Principal,
  body: LookupBody,
): Promise<Outcome<LookupView>> => {
  const { store, policies, now } = dependencies;
  const at = now();
  const today = dateInChina(at);
  const policy = await policies.inForce();
  const asking = askingOf(principal, body, policy, today);
  if ('ok' in asking) return asking;
  const ids = residentIdsOf(body, today);
  if (!ids.ok) return refuse('validation-failed', { errors: ids.errors });
  const people = await store.people(ids.residentIds);
  const answered = await forEachAtOnce(people, (person) => answerFor(dependencies, principal, asking, person), atOnce);
  await recordLookUp(dependencies, principal, body.purpose, answered, at);
  const results: LookupResult[] = answered.map(({ result }) => result);
  return succeed({
    item: body.item,
    purpose: body.purpose,
    policyVersion: policy.version,
    checkedOn: today,
    results,
  });
};

/** The item and the row by which it may be looked up for; a refusal for an item that is unknown, or another department's. */
const askingOf = (
  { agency }: Principal,
  { item: code }: LookupBody,
  policy: PolicyPack,
  today: LocalDate,
): Asking | Refusal => {
  const item = versionsInForce(policy.catalogue, (one) => one.code, today).find((one) => one.code === code);
  if (item === undefined) {
    return refuse('validation-failed', { errors: [{ field: '/item', code: fault('lookup.item-unknown') }] });
  }
  const row = agency === null ? undefined : disclosureRowFor(policy.disclosures, agency, code, today);
  if (row === undefined || item.leadDepartment !== agency) {
    return refuse('lookup-not-permitted', { errors: [{ field: '/item', code: fault('lookup.item-of-another') }] });
  }
  return { item, row, policy, today };
};

const residentIdsOf = (
  { residentIds }: LookupBody,
  today: LocalDate,
): { ok: true; residentIds: readonly string[] } | { ok: false; errors: readonly FieldRefusal[] } => {
  const errors: FieldRefusal[] = [];
  const read: string[] = [];
  for (const [index, text] of residentIds.entries()) {
    const field = `/residentIds/${index}`;
    const parsed = parseResidentId(text, today);
    if (!parsed.ok) errors.push({ field, code: fault(`resident-id.${parsed.fault}`) });
    else if (read.includes(parsed.value.id18)) errors.push({ field, code: fault('lookup.person-twice') });
    else read.push(parsed.value.id18);
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, residentIds: read };
};
