import type { Block, ChainId } from '../../domain/audit/block.ts';
import { type LateBlock, type RollUp, rollUpGenesis, sealRollUp } from '../../domain/audit/roll-up.ts';
import { closesAfterMinutes, minutesAfter, plusUtcDays, type UtcDay, utcDayOf } from '../../domain/audit/utc-day.ts';
import { Instant } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { type ChainDependencies, type Chainer, createChainer } from '../chain-audit/chainer.ts';

/** What a sweep did for the audit's chain, and what it could not do and left for the next one. */
export interface AuditSweepCounts {
  entriesChained: number;
  daysClosed: number;
  auditFailed: number;
}

const pageSize = 500;
/** Divisions looked at side by side. */
const divisionsAtOnce = 16;
/** The stream brings an entry within its window of seconds; one this old has been lost by it. */
const strandedAfterMilliseconds = 3 * 60_000;
/** Where no day has been closed yet, so many are looked at: entries are not older than the platform's first sweep. */
const daysBeforeTheFirst = 2;

interface Sweeping {
  readonly dependencies: ChainDependencies;
  readonly chainer: Chainer;
  readonly counts: AuditSweepCounts;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Chains the audit entries that are in no block, because the stream lost them, and closes the days that have ended: one closing block
 * for each chain, then one roll-up for the day. Days are closed in their order; one that cannot be closed keeps later ones waiting, and
 * keeps nobody from chaining. Whatever is done by two sweeps at once is done once.
 */
export const sweepAudit = async (
  dependencies: ChainDependencies,
  divisions: readonly DivisionCode[],
  onFailure: (error: unknown) => void,
): Promise<AuditSweepCounts> => {
  const counts: AuditSweepCounts = { entriesChained: 0, daysClosed: 0, auditFailed: 0 };
  const sweeping: Sweeping = { dependencies, chainer: createChainer(dependencies, true), counts, onFailure };
  const { chains, now } = dependencies;
  const today = utcDayOf(now());
  let last = await chains.lastRollUp();
  let mayClose = true;
  // The last closed day is looked at once more, for what was stored just after it had been closed.
  let day = last?.day ?? plusUtcDays(today, -daysBeforeTheFirst);
  for (; day <= today; day = plusUtcDays(day, 1)) {
    const failedBefore = counts.auditFailed;
    const isClosed = last !== undefined && day <= last.day;
    const closes = mayClose && !isClosed && minutesAfter(day, now()) >= closesAfterMinutes;
    const closings = await sweepDay(sweeping, day, divisions, closes);
    if (closes && counts.auditFailed === failedBefore) last = await rollUp(sweeping, day, closings, last);
    mayClose &&= counts.auditFailed === failedBefore;
  }
  return counts;
};

const sweepDay = async (
  { dependencies, chainer, counts, onFailure }: Sweeping,
  day: UtcDay,
  divisions: readonly DivisionCode[],
  closes: boolean,
): Promise<readonly Block[]> => {
  const closings: Block[] = [];
  const waiting = [...divisions];
  await Promise.all(
    Array.from({ length: divisionsAtOnce }, async () => {
      for (let division = waiting.shift(); division !== undefined; division = waiting.shift()) {
        try {
          const { seen, chained } = await chainStranded(dependencies, chainer, { division, day });
          counts.entriesChained += chained;
          // A day without entries has no chain; most divisions above the county have none on most days.
          const closing = closes && seen ? await chainer.close({ division, day }) : undefined;
          if (closing !== undefined) closings.push(closing);
        } catch (error) {
          counts.auditFailed += 1;
          onFailure(error);
        }
      }
    }),
  );
  return closings.toSorted((one, other) => (one.division < other.division ? -1 : 1));
};

/** Holds the entries of a day against its blocks; those that the stream may still bring are left to it. */
const chainStranded = async ({ chains, now }: ChainDependencies, chainer: Chainer, chain: ChainId): Promise<{ seen: boolean; chained: number }> => {
  const before = Instant.parse(new Date(Date.parse(now()) - strandedAfterMilliseconds).toISOString());
  let chained = 0;
  let seen = false;
  let after: string | null = null;
  do {
    const page = await chains.entries(chain, { after, before, limit: pageSize });
    seen ||= page.items.length > 0;
    if (page.items.length > 0) chained += await chainer.chain(chain, page.items);
    after = page.next;
  } while (after !== null);
  return { seen, chained };
};

const rollUp = async (
  { dependencies: { chains, digest, now }, counts, onFailure }: Sweeping,
  day: UtcDay,
  closings: readonly Block[],
  last: RollUp | undefined,
): Promise<RollUp | undefined> => {
  try {
    const late: readonly LateBlock[] = await chains.lateBlocks(day);
    const made = sealRollUp(digest, {
      day,
      at: now(),
      previous: last?.hash ?? rollUpGenesis(digest),
      heads: closings.map(({ division, number, total, hash }) => ({
        division,
        blocks: number,
        entries: total,
        head: hash,
      })),
      late: [...late],
    });
    if (await chains.appendRollUp(made)) {
      counts.daysClosed += 1;
      return made;
    }
    return await chains.rollUp(day);
  } catch (error) {
    counts.auditFailed += 1;
    onFailure(error);
    return last;
  }
};
