import type { Dependencies } from '../../domain/dependencies.ts';
import type { FeedRunId, FeedRunStore } from '../../domain/feeds/feed-run.ts';
import { indexKey, indexPartKey } from '../../domain/feeds/object-keys.ts';
import {
  type IndexBuild,
  isFresh,
  type PeopleIndexes,
  type PeopleIndexStore,
} from '../../domain/feeds/people-index.ts';
import type { ObjectStore } from '../../domain/store/object-store.ts';
import { isOfOnePiece } from '../feeds/people-filter.ts';
import { segmentsFor } from '../segments-for.ts';

/** Segments of the table that are read at the same time. */
const segmentsAtOnce = 4;
/** As small as that, since an engine may go through what is left of a segment with each page. */
const cut = { rowsPerSegment: 15_000, fewest: segmentsAtOnce, most: 256 } as const;
/** Requests for each of them after which a part is noted: it bounds what is held, and what a step that is cut off reads again. */
const requestsPerPart = 100;
/** Milliseconds after which a call lets the workflow call again: far from the time limit of the function. */
const longestCall = 120_000;
/** Days after which an index that was never finished is begun anew. */
const abandonedDays = 1;

export interface IndexDependencies extends Pick<Dependencies, 'now' | 'newId'> {
  readonly feedRuns: Pick<FeedRunStore, 'plan'>;
  readonly objects: Pick<ObjectStore, 'size' | 'read' | 'put'>;
  readonly peopleIndex: PeopleIndexStore;
  readonly indexes: PeopleIndexes;
}

/**
 * Sees that a comparison of more than one piece has an index of the roster's people which is not old: else it is made from the table, in
 * stretches that are each noted. Comparisons that need it at the same time make it together, and nothing is read for a small file, whose
 * rows are looked up one by one.
 */
export const indexPeople = async (
  dependencies: IndexDependencies,
  run: FeedRunId,
): Promise<FeedRunId & { done: boolean }> => {
  const { feedRuns, peopleIndex, now } = dependencies;
  const until = Date.parse(now()) + longestCall;
  const plan = await feedRuns.plan(run);
  if (plan === undefined) throw new Error(`the ${run.run} of ${run.feedId} was not begun`);
  if (isOfOnePiece(plan)) return { ...run, done: true };
  do {
    const standing = await peopleIndex.standing();
    if (standing !== undefined && isFresh(standing, now())) return { ...run, done: true };
    await step(dependencies, await peopleIndex.building());
  } while (Date.parse(now()) < until);
  return { ...run, done: false };
};

/** One step of the index that is being made. Another call may be faster: then what it noted is gone on with. */
const step = async (dependencies: IndexDependencies, known: IndexBuild | undefined): Promise<void> => {
  const { peopleIndex, now } = dependencies;
  const oldest = Date.parse(now()) - abandonedDays * 86_400_000;
  if (known === undefined || known.done || Date.parse(known.begunAt) < oldest)
    return void (await peopleIndex.note(await begun(dependencies), known));
  if (known.segments.some(({ done }) => !done))
    return void (await peopleIndex.note(await readOn(dependencies, known), known));
  await finish(dependencies, known);
  await peopleIndex.note({ ...known, steps: known.steps + 1, done: true }, known);
};

/** An index that is to be made. It begins before the rows are counted, so that whoever is entered meanwhile is told as entered later. */
const begun = async ({ peopleIndex, newId, now }: IndexDependencies): Promise<IndexBuild> => {
  const begunAt = now();
  const length = segmentsFor(await peopleIndex.estimatedRows(), cut);
  return {
    indexId: newId(),
    steps: 1,
    begunAt,
    segments: Array.from({ length }, () => ({ position: null, done: false })),
    parts: [],
    people: 0,
    done: false,
  };
};

/** Reads on in the first segments that are not done and lays down what was found, under a name of its own: nobody who is slower writes over it. */
const readOn = async (dependencies: IndexDependencies, build: IndexBuild): Promise<IndexBuild> => {
  const { peopleIndex, objects, newId } = dependencies;
  const found: Uint8Array[] = [];
  const segments = [...build.segments];
  const open = segments.flatMap(({ done }, segment) => (done ? [] : [segment])).slice(0, segmentsAtOnce);
  await Promise.all(
    open.map(async (segment) => {
      let stretch = segments[segment] ?? { position: null, done: false };
      for (let request = 0; request < requestsPerPart && !stretch.done; request += 1) {
        const { position } = stretch;
        const { prefixes, next } = await peopleIndex.people({ segment, of: segments.length, position });
        found.push(prefixes);
        stretch = { position: next, done: next === null };
      }
      segments[segment] = stretch;
    }),
  );
  const part = newId();
  const content = new Uint8Array(await new Blob(found.map((each) => new Uint8Array(each))).arrayBuffer());
  if (content.length > 0) await objects.put(indexPartKey(build.indexId, part), content);
  return {
    ...build,
    steps: build.steps + 1,
    segments,
    parts: content.length > 0 ? [...build.parts, part] : build.parts,
    people: build.people + content.length / 8,
  };
};

/** Joins what was found to the index, and has it stand. */
const finish = async (
  { peopleIndex, objects, indexes }: IndexDependencies,
  { indexId, parts, begunAt, people }: IndexBuild,
): Promise<void> => {
  const found: Uint8Array[] = [];
  for (const part of parts) {
    const key = indexPartKey(indexId, part);
    found.push(await objects.read(key, { first: 0, last: ((await objects.size(key)) ?? 1) - 1 }));
  }
  await objects.put(indexKey(indexId), indexes.make(found));
  await peopleIndex.stand({ indexId, begunAt, people });
};
