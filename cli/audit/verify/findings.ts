import type { Text } from '../../../contracts/problems.ts';
import { says } from '../../language.ts';

/** Every way in which the audit can be found broken, with what it means to somebody who has to act on it. */
export const breakKinds = {
  'export-changed': says(
    '导出文件与其清单不符：导出之后文件被改动或损坏。',
    'A file of the export does not agree with its manifest: it was changed or damaged after it had been exported.',
  ),
  'item-malformed': says(
    '该条目不成形，不是本系统写下的。',
    'The item is not of its form: this system did not write it so.',
  ),
  'item-foreign': says('该条目不属于审计表。', 'The item does not belong into the Audit table.'),
  'item-twice': says(
    '同一键出现两次：审计链被分叉，或条目被复制。',
    'The same key is there twice: the chain was forked, or an item was copied.',
  ),
  'entry-changed': says('该审计条目在入链之后被改动。', 'The entry was changed after it had been chained.'),
  'entry-missing': says(
    '链中的该审计条目已被删除或移走。',
    'The entry that a block names was removed, or moved elsewhere.',
  ),
  'entry-twice': says('该审计条目出现在两个区块中。', 'The entry is in two blocks.'),
  'entry-unchained': says(
    '该审计条目不在任何区块中：事后添加，或其区块被删除。',
    'The entry is in no block: it was added afterwards, or its block was removed.',
  ),
  'block-changed': says('该区块在写下之后被改动。', 'The block was changed after it had been written.'),
  'block-missing': says('该链缺少一个区块。', 'A block of the chain was removed.'),
  'block-unlinked': says(
    '该区块不接在前一区块之后：前一区块被替换，或该区块为伪造。',
    'The block does not follow the one before it: that one was replaced, or this one is forged.',
  ),
  'block-out-of-place': says(
    '该区块的种类或键与其位置不符。',
    'The kind or the key of the block does not belong where it stands.',
  ),
  'count-differs': says('区块所记条目数与实际不符。', 'The count in the block is not that of the entries before it.'),
  'day-missing': says('该地区的某一日被整体删除。', 'A whole day of the division was removed.'),
  'day-unlinked': says(
    '该日的链不接在前一日之后：前一日被删改，或该日为伪造。',
    'The chain of the day does not follow that of the day before it: that one was cut or replaced, or this one is forged.',
  ),
  'day-not-closed': says(
    '该日早已过去却没有封存：链尾被截去，或封存停止。',
    'The day is long past and was not closed: the end of its chain was cut off, or closing has stopped.',
  ),
  'late-unmarked': says(
    '迟到区块与其登记不符：登记或区块被删改。',
    'A late block and its mark do not agree: one of them was removed or changed.',
  ),
  'roll-up-changed': says(
    '该日总封存在写下之后被改动。',
    'The roll-up of the day was changed after it had been written.',
  ),
  'roll-up-missing': says('缺少一日的总封存。', 'The roll-up of a day was removed.'),
  'roll-up-unlinked': says(
    '该日总封存不接在前一日之后。',
    'The roll-up of the day does not follow that of the day before.',
  ),
  'head-differs': says(
    '该链与当日总封存所记的链首不符。',
    'The chain is not the one whose head the roll-up of its day has.',
  ),
  'published-differs': says(
    '与已公布的链首不符：公布之后审计记录被改写。',
    'It is not what was published: the audit was rewritten after its heads had been published.',
  ),
  'published-inconsistent': says(
    '所给的公布文件自身不一致，不是本系统公布的。',
    'The file of published heads contradicts itself: it is not what was published.',
  ),
  'copy-differs': says(
    '个人查阅记录中的副本与原条目不符。',
    "The copy in a person's own record is not what the original says.",
  ),
  'copy-missing': says(
    '查阅条目在个人查阅记录中没有副本。',
    "Somebody looked at a person, and the person's own record does not show it.",
  ),
  'copy-without-original': says(
    '个人查阅记录中的副本没有原条目。',
    "The copy in a person's own record has no original.",
  ),
} as const satisfies Record<string, Text>;
export type BreakKind = keyof typeof breakKinds;

/** Why something could be neither confirmed nor refuted. */
export const gapKinds = {
  'no-export': says('未找到审计表的导出。', 'No export of an Audit table was found.'),
  'no-manifest': says(
    '导出没有清单，无法确知文件是否齐全。',
    'The export has no manifest, so that nobody can tell whether all its files are there.',
  ),
  'file-missing': says('缺少清单所列的文件。', 'A file that the manifest lists is missing.'),
  'tail-unchained': says(
    '这些最新条目尚未入链；请稍后重新导出。',
    'These newest entries are not chained yet; export again in some minutes.',
  ),
  'heads-unavailable': says('无法取得公布的链首。', 'The published heads could not be had.'),
} as const satisfies Record<string, Text>;
export type GapKind = keyof typeof gapKinds;

export interface Break {
  readonly kind: BreakKind;
  /** Where: division, day, block, entry, file; as much of it as is known. */
  readonly place: string;
}
export interface Gap {
  readonly kind: GapKind;
  readonly place: string;
}

/** What was looked at. */
export interface Counts {
  entries: number;
  blocks: number;
  chains: number;
  closedDays: number;
  lateBlocks: number;
  copies: number;
  publishedDays: number;
  /** Entries that are too young to be chained. */
  tail: number;
}

const mostKept = 200;

/** Gathers what is found. All breaks are counted, and the first so many of each kind kept. */
export interface Findings {
  readonly counts: Counts;
  readonly found: (kind: BreakKind, ...place: readonly (string | number)[]) => void;
  readonly gap: (kind: GapKind, place?: string) => void;
  readonly breaks: () => {
    readonly total: number;
    readonly byKind: Readonly<Record<string, number>>;
    readonly kept: readonly Break[];
  };
  readonly gaps: readonly Gap[];
}

export const gatherFindings = (): Findings => {
  const byKind: Record<string, number> = {};
  const kept: Break[] = [];
  const gaps: Gap[] = [];
  return {
    counts: { entries: 0, blocks: 0, chains: 0, closedDays: 0, lateBlocks: 0, copies: 0, publishedDays: 0, tail: 0 },
    found: (kind, ...place) => {
      byKind[kind] = (byKind[kind] ?? 0) + 1;
      if ((byKind[kind] ?? 0) <= mostKept) kept.push({ kind, place: place.join(' ') });
    },
    gap: (kind, place = '') => void gaps.push({ kind, place }),
    breaks: () => ({
      total: Object.values(byKind).reduce((sum, count) => sum + count, 0),
      byKind: { ...byKind },
      kept,
    }),
    gaps,
  };
};
