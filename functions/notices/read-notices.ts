import type { NoticeView } from '../../contracts/api/notices.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { NoticeId } from '../../domain/ids.ts';
import { contentOf, type Notice } from '../../domain/notices/notice.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';

/** A notice as the public reads it, made of its content and nothing else; nothing once it is no longer in public. */
const viewOf = (notice: Notice): NoticeView | undefined => {
  const content = contentOf(notice);
  return content && { noticeId: notice.noticeId, ...content, endsOn: notice.endsOn };
};

/** The notices of a county that are in public, those ending first first. */
export const listNotices = async (
  { store }: Dependencies,
  county: DivisionCode,
  limit: number,
  after: string | null,
): Promise<Outcome<{ notices: NoticeView[] }>> => {
  const page = await store.publishedNotices(county, limit, after);
  const notices = page.items.flatMap((notice) => viewOf(notice) ?? []);
  return succeed({ notices }, { next: page.next });
};

/** A notice while it is in public. Afterwards it is gone: the law publishes for some days, not for ever. */
export const readNotice = async ({ store }: Dependencies, noticeId: NoticeId): Promise<Outcome<NoticeView>> => {
  const notice = await store.notice(noticeId);
  const view = notice && viewOf(notice);
  return view === undefined ? refuse('not-found') : succeed(view, { version: notice?.version ?? 1 });
};
