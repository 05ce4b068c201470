import { z } from 'zod';
import type { AuditEntryView } from '../../contracts/api/audit.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { type AuditChain, entriesOfDay } from '../../domain/audit/audit-chain.ts';
import type { ChainId } from '../../domain/audit/block.ts';
import { entryHash, type StoredItem, type StoredValue } from '../../domain/audit/stored-item.ts';
import { Instant } from '../../domain/dates.ts';
import type { Digest } from '../../domain/dependencies.ts';
import { isWithin } from '../../domain/people/divisions.ts';

export interface EntriesDependencies {
  readonly chains: AuditChain;
  readonly digest: Digest;
}

const plain = (value: StoredValue): unknown => {
  if ('NULL' in value) return null;
  if ('N' in value) return Number(value.N);
  if ('L' in value) return value.L.map(plain);
  if ('M' in value) return plainItem(value.M);
  if ('S' in value) return value.S;
  if ('BOOL' in value) return value.BOOL;
  if ('B' in value) return value.B;
  if ('SS' in value) return value.SS;
  return 'NS' in value ? value.NS.map(Number) : value.BS;
};
const plainItem = (item: Readonly<Record<string, StoredValue>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

const Entry = z.object({
  sk: z.string(),
  eventId: z.string(),
  type: z.string(),
  role: z.string(),
  subject: z.string(),
  records: z.array(z.string()).default([]),
  reviewId: z.string().nullable().default(null),
});
const named = new Set(['pk', ...Object.keys(Entry.shape)]);

const viewOf = (digest: Digest, item: StoredItem): AuditEntryView => {
  const values = plainItem(item);
  const { sk, ...entry } = Entry.parse(values);
  return {
    ...entry,
    at: Instant.parse(sk.split('#')[0]),
    more: Object.fromEntries(Object.entries(values).filter(([name]) => !named.has(name))),
    hash: entryHash(digest, item),
  };
};

/** The audit entries filed under a division on a day of UTC, the oldest first, for an auditor of that division or of one around it. */
export const listEntries = async (
  { chains, digest }: EntriesDependencies,
  principal: Principal,
  chain: ChainId,
  page: { limit: number; after: string | null },
): Promise<Outcome<{ entries: AuditEntryView[] }>> => {
  if (!isWithin(chain.division, principal.division)) {
    return refuse('forbidden', {
      errors: [{ in: 'query', field: '/division', code: fault('division.out-of-scope') }],
    });
  }
  const { items, next } = await chains.entries(entriesOfDay(chain), page);
  return succeed({ entries: items.map((item) => viewOf(digest, item)) }, { next });
};
