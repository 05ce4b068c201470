import { addRowCounts, noRows, type RowCounts } from '../../domain/feeds/feed.ts';
import { FeedPiece, type FeedPlan, type FeedRunId, type PieceProgress } from '../../domain/feeds/feed-run.ts';
import { pieceKey, rejectPartKey } from '../../domain/feeds/object-keys.ts';
import { feedOfRun, type PieceDependencies } from '../feeds/feed-file.ts';
import { isOfOnePiece, peopleFilter } from '../feeds/people-filter.ts';
import { applyRows } from './apply-rows.ts';
import type { Comparing } from './comparing.ts';
import { sendTo } from './prospects.ts';
import { settleLeft } from './settle-left.ts';
import { type Part, type SettledRows, settleRows } from './settle-rows.ts';

/** Rows that are looked up after which a part is noted: what a step that is cut off does again. */
const lookedUpPerPart = 500;
/** Rows after which it is noted however few of them are looked up. */
const rowsPerPart = 5_000;
/** Milliseconds after which a call lets the workflow call again: far from the time limit of the function. */
const longestCall = 120_000;

export type PieceStep = FeedRunId & { readonly piece: number };

/**
 * Compares the rows of a piece with the roster, part by part, and applies them when the file is committed. What each row comes to is settled
 * and noted before anything is written, so that a step that is cut off anywhere goes on with the same counts.
 */
export const comparePiece = async (
  dependencies: PieceDependencies,
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

const beginningOf = (piece: number, { now }: PieceDependencies): PieceProgress => ({
  piece,
  steps: 0,
  done: false,
  at: now(),
  counts: noRows,
  rejects: 0,
  settled: null,
});

const readPiece = async (
  dependencies: PieceDependencies,
  run: FeedRunId,
  { plan, piece }: { readonly plan: FeedPlan; readonly piece: number },
): Promise<Comparing> => {
  const { objects, reader } = dependencies;
  if (plan.layout === null) throw new Error(`${run.feedId} has no rows to be read`);
  const note = pieceKey(run.feedId, piece);
  const written = await objects.read(note, { first: 0, last: ((await objects.size(note)) ?? 1) - 1 });
  const found = FeedPiece.parse(JSON.parse(new TextDecoder().decode(written)));
  const [running, filter, bytes] = await Promise.all([
    feedOfRun(dependencies, run),
    peopleFilter(dependencies, plan),
    objects.read(plan.key, { first: found.from, last: (found.to ?? plan.bytes) - 1 }),
  ]);
  const rows = await reader.rows(running.file, found, bytes, !isOfOnePiece(plan));
  return { ...running, dependencies, run, layout: plan.layout, rows, filter };
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

/** The next rows, as many as are noted together, and which of them are rejected or may be about somebody on the roster. */
const nextPart = async ({ rows, filter }: Comparing, { counts }: PieceProgress): Promise<Part> => {
  const known = await filter();
  const wanted: number[] = [];
  let to = counts.rows;
  const limit = Math.min(rows.length, to + rowsPerPart);
  for (; to < limit && wanted.length < lookedUpPerPart; to += 1)
    if (known === undefined || rows.isRejected(to) || rows.mayConcern(to, known)) wanted.push(to);
  return { from: counts.rows, to, wanted };
};

/** Settles the next rows. Where nothing of them is to be applied, they are counted with it. */
const settle = async (comparing: Comparing, progress: PieceProgress): Promise<PieceProgress> => {
  const { dependencies, run } = comparing;
  const part = await nextPart(comparing, progress);
  const { counts: settledCounts, apply: toApply, ...others } = await settleRows(comparing, part);
  const { noted, prospects } = await withOthers(comparing, progress, others);
  const counts = { ...settledCounts, prospects };
  if (run.run === 'dry-run' || toApply.length === 0) return counted(comparing, noted, counts);
  const settled = { rows: part.to - part.from, counts, apply: [...toApply] };
  return { ...noted, steps: progress.steps + 1, at: dependencies.now(), settled };
};

/** Sends somebody to whom the rows lead, of how many rows that is so, and puts the rejected ones down, in one part more. */
const withOthers = async (
  comparing: Comparing,
  progress: PieceProgress,
  { toVisit, rejected }: Pick<SettledRows, 'toVisit' | 'rejected'>,
): Promise<{ readonly noted: PieceProgress; readonly prospects: number }> => {
  const { dependencies, run, file, layout } = comparing;
  // Before the rows are counted: a step that is cut off does it again, and then nothing more is recorded.
  const prospects = await sendTo(comparing, toVisit, progress.settled !== null);
  if (rejected.length === 0) return { noted: progress, prospects };
  const { objects, reader } = dependencies;
  await objects.put(rejectPartKey(run, progress.piece, progress.rejects), reader.rejects(file, layout, rejected));
  return { noted: { ...progress, rejects: progress.rejects + 1 }, prospects };
};

/** Applies what was settled, and counts it; what cannot be applied any more is counted as what it comes to now. */
const apply = async (comparing: Comparing, progress: PieceProgress): Promise<PieceProgress> => {
  const { settled } = progress;
  if (settled === null) return progress;
  const places = settled.apply.map((place) => progress.counts.rows + place);
  const read = comparing.rows.read(places);
  const rows = read.flatMap(({ outcome }) => (outcome.outcome === 'valid' ? [outcome.row] : []));
  const left = new Set(await applyRows(comparing, rows));
  const placesLeft = places.filter((_, index) => {
    const outcome = read[index]?.outcome;
    return outcome?.outcome === 'valid' && left.has(outcome.row);
  });
  const { counts, ...others } = await settleLeft(comparing, settled.counts, placesLeft);
  const { noted, prospects } = await withOthers(comparing, progress, others);
  return counted(comparing, { ...noted, settled: null }, { ...counts, prospects: counts.prospects + prospects });
};

const counted = ({ dependencies, rows }: Comparing, progress: PieceProgress, more: RowCounts): PieceProgress => {
  const counts = addRowCounts(progress.counts, more);
  return { ...progress, steps: progress.steps + 1, done: counts.rows >= rows.length, at: dependencies.now(), counts };
};
