import type { AssistanceChainPage, AssistanceChainPosition } from '../../contracts/api/assistance-chain.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { householdSight } from '../../domain/disclosure/household-rules.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { recordReading } from '../households/record-looking.ts';
import { viewOf } from './entry-view.ts';
import { departmentOf, namedHousehold } from './own-department.ts';

export interface ChainRequest {
  readonly principal: Principal;
  readonly personId: PersonId;
  readonly householdId: HouseholdId;
  readonly limit: number;
  readonly after: AssistanceChainPosition | null;
}

/**
 * What a person is given: the person's own ledger, and then what of the household's the person has a part in. Officers who reach the
 * household see all of it; an agency its own entries and nothing of the others. The reading is recorded before anything is shown. A
 * page may hold fewer than asked for while there are more.
 */
export const readAssistanceChain = async (
  dependencies: Dependencies,
  { principal, personId, householdId, limit, after }: ChainRequest,
): Promise<Outcome<Omit<AssistanceChainPage, 'nextCursor'>>> => {
  const { store, policies, now } = dependencies;
  // A cursor is bound to the query and not to the path: it must not go on in another person's chain.
  if (after !== null && after.personId !== personId)
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/cursor', code: fault('cursor.invalid') }] });
  const roster = await namedHousehold(store, principal, householdId, personId);
  if (roster === undefined) return refuse('not-found');
  const purpose = householdSight[principal.role]?.purpose ?? 'duplicate-check';
  const seen = { roster, personIds: [personId], purpose, fields: ['assistance-chain'] };
  await recordReading(dependencies, principal, seen, now());
  const ledger = after?.ledger ?? 'person';
  const page = await store.assistanceOf(ledger === 'person' ? personId : householdId, limit, after?.after ?? null);
  const policy = await policies.inForce();
  const isSeen = ({ persons, department }: AssistanceEntry): boolean =>
    persons.includes(personId) && (principal.role !== 'agency' || department === departmentOf(principal));
  const entries = page.items.filter(isSeen).map((entry) => viewOf(entry, policy));
  return succeed({ personId, entries }, { next: nextOf(personId, ledger, page.next) });
};

/** Where the next page begins: behind this one, or, when the person's own ledger is through, in the household's. */
const nextOf = (
  personId: PersonId,
  ledger: AssistanceChainPosition['ledger'],
  next: string | null,
): AssistanceChainPosition | null => {
  if (next !== null) return { personId, ledger, after: next };
  return ledger === 'person' ? { personId, ledger: 'household', after: null } : null;
};
