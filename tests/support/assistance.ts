import { AssistanceClaimBody } from '../../contracts/api/assistance-chain.ts';
import { Principal } from '../../contracts/principal.ts';
import { periodKindOf } from '../../domain/assistance/period.ts';
import type { CatalogueItem } from '../../domain/catalogue/catalogue.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { claimAssistance } from '../../functions/assistance-chain/claim-assistance.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { firstWrites, recordsOf } from './records.ts';
import type { TestRoster } from './roster.ts';

export const agencyOf = (agency: string, division = '140121', who = ''): Principal =>
  Principal.parse({ subject: `${agency}${who}`, role: 'agency', division, agency });

/** The newest version of an item of Shanxi's catalogue. */
export const itemOf = (code: string): CatalogueItem => {
  const found = shanxiPack.catalogue.findLast((item) => item.code === code);
  if (found === undefined) throw new Error(`the catalogue has no ${code}`);
  return found;
};

export const periods = {
  months: { of: 'months', from: '2026-03', to: '2026-05' },
  year: { of: 'year', year: 2026 },
  once: { of: 'once' },
  event: { of: 'event' },
} as const;

export interface Subject {
  readonly householdId: HouseholdId;
  readonly personId: PersonId;
}

/** A household with one member in it, of a name of its own. */
export const subjectOf = async (roster: TestRoster, name: string): Promise<Subject> => {
  const records = recordsOf(name);
  const result = await roster.store.commit(records.change(firstWrites(records)));
  if (!result.ok) throw new Error(`no household: ${result.conflict}`);
  return { householdId: records.household.household.householdId, personId: records.personId };
};

/** A claim of an item for somebody, in the period of the item's kind; for the same event wherever there is one. */
export const claimBody = (
  code: string,
  { householdId, personId }: Subject,
  changes: object = {},
): AssistanceClaimBody => {
  const item = itemOf(code);
  const isOfEvent =
    item.period === 'per-event' ||
    shanxiPack.exclusions.some(({ scope, stands, yields }) => scope === 'event' && [stands, yields].includes(code));
  return AssistanceClaimBody.parse({
    householdId,
    personId: item.subject === 'person' ? personId : null,
    item: code,
    period: periods[periodKindOf[item.period]],
    event: isOfEvent ? 'flood-of-march' : null,
    ...changes,
  });
};

let keys = 0;
/** Claims as the department that leads the item, or as somebody else. */
export const claim = (
  roster: TestRoster,
  code: string,
  subject: Subject,
  changes: object = {},
  { as, key }: { as?: Principal; key?: string } = {},
) => {
  keys += 1;
  const body = claimBody(code, subject, changes);
  const principal = as ?? agencyOf(itemOf(code).leadDepartment);
  const idempotencyKey = key ?? `claim-${keys}`;
  const fingerprint = roster.dependencies.digest(JSON.stringify(body));
  return claimAssistance(roster.dependencies, { principal, body, idempotencyKey, fingerprint });
};
