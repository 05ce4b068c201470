import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { FeedBody, FeedView } from '../../contracts/api/feeds.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { FeedId } from '../../domain/ids.ts';
import { announceFeed } from './announce-feed.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import { checkFeed, commitFeed, discardFeed, readFeed } from './move-feed.ts';

const params = z.object({ feedId: pathId(FeedId) });

/** The operations on departments' files, from the announcement to what became of each row. */
export const feedOperations = (dependencies: FeedDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'announceFeed',
    summary: 'Announce a file of a dataset; the answer says where its parts are sent',
    body: FeedBody,
    response: FeedView,
    status: 201,
    idempotent: true,
    handle: (call) => announceFeed(dependencies, call),
  }),
  defineOperation({
    operation: 'readFeed',
    summary: 'Read how a file stands: missing parts with their addresses, progress, counts, and the rejected rows',
    params,
    response: FeedView,
    status: 200,
    handle: ({ principal, params: { feedId } }) => readFeed(dependencies, { principal, feedId }),
  }),
  defineOperation({
    operation: 'checkFeed',
    summary: 'Have a file that is uploaded whole compared with the roster, changing nothing',
    params,
    response: FeedView,
    status: 202,
    problems: ['lifecycle-conflict', 'feed-incomplete', 'version-conflict'],
    handle: ({ principal, params: { feedId } }) => checkFeed(dependencies, { principal, feedId }),
  }),
  defineOperation({
    operation: 'commitFeed',
    summary: 'Have a checked file applied to the roster, on the counts that were read',
    params,
    response: FeedView,
    status: 202,
    precondition: 'required',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { feedId }, ifMatch }) => commitFeed(dependencies, { principal, feedId, ifMatch }),
  }),
  defineOperation({
    operation: 'discardFeed',
    summary: 'Give up a file that was not committed',
    params,
    response: FeedView,
    status: 200,
    problems: ['lifecycle-conflict', 'version-conflict'],
    handle: ({ principal, params: { feedId } }) => discardFeed(dependencies, { principal, feedId }),
  }),
];
