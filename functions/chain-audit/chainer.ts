import type { AuditChain } from '../../domain/audit/audit-chain.ts';
import { type Block, type ChainId, genesis, sealBlock } from '../../domain/audit/block.ts';
import { lateAfterMinutes } from '../../domain/audit/closing-time.ts';
import { entryHash, type StoredItem } from '../../domain/audit/stored-item.ts';
import type { Now } from '../../domain/dates.ts';
import type { Digest } from '../../domain/dependencies.ts';
import { minutesAfter, utcDayOf } from '../../domain/utc-day.ts';

export interface ChainDependencies {
  readonly chains: AuditChain;
  readonly digest: Digest;
  readonly now: Now;
  /** Waits a little before another try, longer the more there have been. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** Adds entries to the chain of their division and day, and ends a day. Both may be repeated and done by several at once. */
export interface Chainer {
  /** Puts those of the entries that are in no block into new ones, and answers how many that were. */
  chain(chain: ChainId, items: readonly StoredItem[]): Promise<number>;
  /** Ends the chain of a day; answers its closing block, also when it was ended before. Undefined when there is no chain. */
  close(chain: ChainId): Promise<Block | undefined>;
}

/** Another writer came first so many times in a row that this one gives up and is called again. */
export class ChainContended extends Error {
  override readonly name = 'ChainContended';
}

/** A block of so many entries has some 70 KB, well below the 400 KB of an item. */
const mostEntriesPerBlock = 500;
const maximumAttempts = 40;
/** Chains remembered between calls. Blocks never change, so that only those after the last one known have to be read. */
const chainsRemembered = 300;

/** What is known of a chain: never more than the table has, and less when somebody else has gone on. */
interface Known {
  readonly last: Block | undefined;
  readonly closing: Block | undefined;
  readonly entries: Set<string>;
}

/** The sort key of an entry; it begins with its instant, and so with its day. */
export const sortKeyOf = (item: StoredItem): string => {
  const { sk } = item;
  if (sk === undefined || !('S' in sk)) throw new Error('an audit entry without a sort key');
  return sk.S;
};

const createMemory = (chains: AuditChain) => {
  const remembered = new Map<string, Known>();
  const remember = (chain: ChainId, blocks: readonly Block[]): Known => {
    const name = `${chain.division}#${chain.day}`;
    const before = remembered.get(name);
    const entries = before?.entries ?? new Set<string>();
    for (const block of blocks) for (const { sk } of block.entries) entries.add(sk);
    const known = {
      last: blocks.at(-1) ?? before?.last,
      closing: before?.closing ?? blocks.find(({ kind }) => kind === 'closing'),
      entries,
    };
    // Set anew, it is the youngest: the one that has not been asked for the longest makes room.
    remembered.delete(name);
    remembered.set(name, known);
    const [oldest] = remembered.keys();
    if (remembered.size > chainsRemembered && oldest !== undefined) remembered.delete(oldest);
    return known;
  };
  return {
    remember,
    refresh: async (chain: ChainId): Promise<Known> => {
      const last = remembered.get(`${chain.division}#${chain.day}`)?.last;
      return remember(chain, await chains.blocks(chain, last?.number ?? 0));
    },
  };
};

/**
 * Makes a chainer. `closesDays` is true for the sweep alone: it chains what was left behind just before it closes a day, where
 * anybody else's entries would be late.
 */
export const createChainer = (dependencies: ChainDependencies, closesDays = false): Chainer => {
  const { chains, digest, now, pause } = dependencies;
  const memory = createMemory(chains);

  /** Which of the division's chains a first block begins, and the hash it follows. */
  const openingOf = async ({ division }: ChainId): Promise<Pick<Block, 'opening' | 'previous'>> => {
    const before = await chains.lastOpened(division);
    const head = before === undefined ? undefined : await chains.head({ division, day: before.day });
    if (before === undefined || head === undefined)
      return { opening: { ordinal: 1, after: null }, previous: genesis(digest, division) };
    return {
      opening: { ordinal: before.ordinal + 1, after: { day: before.day, number: head.number } },
      previous: head.hash,
    };
  };

  const isLate = async ({ day }: ChainId, { last, closing }: Known): Promise<boolean> => {
    if (closing !== undefined) return true;
    const at = now();
    const isUnderWay = last !== undefined && last.kind !== 'late';
    if (isUnderWay || day >= utcDayOf(at)) return false;
    return (!closesDays && minutesAfter(day, at) >= lateAfterMinutes) || (await chains.rollUp(day)) !== undefined;
  };

  const next = async (chain: ChainId, known: Known, block: Pick<Block, 'kind' | 'entries'>): Promise<Block> => {
    const { last } = known;
    const link = last === undefined ? await openingOf(chain) : { opening: null, previous: last.hash };
    return sealBlock(digest, {
      ...chain,
      ...block,
      ...link,
      number: (last?.number ?? 0) + 1,
      at: now(),
      total: (last?.total ?? 0) + block.entries.length,
    });
  };

  /** Appends until there is nothing left to append. Whoever came first is read, and what is left is asked for anew. */
  const appendUntilDone = async (
    chain: ChainId,
    left: (known: Known) => Promise<Pick<Block, 'kind' | 'entries'> | undefined>,
  ): Promise<Known & { appended: number }> => {
    let failures = 0;
    let appended = 0;
    for (;;) {
      const known = await memory.refresh(chain);
      const more = await left(known);
      if (more === undefined) return { ...known, appended };
      const block = await next(chain, known, more);
      if (await chains.append(block)) {
        memory.remember(chain, [block]);
        appended += block.entries.length;
      } else {
        failures += 1;
        if (failures === maximumAttempts) throw new ChainContended(`${chain.division} ${chain.day}`);
        await pause(failures);
      }
    }
  };

  return {
    chain: async (chain, items) => {
      const bySortKey = new Map(items.map((item) => [sortKeyOf(item), item]));
      const sortKeys = [...bySortKey.keys()].toSorted();
      const { appended } = await appendUntilDone(chain, async (known) => {
        const missing = sortKeys.filter((sk) => !known.entries.has(sk)).slice(0, mostEntriesPerBlock);
        if (missing.length === 0) return undefined;
        const entries = missing.flatMap((sk) => {
          const item = bySortKey.get(sk);
          return item === undefined ? [] : [{ sk, hash: entryHash(digest, item) }];
        });
        return { kind: (await isLate(chain, known)) ? 'late' : 'entries', entries };
      });
      return appended;
    },
    close: async (chain) => {
      const { closing } = await appendUntilDone(chain, async ({ last, closing }) =>
        last === undefined || closing !== undefined ? undefined : { kind: 'closing', entries: [] },
      );
      return closing;
    },
  };
};
