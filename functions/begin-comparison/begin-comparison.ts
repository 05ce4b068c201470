import type { Feed } from '../../domain/feeds/feed.ts';
import type { FeedPlan, FeedRunId } from '../../domain/feeds/feed-run.ts';
import { pieceKey, unpackedKey, uploadKey } from '../../domain/feeds/object-keys.ts';
import type { FileReason } from '../../domain/feeds/reasons.ts';
import { bytesOfObject } from '../feeds/bytes-of-object.ts';
import { type ComparisonDependencies, feedOfRun, type RunningFeed } from '../feeds/feed-file.ts';

type Step = FeedRunId & { readonly piece: number };

/**
 * Settles once how a run goes through a file: which object, how its rows are laid out, how many pieces. What the dry run settled stands for the
 * commit. A file that cannot be read as a whole has no pieces, and the plan says why. A compressed one is unpacked first, so that its
 * pieces can be read at the same time.
 */
export const beginComparison = async (
  dependencies: ComparisonDependencies,
  { feedId, run }: FeedRunId,
): Promise<FeedRunId & { pieces: Step[] }> => {
  const { feedRuns } = dependencies;
  const known = await feedRuns.plan({ feedId, run });
  const plan = known ?? (await feedRuns.begin({ feedId, run }, await planOf(dependencies, { feedId, run })));
  return { feedId, run, pieces: Array.from({ length: plan.pieces }, (_, piece) => ({ feedId, run, piece })) };
};

const planOf = async (dependencies: ComparisonDependencies, run: FeedRunId): Promise<FeedPlan> => {
  const { feedRuns, now } = dependencies;
  const checked = run.run === 'commit' ? await feedRuns.plan({ ...run, run: 'dry-run' }) : undefined;
  return checked === undefined
    ? surveyed(dependencies, await feedOfRun(dependencies, run))
    : { ...checked, beganAt: now() };
};

const surveyed = async (dependencies: ComparisonDependencies, { feed, file }: RunningFeed): Promise<FeedPlan> => {
  const { objects, reader, now } = dependencies;
  const beganAt = now();
  const refused = (fault: FileReason, missing: FeedPlan['missing'] = []): FeedPlan => ({
    key: uploadKey(feed.feedId),
    bytes: 0,
    layout: null,
    pieces: 0,
    beganAt,
    fault,
    missing,
  });
  const source = await sourceOf(dependencies, feed);
  if ('fault' in source) return refused(source.fault);
  const { key, bytes } = source;
  const survey = await reader.survey(file, bytesOfObject(objects, key, bytes));
  if ('fault' in survey) return refused(survey.fault, survey.missing);
  const { layout, pieces } = survey;
  for (const [place, piece] of pieces.entries())
    await objects.put(pieceKey(feed.feedId, place), new TextEncoder().encode(JSON.stringify(piece)));
  return { key, bytes, layout, pieces: pieces.length, beganAt, fault: null, missing: [] };
};

/** The object with the rows as they are read. */
const sourceOf = async (
  { objects, reader }: ComparisonDependencies,
  { feedId, compression, bytes }: Feed,
): Promise<{ readonly key: string; readonly bytes: number } | { readonly fault: FileReason }> => {
  const sent = uploadKey(feedId);
  if (compression === 'none') return { key: sent, bytes };
  const key = unpackedKey(feedId);
  const known = await objects.size(key);
  if (known !== undefined) return { key, bytes: known };
  const fault = await reader.unpack(bytesOfObject(objects, sent, bytes), (unpacked) => objects.putAll(key, unpacked));
  return fault === null ? { key, bytes: (await objects.size(key)) ?? 0 } : { fault };
};
