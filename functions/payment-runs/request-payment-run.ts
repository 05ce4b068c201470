import { type PaymentRunBody, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { monthIn } from '../../domain/assistance/period.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { paymentRunIdOf } from '../../domain/payments/payment-ids.ts';
import { fromTheBeginning, type PaymentRun } from '../../domain/payments/payment-run.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { runViewOf } from './payment-views.ts';

export interface PaymentRequest {
  readonly principal: Principal;
  readonly body: PaymentRunBody;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/**
 * Asks for the payments of the present month of the caller's county. There is one run for a county and a month: whoever asks again,
 * under whatever key, is shown it, and nothing is listed twice.
 */
export const requestPaymentRun = async (
  dependencies: Dependencies,
  request: PaymentRequest,
): Promise<Outcome<PaymentRunView>> => {
  const { store, now, newId, digest } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = request;
  const at = now();
  const repeated = await answerBefore(dependencies, request);
  if (repeated !== undefined) return repeated;
  const county = countyIn(principal);
  if (county === undefined) return refuse('forbidden', { errors: [{ field: '', code: fault('payment.county') }] });
  if (body.month !== monthIn(dateInChina(at)))
    return refuse('validation-failed', { errors: [{ field: '/month', code: fault('payment.month') }] });
  const paymentRunId = paymentRunIdOf(digest, county, body.month);
  const standing = await store.paymentRun(paymentRunId);
  if (standing !== undefined) return found(standing);
  const run: PaymentRun = {
    paymentRunId,
    version: 1,
    state: 'preparing',
    division: county,
    month: body.month,
    preparedBy: principal.subject,
    preparedAt: at,
    checkedAt: null,
    releasedBy: null,
    releasedAt: null,
    finishedAt: null,
    households: 0,
    unreadable: 0,
    listed: 0,
    ...fromTheBeginning,
  };
  const view = runViewOf(run);
  const result = await store.commit({
    aggregates: [{ kind: 'payment-run', value: run, from: [] }],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('PaymentRunRequested', at, newId, { paymentRunId }),
    actor: { role: principal.role, subject: principal.subject },
    division: county,
  });
  if (result.ok) return succeed(view, { version: 1, location: `/payment-runs/${paymentRunId}` });
  const other = await store.paymentRun(paymentRunId);
  return other === undefined ? refuse('store-unavailable', { retryAfterSeconds: 1 }) : found(other);
};

const countyIn = ({ division }: Principal): DivisionCode | undefined =>
  division.length === 6 ? countyOf(division) : undefined;

const found = (run: PaymentRun): Outcome<PaymentRunView> =>
  succeed(runViewOf(run), {
    version: run.version,
    location: `/payment-runs/${run.paymentRunId}`,
    replayed: true,
  });

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: PaymentRequest,
): Promise<Outcome<PaymentRunView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, PaymentRunView, () => ({
    version: 1,
  }));
