import type { NoticeView } from '../../contracts/api/notices.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { NoticeId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';

const viewOf = ({ noticeId, applicantName, memberCount, monthlyAmount, endsOn }: Notice): NoticeView => ({
  noticeId,
  applicantName,
  memberCount,
  monthlyAmount,
  endsOn,
});

/** The notices of a county that are in public, those ending first first. */
export const listNotices = async (
  { store }: Dependencies,
  county: DivisionCode,
  limit: number,
  after: string | null,
): Promise<Outcome<{ notices: NoticeView[] }>> => {
  const page = await store.publishedNotices(county, limit, after);
  return succeed({ notices: page.items.map(viewOf) }, { next: page.next });
};

/** A notice while it is in public. Afterwards it is gone: the law publishes for some days, not for ever. */
export const readNotice = async ({ store }: Dependencies, noticeId: NoticeId): Promise<Outcome<NoticeView>> => {
  const notice = await store.notice(noticeId);
  if (notice === undefined || notice.state !== 'published') return refuse('not-found');
  return succeed(viewOf(notice), { version: notice.version });
};
