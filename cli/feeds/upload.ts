import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FeedBody, FeedView } from '../../contracts/api/feeds.ts';
import { dateInChina, Instant } from '../../domain/dates.ts';
import { connect } from '../connection/connect.ts';
import type { ConnectionOptions } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { confirmed } from '../policy/confirm.ts';
import type { Outcome, Session } from '../session.ts';
import { count } from '../show/money.ts';
import { type FeedFile, feedFileAt } from './feed-file.ts';
import { type Feeds, feedsAt } from './feed-instance.ts';
import { feedNamed } from './feed-named.ts';
import { cannotBeRead, followed } from './follow-feed.ts';
import { mayBeWritten, type RejectPath, rejectPathOf, writeRejectFile } from './reject-path.ts';
import { sendParts } from './send-parts.ts';

export interface UploadOptions extends ConnectionOptions {
  readonly dataset: string;
  /** Stops behind the dry run. */
  readonly dryRun: boolean;
  readonly yes: boolean;
  /** Hands the file in anew although the very same was handed in before. */
  readonly again: boolean;
  /** Where the rejected rows are written. */
  readonly rejects?: string | undefined;
}

/** SHA-256 of a file, as 64 hexadecimal digits. */
const hashOf = async ({ path }: FeedFile): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(Buffer.from(chunk));
  return hash.digest('hex');
};

/** More files of one content than this have not failed; something else is wrong. */
const mostAttempts = 20;

/**
 * Announces a file, or finds the same that was announced before: a command that was interrupted goes on where it was. One that failed or was
 * given up is not taken for an answer.
 */
const announced = async (
  feeds: Feeds,
  file: FeedFile,
  dataset: FeedBody['dataset'],
  { again }: UploadOptions,
): Promise<FeedView> => {
  const { form, size: bytes } = file;
  const compression = form.gzip ? 'gzip' : 'none';
  const stem = again ? `feed-${randomUUID()}` : `feed-${dataset}-${(await hashOf(file)).slice(0, 40)}`;
  for (let attempt = 1; ; attempt += 1) {
    const feed = await feeds.announce({ dataset, format: form.format, compression, bytes }, `${stem}-${attempt}`);
    const isUseless = feed.state === 'failed' || feed.state === 'discarded';
    if (!isUseless || attempt === mostAttempts) return feed;
  }
};

/** Of how many of the rows the person is gone to, or would be: whichever way they end. */
const visitsOf = (rows: string, isDone: boolean) =>
  isDone
    ? says(`  其中 ${rows} 行转入走访`, `  ${rows} of them leading to a visit`)
    : says(`  其中 ${rows} 行将转入走访`, `  ${rows} of them that would lead to a visit`);

/** What became of the rows, or would: one line for each of the four ends, for each reason, and for the people somebody goes to. */
const tableOf = (counts: NonNullable<FeedView['result']>, isDone: boolean, { say }: Session): string =>
  [
    say(says(`共 ${count(counts.rows)} 行`, `${count(counts.rows)} rows`)),
    isDone
      ? say(says(`  已更新 ${count(counts.applied)}`, `  applied   ${count(counts.applied)}`))
      : say(says(`  将更新 ${count(counts.applied)}`, `  to apply  ${count(counts.applied)}`)),
    say(says(`  无变化 ${count(counts.unchanged)}`, `  unchanged ${count(counts.unchanged)}`)),
    say(says(`  不在册 ${count(counts.unmatched)}`, `  unmatched ${count(counts.unmatched)}`)),
    say(says(`  被拒绝 ${count(counts.rejected)}`, `  rejected  ${count(counts.rejected)}`)),
    ...counts.reasons.map(({ rows, zh, en }) => say(says(`    ${count(rows)}：${zh}`, `    ${count(rows)}: ${en}`))),
    ...(counts.prospects === 0 ? [] : [say(visitsOf(count(counts.prospects), isDone))]),
  ].join('\n');

/** The rejected rows of the last run over a feed; null where there are none. */
const rejectedRowsOf = async ({ rejects }: FeedView): Promise<Uint8Array | null> => {
  if (rejects === null) return null;
  const answer = await fetch(rejects.address).catch(() => undefined);
  if (answer?.ok === true) return new Uint8Array(await answer.arrayBuffer());
  throw new CommandFailure({
    title: says('无法下载被拒绝的行', 'The rejected rows cannot be downloaded'),
    cause: says('其地址没有应答。', 'Nothing answers at their address.'),
    cure: says('请再次执行同一命令。', 'Give the same command again.'),
  });
};

const writeRejects = async (feed: FeedView, to: RejectPath | undefined, session: Session): Promise<void> => {
  const { terminal, say } = session;
  if (feed.rejects === null) return;
  if (to === undefined) {
    terminal.tell(
      say(says('用 --rejects FILE 保存被拒绝的行。', 'Give --rejects FILE to have the rejected rows written.')),
    );
    return;
  }
  const rows = await rejectedRowsOf(feed);
  if (rows !== null) await writeRejectFile(to, rows);
  terminal.tell(say(says(`被拒绝的行已写入 ${to.name}`, `The rejected rows are in ${to.name}`)));
};

/** Looks whether the rejected rows can be written while nothing has been sent or applied yet: afterwards it is too late to refuse the name. */
const lookAhead = async (feed: FeedView, to: RejectPath | undefined): Promise<void> => {
  if (to !== undefined && (feed.state === 'announced' || feed.state === 'checked'))
    await mayBeWritten(to, () => rejectedRowsOf(feed));
};

/** Uploads what is missing and has the file checked, or waits for what is under way. */
const checked = async (feeds: Feeds, feed: FeedView, file: FeedFile, session: Session): Promise<FeedView> => {
  if (feed.state === 'announced') await sendParts(feeds, feed, file, session);
  const checking = feed.state === 'announced' ? await feeds.check(feed.feedId) : feed;
  const { say } = session;
  return followed(feeds, checking, say(says('试算', 'dry run')), session);
};

/**
 * Hands a department's file in: uploads it in parts, shows what it would change, asks, has it applied and follows it to its end. Broken off
 * anywhere, the same command goes on where it was.
 */
export const upload = async (path: string, options: UploadOptions, session: Session): Promise<Outcome> => {
  const { terminal, say, show } = session;
  const today = dateInChina(Instant.parse(new Date().toISOString()));
  const { code: dataset } = feedNamed(options.dataset, today);
  const file = feedFileAt(path, terminal.folder);
  const feeds = feedsAt(connect(options, terminal, ['provincial', 'administrator', 'agency']), session);
  const to = options.rejects === undefined ? undefined : rejectPathOf(options.rejects, terminal.folder);
  const announcement = await announced(feeds, file, dataset, options);
  await lookAhead(announcement, to);
  let feed = await checked(feeds, announcement, file, session);
  if (feed.state === 'failed') throw cannotBeRead(feed);
  if (feed.state === 'checked' && feed.dryRun !== null) {
    show(tableOf(feed.dryRun, false, session));
    if (!options.dryRun) {
      await lookAhead(feed, to);
      await confirmed(says('应用到底册？', 'Apply it to the roster?'), options.yes, session);
      feed = await followed(feeds, await feeds.commit(feed), say(says('应用', 'commit')), session);
    }
  }
  if (feed.state === 'failed') throw cannotBeRead(feed);
  if (feed.result !== null) show(tableOf(feed.result, true, session));
  await writeRejects(feed, to, session);
  const { feedId, state, dryRun, result } = feed;
  return { exitCode: 0, object: { feedId, state, dataset, dryRun, result, rejects: options.rejects ?? null } };
};
