import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalDate } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { DeterminationId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { Fen } from '../../domain/money.ts';
import { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import { recordsOf } from '../support/records.ts';

/** One household in so many has lost the member whom its payment is for. */
export const householdsForADeath = 50;

/** What was written to a made roster. */
export interface Written {
  readonly lines: number;
  readonly released: number;
  /** Entries of the assistance chain. */
  readonly entries: number;
}

/**
 * A roster of any size that holds none of it: each household is made when it is read, from its number, so that what memory a walk takes is the
 * walk's own. Lines of payments are kept in a file. Whatever else of the store is asked for is not there.
 */
export const madeRoster = (households: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-payments-'));
  const database = new DatabaseSync(join(folder, 'lines.db'));
  database.exec(
    'PRAGMA journal_mode = OFF; CREATE TABLE line (id TEXT PRIMARY KEY, state TEXT, value TEXT) WITHOUT ROWID',
  );
  const put = database.prepare('INSERT OR REPLACE INTO line VALUES (?, ?, ?)');
  const after = database.prepare('SELECT value FROM line WHERE id > ? ORDER BY id LIMIT ?');
  const one = database.prepare('SELECT value FROM line WHERE id = ?');
  const counted = database.prepare("SELECT count(*) AS lines, sum(state = 'released') AS released FROM line");
  const records = recordsOf('a household of many');
  let run: PaymentRun | undefined;
  let entries = 0;

  const hex = (number: number): string => number.toString(16).padStart(32, '0');
  const numberIn = (id: string): number => Number.parseInt(id.split('_')[1] ?? '', 16);
  const idsOf = (number: number) => ({
    householdId: HouseholdId.parse(`hh_${hex(number)}`),
    personId: PersonId.parse(`per_${hex(number)}`),
    determinationId: DeterminationId.parse(`det_${hex(number)}`),
  });
  const household = (number: number): RosterHousehold => {
    const { householdId, personId, determinationId } = idsOf(number);
    const { household: base } = records.household;
    const deceasedOn = number % householdsForADeath === 0 ? LocalDate.parse('2026-02-20') : null;
    return {
      ...records.household,
      determinationId,
      household: {
        ...base,
        householdId,
        members: base.members.map((member) => ({ ...member, personId, deceasedOn })),
        facts: [],
      },
      identities: [],
      contacts: [{ personId, phone: null, account: { bank: '测试银行', number: '6200000000000000000' } }],
    };
  };
  const determination = (number: number): Determination => {
    const { householdId, personId, determinationId } = idsOf(number);
    return {
      ...records.determination,
      ...{ householdId, determinationId, decidedOn: LocalDate.parse('2026-01-10') },
      payableFrom: LocalDate.parse('2026-02-01'),
      memberTiers: [{ personId, tier: 'AS_HOUSEHOLD' }],
      entitlements: [{ item: 'minimum-living-allowance', personId: null, amount: Fen.parse(40_000), period: 'month' }],
    };
  };

  const store: Partial<RosterStore> = {
    household: async (id) => household(numberIn(id)),
    determination: async (id) => determination(numberIn(id)),
    holdersOf: async () => [],
    paymentRun: async () => run,
    grantedDecisions: async (_county, limit, position) => {
      const first = position === null ? 0 : numberIn(position.split('#')[0] ?? '') + 1;
      const last = Math.min(first + limit, households);
      const items = Array.from({ length: Math.max(0, last - first) }, (_, index) => idsOf(first + index));
      return { items, next: last < households ? `${items.at(-1)?.householdId}#` : null };
    },
    paymentLine: async (id) => {
      const found = one.get(id)?.['value'];
      return typeof found === 'string' ? PaymentLine.parse(JSON.parse(found)) : undefined;
    },
    paymentLines: async (_query, limit, position) => {
      const items = after.all(position ?? '', limit).map(({ value }) => PaymentLine.parse(JSON.parse(String(value))));
      return { items, next: items.length === limit ? (items.at(-1)?.paymentLineId ?? null) : null, erased: 0 };
    },
    idempotencyRecord: async () => undefined,
    policyInForce: async () => undefined,
    commit: async ({ aggregates }) => {
      for (const { kind, value } of aggregates) {
        if (kind === 'payment-run') run = value;
        else if (kind === 'payment-line') put.run(value.paymentLineId, value.state, JSON.stringify(value));
        else if (kind === 'assistance-entry') entries += 1;
        else throw new Error(`a payment run writes no ${kind}`);
      }
      return { ok: true };
    },
  };

  return {
    store,
    written: (): Written => {
      const { lines, released } = counted.get() ?? {};
      return { lines: Number(lines), released: Number(released), entries };
    },
    close: (): void => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
