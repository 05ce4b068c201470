import { type Month, monthIn, plusMonths } from '../assistance/period.ts';
import type { Determination } from '../determinations/determination.ts';
import type { PersonId } from '../ids.ts';
import type { Fen } from '../money.ts';

/** What a decision entitles to in a month, before anything is checked. */
export interface DueLine {
  readonly item: string;
  readonly personId: PersonId | null;
  readonly amount: Fen;
  /** Who has a part in it: the person, or those who were counted as the household and have no tier of their own. */
  readonly persons: readonly PersonId[];
}

/** A decision that is to be paid in a month. `ended`: the household's right has ended since, and somebody has to look. */
export interface Due {
  readonly determination: Determination;
  readonly ended: boolean;
}

/** Whether a decision holds: one that a new policy led to may still wait for the county, or have been left aside. */
const holds = ({ change }: Determination): boolean => change === undefined || change.state === 'in-force';

/** Whether a decision is paid in a month: payment begins in the month after it (D57 article 21). */
const isPaidIn = (month: Month, { outcome, payableFrom }: Determination): boolean =>
  outcome === 'granted' && payableFrom !== null && monthIn(payableFrom) <= month;

/** Whether a month may be paid by a decision: it holds, and is payable by then. */
export const paysIn = (month: Month, determination: Determination): boolean =>
  holds(determination) && isPaidIn(month, determination);

const isLater = (one: Determination, other: Determination): boolean =>
  one.payableFrom === other.payableFrom
    ? one.recordedAt > other.recordedAt
    : (one.payableFrom ?? '') > (other.payableFrom ?? '');

/** Whether the decisions before the one that stands have to be read to know what is due. */
export const needsEarlier = (month: Month, standing: Determination): boolean => {
  if (standing.outcome === 'granted') return !isPaidIn(month, standing);
  return monthIn(standing.decidedOn) >= plusMonths(month, -1);
};

/**
 * The decision a month is paid by: the latest one that holds and is payable by then. While the one that stands is payable later, the
 * one before it goes on. Where the one that stands refuses, what was paid before is still listed in the month of the refusal and
 * the next, to be held: an exit is seen, never dropped [local setting].
 */
export const dueIn = (month: Month, standing: Determination, earlier: readonly Determination[]): Due | undefined => {
  if (isPaidIn(month, standing)) return { determination: standing, ended: false };
  if (!needsEarlier(month, standing)) return undefined;
  const found = earlier.filter((each) => paysIn(month, each));
  const latest = found.reduce<Determination | undefined>(
    (best, each) => (best === undefined || isLater(each, best) ? each : best),
    undefined,
  );
  return latest === undefined ? undefined : { determination: latest, ended: standing.outcome === 'refused' };
};

/** The monthly cash items of a decision, each with who has a part in it. */
export const payableLines = ({ entitlements, memberTiers }: Determination): readonly DueLine[] =>
  entitlements
    .filter(({ period, amount }) => period === 'month' && amount > 0)
    .map(({ item, personId, amount }) => ({
      item,
      personId,
      amount,
      persons:
        personId === null
          ? memberTiers.filter(({ tier }) => tier === 'AS_HOUSEHOLD').map((member) => member.personId)
          : [personId],
    }));

/** What a line on a list stands for, by the decision it rests on. */
export const dueLineOf = (
  determination: Determination,
  { item, personId }: Pick<DueLine, 'item' | 'personId'>,
): DueLine | undefined => payableLines(determination).find((each) => each.item === item && each.personId === personId);
