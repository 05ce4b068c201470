import { type AssistanceClaimBody, AssistanceEntryView } from '../../contracts/api/assistance-chain.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { monthIn } from '../../domain/assistance/period.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { checkRecord } from './check-record.ts';
import { viewOf } from './entry-view.ts';
import { findInTheWay } from './find-in-the-way.ts';
import { namedHousehold } from './own-department.ts';

export interface Claiming {
  readonly principal: Principal;
  readonly body: AssistanceClaimBody;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/** Somebody may give a place back between a refusal and the look at who has it. */
const attempts = 3;

/**
 * Claims an item before it is given. The entry and its guards are one transaction, so that of all who ask at the same moment one is
 * first; the others learn which kind of aid stands in the way, from whom and until when, and no more.
 */
export const claimAssistance = async (
  dependencies: Dependencies,
  claiming: Claiming,
): Promise<Outcome<AssistanceEntryView>> => {
  const { store, policies, now, newId } = dependencies;
  const { principal, body } = claiming;
  const repeated = await answerBefore(dependencies, claiming);
  if (repeated !== undefined) return repeated;
  const roster = await namedHousehold(store, principal, body.householdId, body.personId);
  if (roster === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  const checked = checkRecord({ principal, body, roster, policy, at: now(), id: newId() });
  if (!checked.ok) return checked;
  const entry = checked.body;
  const view = viewOf(entry, policy);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const found = await findInTheWay(dependencies, principal, entry, policy);
    if (found !== undefined) {
      const before = await answerBefore(dependencies, claiming);
      if (before !== undefined) return before;
      await countPrevented(store, entry);
      return duplicate(found);
    }
    const written = await write(dependencies, claiming, entry, view);
    if (written !== undefined) return written;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const duplicate = ({ inTheWay }: NonNullable<Awaited<ReturnType<typeof findInTheWay>>>): Refusal =>
  refuse('assistance-duplicate', inTheWay === null ? {} : { inTheWay });

/**
 * Counts a refused claim, once for whatever a department claims: the same request again, or the same claim under another key, is one
 * duplicate that was prevented. Throws when it cannot be counted; who then repeats the request is refused and counted.
 */
const countPrevented = (store: Dependencies['store'], entry: AssistanceEntry): Promise<void> => {
  const { department, householdId, personId, item, period, event, division, amount, registeredAt } = entry;
  const counted = { county: countyOf(division), department, item, month: monthIn(dateInChina(registeredAt)), amount };
  return store.duplicatePrevented(
    counted,
    JSON.stringify([department, householdId, personId, item, Object.values(period), event]),
  );
};

/** Stores a claim; undefined when a guard has been taken in the meantime. */
const write = async (
  dependencies: Dependencies,
  claiming: Claiming,
  entry: AssistanceEntry,
  view: AssistanceEntryView,
): Promise<Outcome<AssistanceEntryView> | undefined> => {
  const { store, newId } = dependencies;
  const { principal, idempotencyKey, fingerprint } = claiming;
  const { entryId, guards, registeredAt, division } = entry;
  const result = await store.commit({
    aggregates: [{ kind: 'assistance-entry', value: entry, from: [] }],
    guards: { entryId, take: guards, free: [] },
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('AssistanceClaimed', registeredAt, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  if (result.ok) return succeed(view, { version: 1 });
  if (result.conflict === 'guard') return undefined;
  return (await answerBefore(dependencies, claiming)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Claiming,
): Promise<Outcome<AssistanceEntryView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, AssistanceEntryView, () => ({
    version: 1,
  }));
