import { z } from 'zod';
import { DeterminationId, HouseholdId } from '../../domain/ids.ts';
import { mostCorrections } from '../../domain/payments/corrections.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import {
  grantedPartition,
  paymentCorrectionKey,
  paymentLineKey,
  paymentLinePartition,
  paymentRunKey,
  paymentRunPartition,
} from './keys.ts';
import { getItem, getItems, readWorklist } from './reading.ts';
import type { rowReader } from './row-reader.ts';
import type { Tables } from './tables.ts';

const Granted = z.object({ householdId: HouseholdId, determinationId: DeterminationId });

type PaymentReads = Pick<
  RosterStore,
  'paymentRun' | 'paymentRuns' | 'paymentLine' | 'paymentLines' | 'paymentCorrections' | 'grantedDecisions'
>;

/** A stretch of a list from behind a position on. */
const from = (partition: string, position: string | null, limit: number) => ({
  partition,
  from: position === null ? ' ' : `${position} `,
  to: '~',
  limit,
});

/** What payments are listed from, and the lists themselves. */
export const paymentReads = (tables: Tables, rows: ReturnType<typeof rowReader>): PaymentReads => ({
  paymentRun: async (id) => {
    const item = await getItem(tables, paymentRunKey(id));
    return item === undefined ? undefined : rows.one('payment-run', item);
  },
  paymentRuns: async (county, limit, position) => {
    const { items, next } = await readWorklist(tables, from(paymentRunPartition(county), position, limit));
    return { items: await rows.several('payment-run', items), next };
  },
  paymentLine: async (id) => {
    const item = await getItem(tables, paymentLineKey(id));
    return item === undefined ? undefined : rows.one('payment-line', item);
  },
  paymentLines: async ({ paymentRunId, state }, limit, position) => {
    const range = from(paymentLinePartition(paymentRunId), position, limit);
    const { items, next } = await readWorklist(tables, { ...range, ...(state === null ? {} : { state }) });
    const lines = await rows.readable('payment-line', items);
    return { items: lines, next, erased: items.length - lines.length };
  },
  paymentCorrections: async (id) => {
    const keys = Array.from({ length: mostCorrections }, (_, index) => paymentCorrectionKey(id, index + 1));
    const items = await getItems(tables, keys);
    return rows.several(
      'payment-correction',
      items.filter((item) => item !== undefined),
    );
  },
  grantedDecisions: async (county, limit, position) => {
    const { items, next } = await readWorklist(tables, from(grantedPartition(county), position, limit));
    return { items: items.map((item) => Granted.parse(item)), next };
  },
});
