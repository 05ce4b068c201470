import { addRowCounts, noRows, type RowCounts } from '../../domain/feeds/feed.ts';
import type { RowRead } from '../../domain/feeds/feed-reader.ts';
import {
  type FeedLayout,
  FeedPiece,
  type FeedPlan,
  type FeedRunId,
  type PieceProgress,
} from '../../domain/feeds/feed-run.ts';
import { pieceKey, rejectPartKey } from '../../domain/feeds/object-keys.ts';
import { type ComparisonDependencies, feedOfRun, type RunningFeed } from '../feeds/feed-file.ts';
import { applyRows } from './apply-rows.ts';
import { recordProspects } from './record-prospects.ts';
import { settleRows } from './settle-rows.ts';

/** Rows after which a part is noted: what a step that is cut off does again. */
const rowsPerPart = 500;
/** Milliseconds after which a call lets the workflow call again: far from the time limit of the function. */
const longestCall = 120_000;

export type PieceStep = FeedRunId & { readonly piece: number };

/** What one call works with: the rows of its piece, in their order. */
export interface Comparing extends RunningFeed {
  readonly dependencies: ComparisonDependencies;
  readonly run: FeedRunId;
  readonly layout: FeedLayout;
  readonly rows: readonly RowRead[];
}

/**
 * Compares the rows of a piece with the roster, part by part, and applies them when the file is committed. What each row comes to is settled
 * and noted before anything is written, so that a step that is cut off anywhere goes on with the same counts.
 */
export const comparePiece = async (
  dependencies: ComparisonDependencies,
  { piece, ...run }: PieceStep,
): Promise<PieceStep & { done: boolean }> => {
  const { feedRuns, now } = dependencies;
  const until = Date.parse(now()) + longestCall;
  const plan = await feedRuns.plan(run);
  if (plan === undefined) throw new Error(`the ${run.run} of ${run.feedId} was not begun`);
  let progress = (await feedRuns.piece(run, piece)) ?? beginningOf(piece, dependencies);
  if (progress.done) return { ...run, piece, done: true };
  const comparing = await readPiece(dependencies, run, { plan, piece });
  while (!progress.done && Date.parse(now()) < until) progress = await step(comparing, progress);
  return { ...run, piece, done: progress.done };
};

const beginningOf = (piece: number, { now }: ComparisonDependencies): PieceProgress => ({
  piece,
  steps: 0,
  done: false,
  at: now(),
  counts: noRows,
  rejects: 0,
  settled: null,
});

const readPiece = async (
  dependencies: ComparisonDependencies,
  run: FeedRunId,
  { plan, piece }: { readonly plan: FeedPlan; readonly piece: number },
): Promise<Comparing> => {
  const { objects, reader } = dependencies;
  if (plan.layout === null) throw new Error(`${run.feedId} has no rows to be read`);
  const note = pieceKey(run.feedId, piece);
  const written = await objects.read(note, { first: 0, last: ((await objects.size(note)) ?? 1) - 1 });
  const found = FeedPiece.parse(JSON.parse(new TextDecoder().decode(written)));
  const [running, bytes] = await Promise.all([
    feedOfRun(dependencies, run),
    objects.read(plan.key, { first: found.from, last: (found.to ?? plan.bytes) - 1 }),
  ]);
  return { ...running, dependencies, run, layout: plan.layout, rows: reader.rows(running.file, found, bytes) };
};

const step = async (comparing: Comparing, progress: PieceProgress): Promise<PieceProgress> => {
  const { dependencies, run } = comparing;
  const next = progress.settled === null ? await settle(comparing, progress) : await apply(comparing, progress);
  if (await dependencies.feedRuns.store(run, next)) return next;
  // Another call of the same step was faster. What it noted stands; this one goes on behind it.
  const stored = await dependencies.feedRuns.piece(run, progress.piece);
  if (stored === undefined) throw new Error(`piece ${progress.piece} of ${run.feedId} could not be noted`);
  return stored;
};

const partOf = ({ rows }: Comparing, { counts }: PieceProgress, length: number): readonly RowRead[] =>
  rows.slice(counts.rows, counts.rows + length);

/** Settles the next rows. Where nothing of them is to be applied, they are counted with it. */
const settle = async (comparing: Comparing, progress: PieceProgress): Promise<PieceProgress> => {
  const { dependencies, run, file, layout } = comparing;
  const part = partOf(comparing, progress, rowsPerPart);
  const { counts, apply: toApply, unmatched, rejected } = await settleRows(comparing, part);
  // Before the rows are counted: a step that is cut off does it again, and then nothing more is recorded.
  if (run.run === 'commit') await recordProspects(dependencies, comparing, unmatched);
  if (rejected.length > 0)
    await dependencies.objects.put(
      rejectPartKey(run, progress.piece, progress.rejects),
      dependencies.reader.rejects(file, layout, rejected),
    );
  const noted = { ...progress, rejects: progress.rejects + Math.min(1, rejected.length) };
  if (run.run === 'dry-run' || toApply.length === 0) return counted(comparing, noted, counts);
  const settled = { rows: part.length, counts, apply: [...toApply] };
  return { ...noted, steps: progress.steps + 1, at: dependencies.now(), settled };
};

/** Applies what was settled, and counts it. */
const apply = async (comparing: Comparing, progress: PieceProgress): Promise<PieceProgress> => {
  const { settled } = progress;
  if (settled === null) return progress;
  const part = partOf(comparing, progress, settled.rows);
  const rows = settled.apply.flatMap((place) => {
    const outcome = part[place]?.outcome;
    return outcome?.outcome === 'valid' ? [outcome.row] : [];
  });
  await applyRows(comparing, rows);
  return counted(comparing, { ...progress, settled: null }, settled.counts);
};

const counted = ({ dependencies, rows }: Comparing, progress: PieceProgress, more: RowCounts): PieceProgress => {
  const counts = addRowCounts(progress.counts, more);
  return { ...progress, steps: progress.steps + 1, done: counts.rows >= rows.length, at: dependencies.now(), counts };
};
