import {
  type FeedChange,
  type FeedColumn,
  type FeedDefinition,
  feedsOn,
  triggerText,
} from '../../domain/feeds/feed-definition.ts';
import { fileReasons, rowReasons } from '../../domain/feeds/reasons.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

const code = (text: string): string => `\`${text}\``;
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  [row(...heads), `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');

const changeText = (change: FeedChange): string => {
  if (change.what === 'fact') return code(change.kind);
  if (change.what === 'disability') return code('disability');
  return change.when === undefined ? 'a death' : `a death, where ${change.when.column} means ${change.when.is}`;
};

/** What a column becomes: the change that names it. */
const becomes = ({ changes }: FeedDefinition, { code: column }: FeedColumn): string =>
  changes
    .filter((change) =>
      change.what === 'disability' ? [change.category, change.level].includes(column) : change.column === column,
    )
    .map(changeText)
    .join(', ');

/** The words of a column of codes, by what they mean. */
const words = ({ codes = {} }: FeedColumn): string =>
  [...Map.groupBy(Object.entries(codes), ([, meaning]) => meaning)]
    .map(([meaning, entries]) => `${entries.map(([word]) => word).join(' ')} = ${meaning}`)
    .join('; ');

/** Whom of those nobody looks after somebody goes to. */
const prospectText = ({ prospect }: FeedDefinition): string =>
  prospect === undefined
    ? ''
    : `\nWhoever is looked after by nobody is a [prospect](reports.md#prospects) where ${code(triggerText(prospect))} (${prospect.basis}: ${prospect.citation}).`;

const feedSection = (feed: FeedDefinition): string => `### \`${feed.code}\`: ${feed.name.zh} · ${feed.name.en}

From ${code(feed.department)}, every ${feed.cadence.every} (${feed.cadence.basis}: ${feed.cadence.citation}). Key: ${feed.key.map(code).join(' + ')}; as of \`${feed.asOf}\`.
In force from ${feed.validFrom} (${feed.basis}: ${feed.citation}).${prospectText(feed)}

${table(
  ['Heading', 'Column', 'Holds', 'Required', 'Becomes', 'Words'],
  feed.columns.map((column) =>
    row(
      column.heading,
      code(column.code),
      column.type,
      column.required ? 'yes' : '',
      becomes(feed, column),
      words(column),
    ),
  ),
)}`;

const reasonTable = (reasons: typeof rowReasons | typeof fileReasons): string =>
  table(
    ['Reason', 'Cause', 'Cure', '原因', '处理'],
    Object.entries(reasons).map(([name, { cause, cure }]) => row(code(name), cause.en, cure.en, cause.zh, cure.zh)),
  );

const marks = { begin: '<!-- lists: made by npm run policy:generate -->', end: '<!-- end of lists -->' } as const;

/** The page on departments' files with its lists made anew. Throws when it has lost its two marks. */
export const feedPageWithLists = (page: string, pack: PolicyPack): string => {
  const begin = page.indexOf(marks.begin);
  const end = page.indexOf(marks.end);
  if (begin < 0 || end < begin) throw new Error(`the page needs the marks ${marks.begin} and ${marks.end}`);
  const newest = pack.feeds.map(({ validFrom }) => validFrom).toSorted();
  const lists = `## Why a file is refused

${reasonTable(fileReasons)}

## Why a row is rejected

A row is told by its first reason, column by column in the order below.

${reasonTable(rowReasons)}

## The datasets

${feedsOn(pack.feeds, newest.at(-1) ?? pack.coversFrom)
  .map(feedSection)
  .join('\n\n')}`;
  return `${page.slice(0, begin + marks.begin.length)}\n\n${lists}\n\n${page.slice(end)}`;
};
