import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { endedEntry } from '../../domain/assistance/end-entry.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { assistanceEntryLifecycle } from '../../domain/lifecycles/assistance-entry.ts';
import { chainEntryOf } from '../../domain/payments/chain-entry.ts';
import type { CorrectionKind, Standing } from '../../domain/payments/corrections.ts';
import { dueLineOf } from '../../domain/payments/due-lines.ts';
import { chainEntryIdOf } from '../../domain/payments/payment-ids.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { findInTheWay } from '../assistance-chain/find-in-the-way.ts';

/** What a correction changes in the assistance chain. */
export type ChainWrite = Pick<Change, 'aggregates' | 'guards'>;

const nothing: ChainWrite = { aggregates: [] };

/** Which line is corrected how, and where it stood before. */
export interface ChainCorrection {
  readonly line: PaymentLine;
  readonly standing: Standing;
  readonly kind: CorrectionKind;
  readonly at: Instant;
}

/**
 * What is released later is entered, and refused where something stands in the way; what was cancelled after its release frees its
 * month. What was recovered had been given: its entry stays, and the month is not paid again. An entry that has ended by itself is left
 * alone.
 */
export const chainWriteOf = async (
  dependencies: Dependencies,
  principal: Principal,
  { line, standing, kind, at }: ChainCorrection,
): Promise<Outcome<ChainWrite>> => {
  if (kind === 'released-later') return entering(dependencies, principal, line, at);
  if (kind !== 'cancelled' || standing !== 'released') return succeed(nothing);
  const { store, digest } = dependencies;
  const entryId = chainEntryIdOf(digest, line.paymentLineId);
  const entry = await store.assistanceEntry(entryId);
  if (entry?.state !== 'delivered') return succeed(nothing);
  const { ended, free } = endedEntry(entry, { at, reason: 'entered-in-error', lastMonth: null });
  return succeed({
    aggregates: [{ kind: 'assistance-entry', value: ended, from: assistanceEntryLifecycle.end.from }],
    guards: { entryId, take: [], free },
  });
};

const entering = async (
  dependencies: Dependencies,
  principal: Principal,
  { paymentLineId, householdId, determinationId, item, personId, month }: PaymentLine,
  at: Instant,
): Promise<Outcome<ChainWrite>> => {
  const { store, digest, policies } = dependencies;
  const [roster, decision, policy] = await Promise.all([
    store.household(householdId),
    store.determination(determinationId),
    policies.inForce(),
  ]);
  const line = decision === undefined ? undefined : dueLineOf(decision, { item, personId });
  const entryId = chainEntryIdOf(digest, paymentLineId);
  const entry =
    roster === undefined || line === undefined
      ? undefined
      : chainEntryOf(policy, { entryId, line, household: roster.household, month, at });
  if (entry === undefined)
    return refuse('validation-failed', { errors: [{ field: '/kind', code: fault('payment.not-recordable') }] });
  const found = await findInTheWay(dependencies, principal, entry, policy);
  if (found !== undefined)
    return refuse('assistance-duplicate', found.inTheWay === null ? {} : { inTheWay: found.inTheWay });
  return succeed({
    aggregates: [{ kind: 'assistance-entry', value: entry, from: [] }],
    guards: { entryId, take: entry.guards, free: [] },
  });
};
