import type { FeedView } from '../../contracts/api/feeds.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';
import { count } from '../show/money.ts';
import { type Progress, progressOn } from '../show/progress.ts';
import type { Feeds } from './feed-instance.ts';

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 2_000;

const isUnderWay = ({ state }: FeedView): boolean => state === 'checking' || state === 'applying';

const show = (
  { pieces, done, rows, index }: NonNullable<FeedView['progress']>,
  progress: Progress,
  say: Session['say'],
): void => {
  if (index !== null)
    progress.reached(index.done, index.segments, say(says('正在读取底册人员', 'reading who is on the roster')));
  else if (pieces > 0)
    progress.reached(done, pieces, say(says(`已比对 ${count(rows)} 行`, `${count(rows)} rows compared`)));
};

/** Shows how far a run over a file is until it has ended, and gives the feed as it is then. On Ctrl+C the run goes on without the command. */
export const followed = async (feeds: Feeds, begun: FeedView, label: string, session: Session): Promise<FeedView> => {
  const { terminal, say } = session;
  const progress = progressOn(terminal, label);
  let feed = begun;
  let pause = firstPauseMilliseconds;
  try {
    for (;;) {
      if (feed.progress !== null) show(feed.progress, progress, say);
      if (!isUnderWay(feed)) return feed;
      await terminal.pause(pause);
      if (terminal.interrupted.aborted) throw leftRunning();
      pause = Math.min(pause * 1.5, longestPauseMilliseconds);
      feed = await feeds.read(feed.feedId);
    }
  } finally {
    progress.end();
  }
};

const leftRunning = (): CommandFailure =>
  new CommandFailure({
    title: says('已停止等待', 'No longer waiting'),
    cause: says('实例上的比对仍在继续。', 'The comparison goes on at the instance.'),
    cure: says('再次执行同一命令即可接着等待。', 'Give the same command again to go on waiting for it.'),
    exitCode: 130,
  });

/** The failure of a file that could not be read as a whole. */
export const cannotBeRead = ({ fault, feedId }: FeedView): CommandFailure =>
  new CommandFailure({
    title: says('文件无法读取', 'The file cannot be read'),
    cause: says(fault?.zh ?? '实例未能读取该文件。', fault?.en ?? 'The instance could not read it.'),
    cure: says('未作任何更改。改正后重新上传。', 'Nothing was changed. Correct it and hand it in again.'),
    details: [feedId],
  });
