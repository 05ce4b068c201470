import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamodbAuditChain } from '../../adapters/dynamodb/audit-chain.ts';
import { retryPause } from '../../adapters/dynamodb/retry-pause.ts';
import { storedItemOf } from '../../adapters/dynamodb/stored.ts';
import { digest } from '../../adapters/runtime.ts';
import type { AuditChain } from '../../domain/audit/audit-chain.ts';
import type { ChainId } from '../../domain/audit/block.ts';
import type { StoredItem } from '../../domain/audit/stored-item.ts';
import { Instant } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import { type ChainDependencies, createChainer } from '../../functions/chain-audit/chainer.ts';
import { sweepAudit } from '../../functions/sweep/sweep-audit.ts';
import type { Item, TestTables } from './engine.ts';

export const chainOf = (division: string, day: string): ChainId => ({
  division: DivisionCode.parse(division),
  day: UtcDay.parse(day),
});

/** An audit entry as adapters/dynamodb/commit.ts writes it. */
export const auditEntry = (division: string, at: string, name: string, more: Item = {}): Item => {
  const eventId = `evt_${digest(name).slice(0, 32)}`;
  return {
    pk: division,
    sk: `${at}#${eventId}`,
    eventId,
    type: 'TaskCompleted',
    role: 'township-worker',
    subject: 'li-investigator',
    reviewId: null,
    records: [`task tsk_${digest(name).slice(0, 32)} 2`],
    ...more,
  };
};

export const storedForm = (item: Item): StoredItem => storedItemOf(marshall(item));

/** The Audit table of a test with all that writes to it, and a clock that is set. */
export const auditOn = (tables: TestTables, beginning: string) => {
  let present = Instant.parse(beginning);
  const chains: AuditChain = dynamodbAuditChain(tables.tables);
  const dependencies: ChainDependencies = { chains, digest, now: () => present, pause: retryPause };
  const failures: unknown[] = [];
  return {
    chains,
    dependencies,
    failures,
    setTime: (instant: string) => {
      present = Instant.parse(instant);
    },
    chainer: (closesDays = false) => createChainer(dependencies, closesDays),
    store: async (entries: readonly Item[]) => {
      for (const Item of entries)
        await tables.tables.client.send(new PutCommand({ TableName: tables.tables.audit, Item }));
    },
    sweep: (...divisions: string[]) =>
      sweepAudit(
        dependencies,
        divisions.map((code) => DivisionCode.parse(code)),
        (error) => failures.push(error),
      ),
  };
};
export type AuditBench = ReturnType<typeof auditOn>;

/** How often each entry of the table is in a block, by its sort key. */
export const timesChained = (items: readonly Item[]): Record<string, number> => {
  const times: Record<string, number> = {};
  for (const item of items) {
    if (String(item['pk']).startsWith('14')) times[String(item['sk'])] ??= 0;
    if (!/^CHAIN#\d+#/u.test(String(item['pk']))) continue;
    for (const { sk } of item['entries'] as { sk: string }[]) times[sk] = (times[sk] ?? 0) + 1;
  }
  return times;
};
