import type { Dependencies } from '../../domain/dependencies.ts';
import type { FeedRunStore } from '../../domain/feeds/feed-run.ts';
import type { PeopleIndexStore } from '../../domain/feeds/people-index.ts';
import type { ObjectStore } from '../../domain/store/object-store.ts';

/** What the use cases of departments' files are given beside what every use case is. */
export type FeedDependencies = Dependencies & {
  objects: ObjectStore;
  feedRuns: FeedRunStore;
  peopleIndex: Pick<PeopleIndexStore, 'building'>;
};
