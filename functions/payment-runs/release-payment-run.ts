import type { PaymentRunView } from '../../contracts/api/payment-runs.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PaymentRunId } from '../../domain/ids.ts';
import { paymentRunLifecycle } from '../../domain/lifecycles/payment-run.ts';
import { fromTheBeginning, type PaymentRun } from '../../domain/payments/payment-run.ts';
import { runViewOf } from './payment-views.ts';
import { reachableRun } from './read-payment-runs.ts';

/**
 * Releases a checked run, by somebody else than who had it listed, on the totals they have read (If-Match). Each line is then checked
 * once more as it is paid: what has become doubtful since is held.
 */
export const releasePaymentRun = async (
  { store, now, newId }: Dependencies,
  { principal, paymentRunId, ifMatch }: { principal: Principal; paymentRunId: PaymentRunId; ifMatch: number },
): Promise<Outcome<PaymentRunView>> => {
  const run = await reachableRun(store, principal, paymentRunId);
  if (run === undefined) return refuse('not-found');
  const { from, to } = paymentRunLifecycle.release;
  if (!from.includes(run.state)) return refuse('lifecycle-conflict', { state: run.state });
  if (ifMatch !== run.version) return refuse('version-conflict', { version: run.version });
  const conflict = conflictOfDuty('release-payments', principal.subject, preparedBy(run));
  if (conflict !== undefined) return refuse(conflict.problem);
  const at = now();
  const released: PaymentRun = {
    ...run,
    ...fromTheBeginning,
    version: run.version + 1,
    state: to,
    releasedBy: principal.subject,
    releasedAt: at,
  };
  const result = await store.commit({
    aggregates: [{ kind: 'payment-run', value: released, from }],
    event: newEvent('PaymentRunReleaseBegun', at, newId, { paymentRunId }),
    actor: { role: principal.role, subject: principal.subject },
    division: run.division,
  });
  return result.ok ? succeed(runViewOf(released), { version: released.version }) : refuse('version-conflict');
};

/** What has been done on a run, for the separation of duties. */
export const preparedBy = ({ preparedBy: subject }: PaymentRun) => [{ duty: 'prepare-payments', subject }] as const;
