import type { PaymentLineView } from '../../../contracts/api/payment-runs.ts';
import { Month } from '../../../domain/assistance/period.ts';
import type { DivisionCode } from '../../../domain/people/divisions.ts';
import { listPaymentLines } from '../../../functions/payment-runs/read-payment-runs.ts';
import { requestPaymentRun } from '../../../functions/payment-runs/request-payment-run.ts';
import { principal } from '../../support/people.ts';
import { bodyOf } from '../../support/reviews.ts';
import type { TestRoster } from '../../support/roster.ts';
import { date, relayAll } from './province.ts';

/** Has the payments of this month listed in a county, and reads every line, released or held. */
export const paymentLinesOf = async (roster: TestRoster, county: DivisionCode): Promise<readonly PaymentLineView[]> => {
  const { dependencies } = roster;
  const worker = principal('county-worker', county, `pays-${county}`);
  const month = Month.parse(date.slice(0, 7));
  const fingerprint = dependencies.digest(county);
  const request = { principal: worker, body: { month }, idempotencyKey: `truth-${county}`, fingerprint };
  const { paymentRunId } = bodyOf(await requestPaymentRun(dependencies, request));
  await relayAll(roster);
  const found: PaymentLineView[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listPaymentLines(dependencies, worker, { paymentRunId, limit: 50, after });
    found.push(...bodyOf(page).lines);
    if (!page.ok || typeof page.next !== 'string') return found;
    after = page.next;
  }
};
