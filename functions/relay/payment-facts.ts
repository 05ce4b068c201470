import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import type { Month } from '../../domain/assistance/period.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { DeterminationId } from '../../domain/ids.ts';
import { givesMonth } from '../../domain/missed-needs/delivery.ts';
import type { MissedDelivery } from '../../domain/missed-needs/missed-need.ts';
import type { ChainFacts } from '../../domain/payments/check-line.ts';
import { paysIn } from '../../domain/payments/due-lines.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';

/** A decision, unless nobody can read it any more. */
export const readableDecision = (
  { determination }: Pick<RosterStore, 'determination'>,
  id: DeterminationId,
): Promise<Determination | undefined> => ifReadable(determination(id));

/**
 * The decisions that stood before one, back to the one a month may be paid by, in whichever county they were made: a household that has moved
 * is paid by the last of them, and not by what a county it has left once decided. Undefined when one of them cannot be read any more.
 */
export const decisionsBefore = async (
  store: Pick<RosterStore, 'determination'>,
  month: Month,
  { previous }: Determination,
): Promise<readonly Determination[] | undefined> => {
  const found: Determination[] = [];
  for (let id = previous; id !== undefined; ) {
    const each = await readableDecision(store, id);
    if (each === undefined) return undefined;
    found.push(each);
    if (paysIn(month, each)) break;
    id = each.previous;
  }
  return found;
};

/** What stands in the assistance chain where an entry would be made; undefined: none can be made. */
export const chainFactsOf = async (
  { holdersOf }: Pick<RosterStore, 'holdersOf'>,
  entry: AssistanceEntry | undefined,
): Promise<ChainFacts> => {
  const guards = entry?.guards ?? [];
  const [same, others] = await Promise.all([
    holdersOf(guards.filter(({ side }) => side === 'own')),
    holdersOf(guards.filter(({ side }) => side !== 'own')),
  ]);
  return { recordable: entry !== undefined, duplicate: same.length > 0, excluded: others.length > 0 };
};

/** Entries of a ledger read at a time. */
const pageSize = 50;

/** Whether the ledger has the month of an item, by whomever it was given. */
export const isInLedger = async (
  store: Pick<RosterStore, 'assistanceOf'>,
  { householdId, personId, item, month }: Pick<MissedDelivery, 'householdId' | 'personId' | 'item' | 'month'>,
): Promise<boolean> => {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.assistanceOf>> = await store.assistanceOf(
      personId ?? householdId,
      pageSize,
      after,
    );
    if (page.items.some((entry) => givesMonth(entry, { item }, month))) return true;
    after = page.next;
  } while (after !== null);
  return false;
};
