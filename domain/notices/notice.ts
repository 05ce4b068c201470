import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { ApplicationId, HouseholdId, NoticeId, ObjectionId, ReviewId } from '../ids.ts';
import { noticeStates } from '../lifecycles/notice.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** An objection as it was raised. Its words may name people, so they are stored in an envelope. */
export const Objection = z.strictObject({ objectionId: ObjectionId, raisedAt: Instant, grounds: z.string() });
export type Objection = z.infer<typeof Objection>;

/**
 * A first opinion in public. The law lets it carry the applicant's name, the number of members and the amount (D57 article
 * 24), and nothing else; what else is here stays inside.
 */
export const Notice = z.strictObject({
  noticeId: NoticeId,
  version: z.int().min(1),
  state: z.enum(noticeStates),
  reviewId: ReviewId,
  applicationId: ApplicationId,
  householdId: HouseholdId,
  division: DivisionCode,
  publishedAt: Instant,
  /** The last day on which an objection can be raised. */
  endsOn: LocalDate,
  applicantName: z.string(),
  memberCount: z.int().min(1),
  monthlyAmount: Fen,
  objection: Objection.nullable(),
});
export type Notice = z.infer<typeof Notice>;
