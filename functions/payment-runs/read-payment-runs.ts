import type { PaymentLineView, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach, partSeen } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { PaymentRunId } from '../../domain/ids.ts';
import type { PaymentLineState } from '../../domain/lifecycles/payment-run.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import { lineViewOf, runViewOf } from './payment-views.ts';

interface PageAsked {
  readonly limit: number;
  readonly after: string | null;
}

/** A run of the caller's county; undefined when there is none, or it is another's. */
export const reachableRun = async (
  store: Pick<RosterStore, 'paymentRun'>,
  principal: Principal,
  paymentRunId: PaymentRunId,
): Promise<PaymentRun | undefined> => {
  const run = await store.paymentRun(paymentRunId);
  return run !== undefined && mayReach(principal, { division: run.division }) ? run : undefined;
};

/** The payment runs of a county, by month. */
export const listPaymentRuns = async (
  { store }: Dependencies,
  principal: Principal,
  { county: asked, limit, after }: PageAsked & { county?: DivisionCode | undefined },
): Promise<Outcome<{ paymentRuns: PaymentRunView[] }>> => {
  const county = asked ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined)
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  if (partSeen(principal, county) !== county)
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  const page = await store.paymentRuns(county, limit, after);
  return succeed({ paymentRuns: page.items.map(runViewOf) }, { next: page.next });
};

/** A run with its control totals. */
export const readPaymentRun = async (
  { store }: Dependencies,
  principal: Principal,
  paymentRunId: PaymentRunId,
): Promise<Outcome<PaymentRunView>> => {
  const run = await reachableRun(store, principal, paymentRunId);
  return run === undefined ? refuse('not-found') : succeed(runViewOf(run), { version: run.version });
};

/** Lines of a run with their corrections, those in one state when it is named. */
export const listPaymentLines = async (
  { store }: Dependencies,
  principal: Principal,
  {
    paymentRunId,
    state,
    limit,
    after,
  }: PageAsked & { paymentRunId: PaymentRunId; state?: PaymentLineState | undefined },
): Promise<Outcome<{ lines: PaymentLineView[] }>> => {
  const run = await reachableRun(store, principal, paymentRunId);
  if (run === undefined) return refuse('not-found');
  const page = await store.paymentLines({ paymentRunId, state: state ?? null }, limit, after);
  const lines = await Promise.all(
    page.items.map(async (line) => lineViewOf(line, await store.paymentCorrections(line.paymentLineId))),
  );
  return succeed({ lines }, { next: page.next });
};
