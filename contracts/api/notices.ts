import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { NoticeId, ObjectionId } from '../../domain/ids.ts';
import { Fen } from '../../domain/money.ts';
import { CountyField, pageLimit } from './fields.ts';

/**
 * A public notice as anyone may read it: the applicant's name, the number of members and the amount (D57 article 24). This list
 * is the allow-list: a field that is not here cannot leave.
 */
export const NoticeView = z.strictObject({
  noticeId: NoticeId,
  applicantName: z.string(),
  memberCount: z.int(),
  monthlyAmount: Fen,
  endsOn: LocalDate,
});
export type NoticeView = z.infer<typeof NoticeView>;

export const NoticeListQuery = z.strictObject({
  county: CountyField,
  limit: pageLimit(100, 50),
});
export const NoticeList = z.strictObject({ notices: z.array(NoticeView), nextCursor: z.string().nullable() });

export const ObjectionBody = z.strictObject({ grounds: z.string().trim().min(10).max(2_000) });
export const ObjectionView = z.strictObject({ objectionId: ObjectionId, noticeId: NoticeId, receivedOn: LocalDate });
export type ObjectionView = z.infer<typeof ObjectionView>;
