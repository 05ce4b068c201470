import type { FeedView } from '../../contracts/api/feeds.ts';
import { type Feed, type FeedRun, partSizes, type RowCounts, uploadPartBytes } from '../../domain/feeds/feed.ts';
import { rejectsKey, uploadKey } from '../../domain/feeds/object-keys.ts';
import type { IndexBuild } from '../../domain/feeds/people-index.ts';
import { fileReasons, type ReasonText, rowReasons } from '../../domain/feeds/reasons.ts';
import type { ArrivedPart } from '../../domain/store/object-store.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import { isOfOnePiece } from './people-filter.ts';

/** So many missing parts are given addresses at once: whoever has sent them reads the feed again. */
const addressesAtOnce = 16;

/** The parts that have arrived as they were announced; one of another size is sent again. */
export const soundParts = (feed: Feed, arrived: readonly ArrivedPart[]): readonly ArrivedPart[] => {
  const sizes = partSizes(feed.bytes);
  return arrived.filter(({ number, bytes }) => sizes[number - 1] === bytes);
};

const uploadOf = async ({ objects }: FeedDependencies, feed: Feed): Promise<FeedView['upload']> => {
  if (feed.state !== 'announced') return null;
  const upload = { key: uploadKey(feed.feedId), uploadId: feed.uploadId };
  const sound = soundParts(feed, (await objects.arrivedParts(upload)) ?? []);
  const there = new Set(sound.map(({ number }) => number));
  const sizes = partSizes(feed.bytes);
  const missing = sizes.flatMap((bytes, index) => (there.has(index + 1) ? [] : [{ part: index + 1, bytes }]));
  return {
    parts: sizes.length,
    partBytes: uploadPartBytes,
    arrived: there.size,
    missing: await Promise.all(
      missing.slice(0, addressesAtOnce).map(async ({ part, bytes }) => ({
        part,
        bytes,
        address: await objects.partAddress(upload, part),
      })),
    ),
  };
};

const runUnderWay = ({ state }: Feed): FeedRun | null => {
  if (state === 'checking') return 'dry-run';
  return state === 'applying' ? 'commit' : null;
};

const progressOf = async ({ feedRuns, peopleIndex }: FeedDependencies, feed: Feed): Promise<FeedView['progress']> => {
  const run = runUnderWay(feed);
  if (run === null) return null;
  const found = await feedRuns.read({ feedId: feed.feedId, run });
  if (found === undefined) return { pieces: 0, done: 0, rows: 0, index: null };
  const { plan, progress } = found;
  const rows = progress.reduce((sum, { counts }) => sum + counts.rows, 0);
  const mayWait = rows === 0 && !isOfOnePiece(plan);
  return {
    pieces: plan.pieces,
    done: progress.filter(({ done }) => done).length,
    rows,
    index: mayWait ? indexUnderWay(await peopleIndex.building()) : null,
  };
};

/** How far the reading of the roster is for which a large file waits. */
const indexUnderWay = (build: IndexBuild | undefined): NonNullable<FeedView['progress']>['index'] =>
  build === undefined || build.done
    ? null
    : { segments: build.segments.length, done: build.segments.filter(({ done }) => done).length };

const rejectsOf = async ({ objects }: FeedDependencies, feed: Feed): Promise<FeedView['rejects']> => {
  const { became, wouldBe, feedId, dataset, format } = feed;
  const counts = became ?? wouldBe;
  if (counts === null || counts.rejected === 0) return null;
  const key = rejectsKey({ feedId, run: became === null ? 'dry-run' : 'commit' });
  return { rows: counts.rejected, address: await objects.downloadAddress(key, `${dataset}-rejects.${format}`) };
};

/** What is wrong and what to do, as one sentence in each language. */
const wordsOf = ({ cause, cure }: ReasonText) => ({ zh: `${cause.zh}；${cure.zh}`, en: `${cause.en}: ${cure.en}` });

const withMissing = ({ cause, cure }: ReasonText, missing: Feed['missing']): ReasonText => {
  if (missing.length === 0) return { cause, cure };
  const headings = missing.join('、');
  return { cause: { zh: `${cause.zh}，缺少${headings}`, en: `${cause.en} (missing: ${headings})` }, cure };
};

const countsView = (counts: RowCounts | null): FeedView['dryRun'] =>
  counts === null
    ? null
    : {
        ...counts,
        reasons: counts.reasons.map(({ reason, rows }) => ({ reason, rows, ...wordsOf(rowReasons[reason]) })),
      };

/** A feed as its department sees it, with addresses that are signed now. */
export const feedViewOf = async (dependencies: FeedDependencies, feed: Feed): Promise<FeedView> => {
  const { feedId, state, dataset, agency, division, format, compression, bytes } = feed;
  const { announcedAt, uploadedAt, checkedAt, committedAt, appliedAt, fault, missing } = feed;
  const [upload, progress, rejects] = await Promise.all([
    uploadOf(dependencies, feed),
    progressOf(dependencies, feed),
    rejectsOf(dependencies, feed),
  ]);
  return {
    feedId,
    version: feed.version,
    state,
    dataset,
    agency,
    division,
    format,
    compression,
    bytes,
    announcedAt,
    uploadedAt,
    checkedAt,
    committedAt,
    appliedAt,
    upload,
    progress,
    dryRun: countsView(feed.wouldBe),
    result: countsView(feed.became),
    rejects,
    fault: fault === null ? null : { code: fault, ...wordsOf(withMissing(fileReasons[fault], missing)) },
  };
};
