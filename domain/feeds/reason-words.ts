import type { FeedDefinition } from './feed-definition.ts';
import { type RowReason, rowReasons } from './reasons.ts';

/** A reason as one line in a language: the column by its heading, the cause, the cure, and the code that programs look for. */
export const reasonLine = (
  { reason, column }: { readonly reason: RowReason; readonly column: string | null },
  feed: FeedDefinition,
  language: 'zh' | 'en',
): string => {
  const { cause, cure } = rowReasons[reason];
  const heading = feed.columns.find(({ code }) => code === column)?.heading;
  const where = heading === undefined ? '' : `${heading}${language === 'zh' ? '：' : ': '}`;
  const end = language === 'zh' ? '；' : '; ';
  return `${where}${cause[language]}${end}${cure[language]} [${reason}]`;
};
