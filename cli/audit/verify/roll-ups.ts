import type { Findings } from './findings.ts';
import { hashOfRollUp, type Published, type RollUp, rollUpGenesis } from './forms.ts';

/** What is kept of a roll-up once its own hash has been judged. */
export type RollUpLink = Pick<RollUp, 'day' | 'previous' | 'hash'>;

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The days of the province in their order: one after the other without a gap, each following the one before. */
export const checkRollUps = (links: readonly RollUpLink[], { found }: Findings): void => {
  const ordered = links.toSorted((one, other) => (one.day < other.day ? -1 : 1));
  for (const [index, { day, previous }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && day === before.day) found('item-twice', 'roll-up', day);
    else if (before !== undefined && day !== dayAfter(before.day)) found('roll-up-missing', dayAfter(before.day));
    if (previous !== (before?.hash ?? rollUpGenesis())) found('roll-up-unlinked', day);
  }
};

/** Published heads against the roll-ups: of a closed day, the published hash has to be that of its heads, and that of the table. */
export const checkPublishedDays = (
  published: readonly Published[],
  links: readonly RollUpLink[],
  { found, counts }: Findings,
): void => {
  const byDay = new Map(links.map((link) => [link.day, link]));
  for (const { day, closed, at, previous, heads, late, rollUp } of published) {
    counts.publishedDays += 1;
    if (!closed) continue;
    const follows = at !== null && previous !== null && hashOfRollUp({ day, at, previous, heads, late }) === rollUp;
    if (!follows) found('published-inconsistent', day);
    if (byDay.get(day)?.hash !== rollUp) found('published-differs', 'roll-up', day);
  }
};
