import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { NoticeList, NoticeListQuery, NoticeView, ObjectionBody, ObjectionView } from '../../contracts/api/notices.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { NoticeId } from '../../domain/ids.ts';
import { objectToNotice } from './object-to-notice.ts';
import { listNotices, readNotice } from './read-notices.ts';

const params = z.object({ noticeId: pathId(NoticeId) });

/** The operations on public notices: open to everyone, without a token. */
export const noticeOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'listNotices',
    summary: 'List the public notices of a county',
    query: NoticeListQuery,
    page: z.string(),
    response: NoticeList,
    status: 200,
    handle: ({ query, after }) => listNotices(dependencies, query.county, query.limit, after),
  }),
  defineOperation({
    operation: 'readNotice',
    summary: 'Read a public notice',
    params,
    response: NoticeView,
    status: 200,
    handle: ({ params: { noticeId } }) => readNotice(dependencies, noticeId),
  }),
  defineOperation({
    operation: 'objectToNotice',
    summary: 'Object to a public notice',
    params,
    body: ObjectionBody,
    response: ObjectionView,
    status: 201,
    idempotent: true,
    problems: ['lifecycle-conflict'],
    handle: ({ params: { noticeId }, body, idempotencyKey, fingerprint }) =>
      objectToNotice(dependencies, { noticeId, grounds: body.grounds, idempotencyKey, fingerprint }),
  }),
];
