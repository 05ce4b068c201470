import type { z } from 'zod';
import { type FeedBody, FeedView } from '../../contracts/api/feeds.ts';
import { granted, type Request } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import type { Session } from '../session.ts';

/** The operations on departments' files, for one connection and one run of a command. Each throws a CommandFailure when it is refused. */
export const feedsAt = (connection: Connection, { terminal, language }: Session) => {
  const ask = (request: Omit<Request<typeof FeedView>, 'language' | 'schema'>): Promise<FeedView> =>
    granted(connection, { ...request, language, schema: FeedView }, terminal);
  return {
    announce: (body: z.input<typeof FeedBody>, key: string) => ask({ operation: 'announceFeed', body, key }),
    read: (feedId: string) => ask({ operation: 'readFeed', params: { feedId } }),
    check: (feedId: string) => ask({ operation: 'checkFeed', params: { feedId } }),
    commit: ({ feedId, version }: FeedView) => ask({ operation: 'commitFeed', params: { feedId }, ifMatch: version }),
  };
};
export type Feeds = ReturnType<typeof feedsAt>;
