import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { fingerprint } from '../../adapters/crypto/fingerprint.ts';
import { dynamodbFeedRunStore } from '../../adapters/dynamodb/dynamodb-feed-run-store.ts';
import { dynamodbPeopleIndexStore } from '../../adapters/dynamodb/dynamodb-people-index-store.ts';
import { personKey } from '../../adapters/dynamodb/keys.ts';
import { peopleIndexes } from '../../adapters/feeds/people-indexes.ts';
import { pieceReader } from '../../adapters/feeds/piece-reader.ts';
import type { FeedBody, FeedView } from '../../contracts/api/feeds.ts';
import { Principal } from '../../contracts/principal.ts';
import type { FeedRun } from '../../domain/feeds/feed.ts';
import { FeedId } from '../../domain/ids.ts';
import { beginComparison } from '../../functions/begin-comparison/begin-comparison.ts';
import { comparePiece } from '../../functions/compare-piece/compare-piece.ts';
import { endComparison } from '../../functions/end-comparison/end-comparison.ts';
import { announceFeed } from '../../functions/feeds/announce-feed.ts';
import type { PieceDependencies } from '../../functions/feeds/feed-file.ts';
import { checkFeed, commitFeed, readFeed } from '../../functions/feeds/move-feed.ts';
import { indexPeople } from '../../functions/index-people/index-people.ts';
import { objectsInMemory } from './objects.ts';
import type { Records } from './records.ts';
import { bodyOf } from './reviews.ts';
import type { TestRoster } from './roster.ts';

export const agencyOf = (agency: string, division = '14'): Principal =>
  Principal.parse({ subject: `client of ${agency}`.replaceAll(' ', '-'), role: 'agency', division, agency });

const bytesOf = (file: string | Uint8Array): Uint8Array =>
  typeof file === 'string' ? new TextEncoder().encode(file) : file;

export interface Sent {
  readonly by?: Principal;
  readonly format?: FeedBody['format'];
  readonly compression?: FeedBody['compression'];
}

/** Departments' files on a real roster, with the use cases themselves in the order of the state machine, and objects in memory. */
export const feedsOf = (roster: TestRoster, bytesOfPiece?: number) => {
  const objects = objectsInMemory();
  const dependencies = {
    ...roster.dependencies,
    objects,
    feedRuns: dynamodbFeedRunStore(roster.tables),
    peopleIndex: dynamodbPeopleIndexStore(roster.tables),
    indexes: peopleIndexes(),
    reader: pieceReader(roster.vault.keyring, bytesOfPiece),
  } satisfies PieceDependencies;
  let keys = 0;

  const announce = (principal: Principal, body: FeedBody) => {
    keys += 1;
    const fingerprint = roster.dependencies.digest(JSON.stringify(body));
    return announceFeed(dependencies, { principal, body, idempotencyKey: `key-of-feeds-${keys}`, fingerprint });
  };
  const view = async (feedId: FeedId, principal: Principal): Promise<FeedView> =>
    bodyOf(await readFeed(dependencies, { principal, feedId }));
  /** Announces a file and sends all of it. */
  const upload = async (dataset: FeedBody['dataset'], owner: Principal, file: string | Uint8Array, sent: Sent = {}) => {
    const content = bytesOf(file);
    const { format = 'csv', compression = 'none', by = owner } = sent;
    const feed = bodyOf(await announce(by, { dataset, format, compression, bytes: content.length }));
    const { partBytes = 1, missing = [] } = feed.upload ?? {};
    for (const { part, bytes, address } of missing)
      objects.send(address, content.slice((part - 1) * partBytes, (part - 1) * partBytes + bytes));
    return feed.feedId;
  };
  /** Runs the comparison as the state machine does. */
  const run = async (feedId: FeedId, which: FeedRun): Promise<void> => {
    const { pieces } = await beginComparison(dependencies, { feedId, run: which });
    while (!(await indexPeople(dependencies, { feedId, run: which })).done);
    await Promise.all(
      pieces.map(async (step) => {
        let done = false;
        while (!done) ({ done } = await comparePiece(dependencies, step));
      }),
    );
    await endComparison(dependencies, { feedId, run: which });
  };
  const check = async (feedId: FeedId, principal: Principal): Promise<FeedView> => {
    bodyOf(await checkFeed(dependencies, { principal, feedId }));
    await run(feedId, 'dry-run');
    return view(feedId, principal);
  };
  const commit = async (feedId: FeedId, principal: Principal): Promise<FeedView> => {
    const version = (await roster.store.feed(feedId))?.version ?? 0;
    bodyOf(await commitFeed(dependencies, { principal, feedId, ifMatch: version }));
    await run(feedId, 'commit');
    return view(feedId, principal);
  };
  /** Lets a person who was planted be found by a resident ID, as one who was handed in is. */
  const known = async (residentId: string, { personId, household }: Pick<Records, 'personId' | 'household'>) => {
    const key = personKey(fingerprint((await roster.vault.keyring())('fingerprint'), residentId));
    const { householdId } = household.household;
    const Item = { ...key, personId, householdId, applicationId: household.applicationId };
    await roster.tables.client.send(new PutCommand({ TableName: roster.tables.roster, Item }));
  };
  return {
    known,
    dependencies,
    objects,
    announce,
    view,
    upload,
    run,
    check,
    commit,
    /** Hands a file in from its announcement to its end. */
    handIn: async (dataset: FeedBody['dataset'], owner: Principal, file: string | Uint8Array, sent: Sent = {}) => {
      const feedId = await upload(dataset, owner, file, sent);
      const checked = await check(feedId, sent.by ?? owner);
      return checked.state === 'checked' ? commit(feedId, sent.by ?? owner) : checked;
    },
  };
};

/** A feed nobody has. */
export const nobodysFeed = FeedId.parse(`fed_${'0'.repeat(32)}`);
