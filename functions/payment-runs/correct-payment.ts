import { type CorrectionBody, PaymentLineView } from '../../contracts/api/payment-runs.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PaymentLineId, PaymentRunId } from '../../domain/ids.ts';
import { mayCorrect, type PaymentCorrection, standingOf } from '../../domain/payments/corrections.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import type { CommitResult } from '../../domain/store/roster-store.ts';
import { answeredBefore } from '../answered-before.ts';
import { type ChainWrite, chainWriteOf } from './correct-chain.ts';
import { lineViewOf } from './payment-views.ts';
import { reachableRun } from './read-payment-runs.ts';
import { preparedBy } from './release-payment-run.ts';

export interface Correcting {
  readonly principal: Principal;
  readonly paymentRunId: PaymentRunId;
  readonly paymentLineId: PaymentLineId;
  readonly body: CorrectionBody;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/**
 * Corrects a payment by an entry that refers to its line; the line stays as it is. A held line is released later or cancelled, a
 * released one cancelled where the money came back, or recovered. The assistance chain is corrected in the same transaction.
 */
export const correctPayment = async (
  dependencies: Dependencies,
  correcting: Correcting,
): Promise<Outcome<PaymentLineView>> => {
  const { store, now } = dependencies;
  const { principal, paymentRunId, paymentLineId, body } = correcting;
  const repeated = await answerBefore(dependencies, correcting);
  if (repeated !== undefined) return repeated;
  const [run, line] = await Promise.all([
    reachableRun(store, principal, paymentRunId),
    store.paymentLine(paymentLineId),
  ]);
  if (run === undefined || line?.paymentRunId !== paymentRunId) return refuse('not-found');
  const before = await store.paymentCorrections(paymentLineId);
  const refused = refusalOf(run, line, before, correcting);
  if (refused !== undefined) return refused;
  const at = now();
  const chain = await chainWriteOf(dependencies, principal, {
    line,
    standing: standingOf(line, before),
    kind: body.kind,
    at,
  });
  if (!chain.ok) return chain;
  const { householdId, personId, division } = line;
  const correction: PaymentCorrection = {
    paymentLineId,
    number: before.length + 1,
    version: 1,
    paymentRunId,
    division,
    householdId,
    personId,
    kind: body.kind,
    reason: body.reason,
    at,
    by: principal.subject,
    amount: body.amount ?? line.amount,
  };
  return write(dependencies, correcting, { line, before, correction, chain: chain.body });
};

/** What stands against a correction: the run is under way, the line does not stand so, the amount, or who asks. */
const refusalOf = (
  run: PaymentRun,
  line: PaymentLine,
  before: readonly PaymentCorrection[],
  { principal, body: { kind, amount } }: Correcting,
): Refusal | undefined => {
  if (run.state !== 'released') return refuse('lifecycle-conflict', { state: run.state });
  const standing = standingOf(line, before);
  if (!mayCorrect(standing, kind)) return refuse('lifecycle-conflict', { state: standing });
  if (amount !== null && amount > line.amount)
    return refuse('validation-failed', { errors: [{ field: '/amount', code: fault('payment.amount') }] });
  if (kind !== 'released-later') return undefined;
  const conflict = conflictOfDuty('release-payments', principal.subject, preparedBy(run));
  return conflict === undefined ? undefined : refuse(conflict.problem);
};

interface Corrected {
  readonly line: PaymentLine;
  readonly before: readonly PaymentCorrection[];
  readonly correction: PaymentCorrection;
  readonly chain: ChainWrite;
}

const write = async (
  dependencies: Dependencies,
  correcting: Correcting,
  { line, before, correction, chain }: Corrected,
): Promise<Outcome<PaymentLineView>> => {
  const { principal, idempotencyKey, fingerprint } = correcting;
  const { paymentRunId, at, division } = correction;
  const view = lineViewOf(line, [...before, correction]);
  const result = await dependencies.store.commit({
    aggregates: [{ kind: 'payment-correction', value: correction }, ...chain.aggregates],
    ...(chain.guards === undefined ? {} : { guards: chain.guards }),
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('PaymentCorrected', at, dependencies.newId, { paymentRunId }),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  if (result.ok) return succeed(view, { version: before.length + 1 });
  return (await answerBefore(dependencies, correcting)) ?? afterConflict(result);
};

const afterConflict = (result: Exclude<CommitResult, { ok: true }>): Refusal =>
  result.conflict === 'guard' ? refuse('assistance-duplicate') : refuse('version-conflict');

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Correcting,
): Promise<Outcome<PaymentLineView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, PaymentLineView, (view) => ({
    version: view.corrections.length,
  }));
