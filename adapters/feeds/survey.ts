import type { LocalDate } from '../../domain/dates.ts';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FileFault } from '../../domain/feeds/feed-row.ts';
import type { FeedLayout } from '../../domain/feeds/feed-run.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import { readingDate } from './cell-values.ts';
import { plainBytes } from './feed-bytes.ts';
import { FeedScan } from './feed-scan.ts';
import { duplicatesIn, KeyLedger } from './key-ledger.ts';
import { type FeedForm, FeedRefused } from './layout.ts';

/**
 * A run of rows of a file, to be read on its own. It begins and ends between rows, also where cells hold line breaks, so that the pieces
 * together have the rows of the file, each once. Plain data. Of a file in gzip there is one piece, the whole.
 */
export interface FeedPiece {
  /** The bytes of the piece: from the first to before the last. `to` is null for the end of the file. */
  readonly from: number;
  readonly to: number | null;
  readonly layout: FeedLayout | null;
  readonly firstRow: number;
  readonly rows: number;
  /** Numbers of its rows that have the key of a valid row before them, in this piece or another. */
  readonly duplicates: readonly number[];
}

/** What a file comes to before any row of it is looked up. */
export interface FeedSurvey {
  readonly layout: FeedLayout;
  readonly rows: number;
  readonly valid: number;
  /** How many rows are rejected, by reason. */
  readonly rejected: Readonly<Partial<Record<RowReason, number>>>;
  readonly pieces: readonly FeedPiece[];
}
export type SurveyedFeed =
  | { readonly ok: true; readonly survey: FeedSurvey }
  | { readonly ok: false; readonly fault: FileFault };

export interface FeedToSurvey {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly form: FeedForm;
  readonly feed: FeedDefinition;
  readonly today: LocalDate;
  /** About how many bytes a piece is to have. */
  readonly pieceBytes: number;
  /** A folder for 12 bytes a row while a big file is surveyed. */
  readonly scratchFolder: string;
  /** Hears how many rows have been read. */
  readonly progress?: (rows: number) => void;
}

interface Cut {
  readonly from: number;
  readonly firstRow: number;
}

const piecesOf = (
  cuts: readonly Cut[],
  { layout, rows, duplicates }: { layout: FeedLayout | null; rows: number; duplicates: readonly number[] },
): FeedPiece[] => {
  let next = 0;
  return cuts.map(({ from, firstRow }, index) => {
    const after = cuts[index + 1];
    const end = after?.firstRow ?? rows + 1;
    const begin = next;
    while ((duplicates[next] ?? end) < end) next += 1;
    return {
      from,
      to: after?.from ?? null,
      layout: index === 0 ? null : layout,
      firstRow,
      rows: end - firstRow,
      duplicates: duplicates.slice(begin, next),
    };
  });
};

const refuseDaysToCome = (rejected: ReadonlyMap<RowReason, number>, rows: number, valid: number): void => {
  const early = rejected.get('date-future') ?? 0;
  if (valid > 0 || early === 0 || early * 2 < rows) return;
  const detail = {
    zh: `${rows} 行中有 ${early} 行的日期尚未到来，没有一行有效。`,
    en: `${early} of ${rows} rows are dated to a day that is still to come, and none is in order.`,
  };
  throw new FeedRefused({ reason: 'of-days-to-come', detail });
};

/** Reads a file once from end to end. */
const surveyed = async (file: FeedToSurvey, ledger: KeyLedger): Promise<FeedSurvey> => {
  const { form, feed, today, pieceBytes } = file;
  const rejected = new Map<RowReason, number>();
  const cuts: Cut[] = [{ from: 0, firstRow: 1 }];
  let valid = 0;
  const count = (reason: RowReason, more: number): void =>
    void rejected.set(reason, (rejected.get(reason) ?? 0) + more);
  const scan = new FeedScan({
    feed,
    format: form.format,
    day: readingDate(today),
    layout: null,
    firstRow: 1,
    row: (told, reason) => {
      const { rowNumber, rowPosition, check, cells } = told;
      const cut = cuts.at(-1);
      if (!form.gzip && cut !== undefined && rowPosition - cut.from >= pieceBytes && rowNumber > cut.firstRow) {
        cuts.push({ from: rowPosition, firstRow: rowNumber });
      }
      if (reason !== null || check === null) return count(reason ?? 'not-text', 1);
      valid += 1;
      check.hashKey(cells);
      ledger.add(check.key.first, check.key.second, rowNumber);
    },
    windowEnd: ({ rows }) => file.progress?.(rows),
  });
  for await (const chunk of plainBytes(file.bytes, form.gzip)) scan.push(chunk);
  scan.end();
  const { layout, rows } = scan;
  if (layout === null) throw new Error('a file without a layout was read to its end');
  refuseDaysToCome(rejected, rows, valid);
  const duplicates = duplicatesIn([ledger])[0] ?? [];
  if (duplicates.length > 0) count('duplicate', duplicates.length);
  return {
    layout,
    rows,
    valid: valid - duplicates.length,
    rejected: Object.fromEntries(rejected),
    pieces: piecesOf(cuts, { layout, rows, duplicates }),
  };
};

/**
 * Looks at a whole file before anything of it is applied: whether it is a file of the dataset, how its rows are laid out, how many are in order,
 * which are duplicates, and where it can be split. Each row is judged in full. Memory is of one size whatever the size of the file, but
 * for the numbers of the duplicates. A fault of the file as a whole is a value; what the bytes throw is thrown.
 */
export const surveyFeed = async (file: FeedToSurvey): Promise<SurveyedFeed> => {
  const ledger = new KeyLedger(file.scratchFolder);
  try {
    return { ok: true, survey: await surveyed(file, ledger) };
  } catch (error) {
    if (error instanceof FeedRefused) return { ok: false, fault: error.fault };
    throw error;
  } finally {
    ledger.close();
  }
};
