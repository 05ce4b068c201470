import type { PaymentLineView, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { Month } from '../../domain/assistance/period.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PaymentLineId, PaymentRunId } from '../../domain/ids.ts';
import { correctPayment } from '../../functions/payment-runs/correct-payment.ts';
import { listPaymentLines, readPaymentRun } from '../../functions/payment-runs/read-payment-runs.ts';
import { releasePaymentRun } from '../../functions/payment-runs/release-payment-run.ts';
import { requestPaymentRun } from '../../functions/payment-runs/request-payment-run.ts';
import { relayEvent } from '../../functions/relay/relay-event.ts';
import { county, countyWorker, principal } from './people.ts';
import { recordsOf } from './records.ts';
import { bodyOf, rememberingWorkflows } from './reviews.ts';
import type { TestRoster } from './roster.ts';

/** Who compares the totals and releases: not who had the payments listed. */
export const releaser = principal('county-worker', county, 'he-releaser');
/** A card whose check digit is right. */
const soundAccount = '6200000000000000000';

type Member = RosterHousehold['household']['members'][number];

export interface PaidHousehold {
  readonly member?: Partial<Member>;
  readonly account?: string | null;
  readonly determination?: Partial<Determination>;
}

let keys = 0;

/** Households with a decision that is paid from March 2026 on, and a county's payments of that month, on a real store. */
export const payments = (roster: TestRoster) => {
  const { dependencies, store } = roster;
  const deps = { ...dependencies, workflows: rememberingWorkflows() };

  /** A household of one that is granted the allowance, as the roster has it after the decision. */
  const household = async (
    name: string,
    { member = {}, account = soundAccount, determination = {} }: PaidHousehold = {},
  ) => {
    const records = recordsOf(name);
    const { personId } = records;
    const granted: Determination = {
      ...records.determination,
      ...{ decidedOn: '2026-02-10' as never, payableFrom: '2026-03-01' as never },
      entitlements: [{ item: 'minimum-living-allowance', personId: null, amount: 40_000 as never, period: 'month' }],
      ...determination,
    };
    const { household: stored } = records;
    const value: RosterHousehold = {
      ...stored,
      determinationId: granted.determinationId,
      household: { ...stored.household, members: stored.household.members.map((each) => ({ ...each, ...member })) },
      contacts: [{ personId, phone: null, account: account === null ? null : { bank: '测试银行', number: account } }],
    };
    const result = await store.commit(
      records.change([
        { kind: 'household', value },
        { kind: 'determination', value: granted },
      ]),
    );
    if (!result.ok) throw new Error(JSON.stringify(result));
    return { ...records, household: value, determination: granted };
  };

  /** Writes a household anew, as a feed or an officer would. */
  const rewrite = async (before: RosterHousehold, changes: Partial<RosterHousehold>, member: Partial<Member> = {}) => {
    const { household: stored } = before;
    const members = stored.members.map((each) => ({ ...each, ...member }));
    const value = { ...before, version: before.version + 1, household: { ...stored, members }, ...changes };
    keys += 1;
    const { change } = recordsOf(`rewriting ${keys}`);
    const result = await store.commit(change([{ kind: 'household', value }]));
    if (!result.ok) throw new Error(JSON.stringify(result));
    return value;
  };

  const request = (by: Principal = countyWorker, month = '2026-03'): Promise<Outcome<PaymentRunView>> => {
    keys += 1;
    return requestPaymentRun(dependencies, {
      ...{ principal: by, body: { month: Month.parse(month) }, idempotencyKey: `payments-${keys}` },
      fingerprint: dependencies.digest(month),
    });
  };
  const outbox = async (): Promise<readonly DomainEvent[]> => {
    const waiting = await store.strandedEvents('2099-01-01T00:00:00.000Z' as never, 100);
    return waiting.map(({ event }) => event()).filter(({ type }) => type.startsWith('PaymentRun'));
  };
  /** Gives the events of payment runs to the relay, one after the other, until there are none; `pages` ends it before. */
  const walk = async (pages = 1_000): Promise<number> => {
    for (let page = 0; page < pages; page += 1) {
      const [event] = await outbox();
      if (event === undefined) return page;
      await relayEvent(deps, event);
    }
    return pages;
  };
  const prepared = async (): Promise<PaymentRunView> => {
    const { paymentRunId } = bodyOf(await request());
    await walk();
    return read(paymentRunId);
  };
  const read = async (paymentRunId: PaymentRunId): Promise<PaymentRunView> =>
    bodyOf(await readPaymentRun(dependencies, countyWorker, paymentRunId));
  const version = async (paymentRunId: PaymentRunId): Promise<number> =>
    (await store.paymentRun(paymentRunId))?.version ?? 0;
  const release = async (paymentRunId: PaymentRunId, by: Principal = releaser) =>
    releasePaymentRun(dependencies, { principal: by, paymentRunId, ifMatch: await version(paymentRunId) });
  const released = async (paymentRunId: PaymentRunId): Promise<PaymentRunView> => {
    bodyOf(await release(paymentRunId));
    await walk();
    return read(paymentRunId);
  };
  const lines = async (paymentRunId: PaymentRunId): Promise<PaymentLineView[]> => {
    const found: PaymentLineView[] = [];
    for (let after: string | null = null; ; ) {
      const page = await listPaymentLines(dependencies, countyWorker, { paymentRunId, limit: 50, after });
      found.push(...bodyOf(page).lines);
      if (!page.ok || typeof page.next !== 'string') return found;
      after = page.next;
    }
  };
  const correct = (
    paymentRunId: PaymentRunId,
    paymentLineId: PaymentLineId,
    body: Parameters<typeof correctPayment>[1]['body'],
    by: Principal = releaser,
  ) => {
    keys += 1;
    return correctPayment(dependencies, {
      ...{ principal: by, paymentRunId, paymentLineId, body, idempotencyKey: `correction-${keys}` },
      fingerprint: dependencies.digest(JSON.stringify(body)),
    });
  };
  return { household, rewrite, request, outbox, walk, prepared, read, release, released, lines, correct, deps };
};
