import { type HouseholdChangeBody, HouseholdChangeView } from '../../contracts/api/household-changes.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { answeredBefore, type Repeatable } from '../answered-before.ts';
import { plannedChange } from './planned-change.ts';
import { visibleHousehold } from './visible-member.ts';

export interface ChangeRecording extends Repeatable {
  readonly principal: Principal;
  readonly householdId: HouseholdId;
  readonly body: HouseholdChangeBody;
  /** Version of the household. */
  readonly ifMatch: number;
}

/**
 * Records a change in a household, as a paper confirms: the household as it is from now on, where its people are found, and the event by
 * which it is decided anew. The same request gets the same answer, also from a county that the household has left by it.
 */
export const recordHouseholdChange = async (
  dependencies: Dependencies,
  request: ChangeRecording,
): Promise<Outcome<HouseholdChangeView>> => {
  const outcome = await attempted(dependencies, request);
  // The same request may have been carried out before, or this very moment: then what is refused here was done there.
  return outcome.ok ? outcome : ((await answerBefore(dependencies, request)) ?? outcome);
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: ChangeRecording,
): Promise<Outcome<HouseholdChangeView> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: principal.subject, idempotencyKey, fingerprint },
    HouseholdChangeView,
    ({ version }) => ({ version }),
  );

const attempted = async (
  dependencies: Dependencies,
  { principal, householdId, body, ifMatch, idempotencyKey, fingerprint }: ChangeRecording,
): Promise<Outcome<HouseholdChangeView>> => {
  const { store, now, newId } = dependencies;
  const roster = await visibleHousehold(store, principal, householdId);
  if (roster === undefined) return refuse('not-found');
  const at = now();
  const event = newEvent('HouseholdChanged', at, newId, { changed: householdId });
  const { eventId: changeId } = event;
  const planned = await plannedChange(dependencies, { roster, body, changeId, at });
  if (!planned.ok) return planned;
  if (roster.version !== ifMatch) return refuse('version-conflict', { version: roster.version });
  const { value, formed, personId, claims } = planned.body;
  const answer: HouseholdChangeView = {
    changeId,
    householdId,
    kind: body.kind,
    personId,
    formedHouseholdId: formed?.household.householdId ?? null,
    version: value.version,
  };
  const result = await store.commit({
    aggregates: [value, ...(formed === undefined ? [] : [formed])].map((each) => ({ kind: 'household', value: each })),
    claims,
    householdChange: { householdId, personId, change: body.kind, evidence: body.evidence },
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...answer } },
    event,
    actor: { role: principal.role, subject: principal.subject },
    // Where it was recorded: of a move, where the household came from.
    division: roster.household.residenceDivision,
  });
  if (result.ok) return succeed(answer, { version: value.version });
  // Somebody came into another household at the same moment.
  const comesIn = body.kind === 'birth' || body.kind === 'joined' || body.kind === 'identified';
  if (result.conflict === 'claim' && comesIn) return refuse('person-on-roster');
  return refuse('version-conflict');
};
