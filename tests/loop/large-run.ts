import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { digest } from '../../adapters/runtime.ts';
import { Month } from '../../domain/assistance/period.ts';
import { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import { createPolicies } from '../../domain/policy-versions/policies.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import { releasePaymentRun } from '../../functions/payment-runs/release-payment-run.ts';
import { requestPaymentRun } from '../../functions/payment-runs/request-payment-run.ts';
import { walkPayments } from '../../functions/relay/walk-payments.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { chinaCalendar } from '../../policies/working-days/china.ts';
import { releaser } from '../support/payments.ts';
import { countyWorker } from '../support/people.ts';
import { bodyOf } from '../support/reviews.ts';
import { householdsForADeath, madeRoster } from './made-roster.ts';

/** What came of one payment run over many households. */
export interface LargeRunCounts {
  readonly households: number;
  readonly seconds: number;
  /** Memory that is in use after a tenth of the pages, and the most of it later on. In MB. */
  readonly earlyMegabytes: number;
  readonly mostMegabytes: number;
  readonly released: number;
  readonly held: number;
  /** Where counts, totals and what was written differ. */
  readonly violations: readonly string[];
}

/** Pages between two looks at the memory. */
const pagesBetween = 100;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** What is in use, when everything that nobody needs any more is gone. */
const megabytesInUse = (): number => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

const dependenciesOn = (store: RosterStore): Dependencies => {
  const at = Instant.parse('2026-03-02T01:00:00.000Z');
  let ids = 0;
  return {
    store,
    policies: createPolicies({
      store,
      builtIn: shanxiPack,
      isKnownDivision: knownDivision,
      now: () => at,
    }),
    calendar: chinaCalendar,
    now: () => at,
    newId: () => {
      ids += 1;
      return digest(`id ${ids}`).slice(0, 32);
    },
    digest,
  };
};

const wrongWith = (run: PaymentRun, households: number, entries: number): readonly string[] => {
  const dead = Math.ceil(households / householdsForADeath);
  const { ready, held, released, erased } = run.counts;
  const wrong: string[] = [];
  const compare = (what: string, found: number, expected: number): void => {
    if (found !== expected) wrong.push(`${what}: ${found} instead of ${expected}`);
  };
  compare('households', run.households, households);
  compare('lines listed', run.listed, households);
  compare('lines held', held, dead);
  compare('lines released', released, households - dead);
  compare('lines left', ready + erased, 0);
  compare('entries of the assistance chain', entries, households - dead);
  return run.state === 'released' ? wrong : [...wrong, `the run is ${run.state}`];
};

/**
 * Lists, checks and releases the payments of a month of a county with so many households, one in fifty of which has lost the person it is
 * for, through the use cases themselves, page by page as the relay asks for them; and looks how much memory that takes on the way.
 */
export const runLargeRun = async (households: number, say: (text: string) => void): Promise<LargeRunCounts> => {
  const roster = madeRoster(households);
  const dependencies = dependenciesOn(roster.store as RosterStore);
  const present = async (): Promise<PaymentRun> => {
    const run = await roster.store.paymentRun?.('' as never);
    if (run === undefined) throw new Error('there is no payment run');
    return run;
  };
  const began = performance.now();
  let pages = 0;
  const seen: number[] = [];
  const walk = async (while_: PaymentRun['state']): Promise<PaymentRun> => {
    let run = await present();
    for (; run.state === while_; run = await present()) {
      await walkPayments(dependencies, run.paymentRunId);
      pages += 1;
      if (pages % pagesBetween === 0) seen.push(megabytesInUse());
      if (pages % 5_000 === 0) say(`${pages} pages, ${Math.round(seen.at(-1) ?? 0)} MB in use`);
    }
    return run;
  };
  try {
    const body = { month: Month.parse('2026-03') };
    bodyOf(
      await requestPaymentRun(dependencies, {
        ...{ principal: countyWorker, body, idempotencyKey: 'the-key-of-the-month', fingerprint: digest('the month') },
      }),
    );
    const { paymentRunId, version } = await walk('preparing');
    bodyOf(await releasePaymentRun(dependencies, { principal: releaser, paymentRunId, ifMatch: version }));
    const run = await walk('releasing');
    const { entries } = roster.written();
    const early = Math.max(...seen.slice(0, Math.ceil(seen.length / 10)));
    return {
      households,
      seconds: (performance.now() - began) / 1_000,
      earlyMegabytes: early,
      mostMegabytes: Math.max(...seen),
      released: run.counts.released,
      held: run.counts.held,
      violations: wrongWith(run, households, entries),
    };
  } finally {
    roster.close();
  }
};
