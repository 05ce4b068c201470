import type { Block } from '../../domain/audit/block.ts';
import { closesAfterMinutes } from '../../domain/audit/closing-time.ts';
import { type LateBlock, type RollUp, rollUpGenesis, sealRollUp } from '../../domain/audit/roll-up.ts';
import type { StoredItem } from '../../domain/audit/stored-item.ts';
import { Instant } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { minutesAfter, plusUtcDays, UtcDay, utcDayOf } from '../../domain/utc-day.ts';
import { forEachAtOnce } from '../at-once.ts';
import { type ChainDependencies, type Chainer, createChainer, sortKeyOf } from '../chain-audit/chainer.ts';

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
/** Before any entry there can be. Where no day has been closed yet, all entries are looked at: the first sweep may come late. */
const beginning = UtcDay.parse('1970-01-01');
/** The first roll-ups are of so many days before the first sweep, also where they have no entries. */
const daysBeforeTheFirst = 2;

interface Sweeping {
  readonly dependencies: ChainDependencies;
  readonly chainer: Chainer;
  readonly counts: AuditSweepCounts;
  readonly onFailure: (error: unknown) => void;
}

/** The days that are looked at, and up to when: what is younger the stream may still bring. */
interface Window {
  readonly from: UtcDay;
  readonly before: Instant;
}

/** What was found in the entries of all divisions. */
interface Found {
  /** The divisions that have entries, by day. A day without entries has no chain; most divisions above the county have none on most days. */
  readonly seen: Map<string, Set<DivisionCode>>;
  /** Days of which something could not be read or chained: they stay open, and so do later ones. */
  readonly open: string[];
}

/**
 * Chains the audit entries that are in no block, because the stream lost them, and closes the days that have ended: one closing block
 * for each chain, then one roll-up for the day. Days are closed in their order; one that cannot be closed keeps later ones waiting, and
 * keeps nobody from chaining. Whatever is done by two sweeps at once is done once.
 *
 * Each division is asked once, for its entries of all these days. The moment of the sweep is taken once as well: a day that is closed had
 * ended so long before it that none of its entries was left to the stream.
 */
export const sweepAudit = async (
  dependencies: ChainDependencies,
  divisions: readonly DivisionCode[],
  onFailure: (error: unknown) => void,
): Promise<AuditSweepCounts> => {
  const counts: AuditSweepCounts = { entriesChained: 0, daysClosed: 0, auditFailed: 0 };
  const sweeping: Sweeping = { dependencies, chainer: createChainer(dependencies, true), counts, onFailure };
  const at = dependencies.now();
  let last = await dependencies.chains.lastRollUp();
  // The last closed day is looked at once more, for what was stored just after it had been closed.
  const from = last?.day ?? beginning;
  const before = Instant.parse(new Date(Date.parse(at) - strandedAfterMilliseconds).toISOString());
  const found: Found = { seen: new Map(), open: [] };
  await forEachAtOnce(
    divisions,
    (division) => chainStranded(sweeping, division, { from, before }, found),
    divisionsAtOnce,
  );
  let day = last === undefined ? firstToClose(at, found) : plusUtcDays(last.day, 1);
  while (mayClose(day, at, found)) {
    const closed = await closeDay(sweeping, day, [...(found.seen.get(day) ?? [])], last);
    if (closed === undefined) break;
    last = closed;
    day = plusUtcDays(day, 1);
  }
  return counts;
};

/** The day the roll-ups begin with: no later than the oldest entry, since no day before the first roll-up is ever closed. */
const firstToClose = (at: Instant, { seen }: Found): UtcDay => {
  const usual = plusUtcDays(utcDayOf(at), -daysBeforeTheFirst);
  const [oldest = usual] = [...seen.keys()].toSorted();
  return oldest < usual ? UtcDay.parse(oldest) : usual;
};

const mayClose = (day: UtcDay, at: Instant, { open }: Found): boolean =>
  minutesAfter(day, at) >= closesAfterMinutes && open.every((kept) => day < kept);

/** Runs one part of a sweep. What goes wrong in it is told and counted, and is no reason to leave out another; then there is no outcome. */
const attempt = async <Outcome>(
  { counts, onFailure }: Sweeping,
  work: () => Promise<Outcome>,
): Promise<{ outcome: Outcome } | undefined> => {
  try {
    return { outcome: await work() };
  } catch (error) {
    counts.auditFailed += 1;
    onFailure(error);
    return undefined;
  }
};

const dayOf = (item: StoredItem): string => sortKeyOf(item).slice(0, 10);

/** Holds the entries of a division against the blocks of their days, one day after the other. */
const chainStranded = async (
  sweeping: Sweeping,
  division: DivisionCode,
  { from, before }: Window,
  { seen, open }: Found,
): Promise<void> => {
  const { dependencies, chainer, counts } = sweeping;
  const chainDay = async (day: string, items: readonly StoredItem[]): Promise<void> => {
    seen.set(day, (seen.get(day) ?? new Set()).add(division));
    const chained = await attempt(sweeping, () => chainer.chain({ division, day: UtcDay.parse(day) }, items));
    if (chained === undefined) open.push(day);
    else counts.entriesChained += chained.outcome;
  };
  const read = await attempt(sweeping, async () => {
    let after: string | null = null;
    do {
      const page = await dependencies.chains.entries({ division, from, before }, { limit: pageSize, after });
      for (const [day, items] of Map.groupBy(page.items, dayOf)) await chainDay(day, items);
      after = page.next;
    } while (after !== null);
  });
  // Nobody knows of which days the entries are that could not be read.
  if (read === undefined) open.push(from);
};

/** Ends the chains of a day and rolls them up. Undefined when that has to wait for another sweep. */
const closeDay = async (
  sweeping: Sweeping,
  day: UtcDay,
  divisions: readonly DivisionCode[],
  last: RollUp | undefined,
): Promise<RollUp | undefined> => {
  const closings: (Block | undefined)[] = [];
  const closeOf = async (division: DivisionCode): Promise<void> => {
    const closed = await attempt(sweeping, () => sweeping.chainer.close({ division, day }));
    if (closed !== undefined) closings.push(closed.outcome);
  };
  await forEachAtOnce(divisions, closeOf, divisionsAtOnce);
  if (closings.length < divisions.length) return undefined;
  const heads = closings.filter((closing) => closing !== undefined);
  const ordered = heads.toSorted((one, other) => (one.division < other.division ? -1 : 1));
  return (await attempt(sweeping, () => rollUp(sweeping, day, ordered, last)))?.outcome;
};

const rollUp = async (
  { dependencies: { chains, digest, now }, counts }: Sweeping,
  day: UtcDay,
  closings: readonly Block[],
  last: RollUp | undefined,
): Promise<RollUp | undefined> => {
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
  if (!(await chains.appendRollUp(made))) return await chains.rollUp(day);
  counts.daysClosed += 1;
  return made;
};
