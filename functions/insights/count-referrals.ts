import type { Dependencies } from '../../domain/dependencies.ts';
import type { Months } from '../../domain/insights/counted.ts';
import { type InsightLine, insightBook } from '../../domain/insights/insight-book.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Page } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';

/** What is asked for, and how much of it one answer may count. */
export interface Counting {
  readonly division: DivisionCode;
  /** The counties of it. */
  readonly counties: readonly DivisionCode[];
  readonly department: string | undefined;
  readonly item: string | undefined;
  readonly months: Months;
  readonly mostCounted: number;
}

export interface CountedLines {
  readonly lines: readonly InsightLine[];
  readonly unreadable: number;
}

const pageSize = 200;

/** Goes through lists page by page, until they end or so many things were read; the pages are not kept. */
const reader = (most: number) => {
  let left = most;
  return {
    isSpent: (): boolean => left < 0,
    through: async <Item>(
      read: (limit: number, after: string | null) => Promise<Page<Item>>,
      take: (item: Item) => void,
    ): Promise<void> => {
      for (let after: string | null = null; left >= 0; ) {
        const page: Page<Item> = await read(pageSize, after);
        page.items.forEach(take);
        left -= page.items.length;
        if (page.next === null) return;
        after = page.next;
      }
    },
  };
};

/** The counties' inboxes with open referrals: a county is asked for its own, anything larger for those of its prefectures. */
const inboxesOf = async ({ store }: Dependencies, { division, counties, department }: Counting) => {
  const stems = [...new Set(counties.map((county) => (division.length === 6 ? county : county.slice(0, 4))))];
  const inUse = await Promise.all(stems.map((stem) => store.inboxesInUse(DivisionCode.parse(stem))));
  return inUse.flat().filter((inbox) => (department ?? inbox.department) === inbox.department);
};

/** Counts what lies in the counties of a division, in memory of one size; undefined when it is more than one answer may count. */
export const countReferrals = async (
  dependencies: Dependencies,
  counting: Counting,
): Promise<CountedLines | undefined> => {
  const { store, now } = dependencies;
  const { counties, department, item, months, mostCounted } = counting;
  const book = insightBook(now());
  const { isSpent, through } = reader(mostCounted);
  const isAsked = (counted: { department: string; item: string | null }): boolean =>
    (department ?? counted.department) === counted.department && (item ?? counted.item) === counted.item;
  let unreadable = 0;
  await forEachAtOnce(await inboxesOf(dependencies, counting), (inbox) =>
    through(
      (limit, after) => store.referralStandings(inbox, limit, after),
      (standing) => {
        if (standing.item === null) unreadable += 1;
        if (isAsked(standing)) book.standing(standing);
      },
    ),
  );
  await forEachAtOnce(counties, async (county) => {
    await through(
      (limit, after) => store.closedReferrals(county, months, limit, after),
      (closed) => {
        if (isAsked(closed)) book.closed(closed);
      },
    );
    await through(
      (limit, after) => store.preventedDuplicates(county, months, limit, after),
      (prevented) => {
        if (isAsked(prevented)) book.prevented(prevented);
      },
    );
  });
  return isSpent() ? undefined : { lines: book.lines(), unreadable };
};
