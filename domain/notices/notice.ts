import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { ApplicationId, HouseholdId, NoticeId, ObjectionId, ReviewId } from '../ids.ts';
import { type NoticeAction, noticeLifecycle, noticeStates } from '../lifecycles/notice.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** An objection as it was raised. Its words may name people, so they are stored in an envelope. */
export const Objection = z.strictObject({ objectionId: ObjectionId, raisedAt: Instant, grounds: z.string() });
export type Objection = z.infer<typeof Objection>;

/**
 * What a notice says to the public: the applicant's name, the number of members and the amount (D57 article 24), and nothing else.
 * This is the allow-list. What is published is made as one of these, kept as one, and shown as one: a field that is not here can
 * neither be stored with a notice nor leave with it.
 */
export const NoticeContent = z.strictObject({
  applicantName: z.string(),
  memberCount: z.int().min(1),
  monthlyAmount: Fen,
});
export type NoticeContent = z.infer<typeof NoticeContent>;

/** A first opinion in public: its content, and beside it what stays inside: of whom, by whom, until when. */
export const Notice = NoticeContent.extend({
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
  /** Null once the notice is no longer in public: the name was there to be read for some days, and has no other use. */
  applicantName: NoticeContent.shape.applicantName.nullable(),
  objection: Objection.nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** What the public reads of a notice; nothing once it is no longer in public. */
export const contentOf = ({ state, applicantName, memberCount, monthlyAmount }: Notice): NoticeContent | undefined =>
  state === 'published' && applicantName !== null ? { applicantName, memberCount, monthlyAmount } : undefined;

/** A notice taken out of public by a move of its lifecycle: the name goes with it, and count and amount stay for the audit. */
export const noLongerPublic = (notice: Notice, action: NoticeAction): Notice => ({
  ...notice,
  version: notice.version + 1,
  state: noticeLifecycle[action].to,
  applicantName: null,
});
