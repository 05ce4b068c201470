import { tmpdir } from 'node:os';
import { readRows } from '../../adapters/feeds/read-rows.ts';
import { rejectFile } from '../../adapters/feeds/reject-file.ts';
import { type FeedSurvey, surveyFeed } from '../../adapters/feeds/survey.ts';
import { dateInChina, Instant, type LocalDate } from '../../domain/dates.ts';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FileFault, RejectedRow } from '../../domain/feeds/feed-row.ts';
import { fileReasons, rowReasonCodes, rowReasons } from '../../domain/feeds/reasons.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { type Progress, progressOn } from '../show/progress.ts';
import { tableOf } from '../show/table.ts';
import { bytesOfFile, type FeedFile, feedFileAt } from './feed-file.ts';
import { feedNamed } from './feed-named.ts';
import { rejectPathOf, writeRejectFile } from './reject-path.ts';

export interface CheckFeedOptions {
  readonly dataset: string;
  readonly rejects?: string | undefined;
}

/** What is checked, and with what. */
interface Checking {
  readonly name: string;
  readonly file: FeedFile;
  readonly feed: FeedDefinition;
  readonly today: LocalDate;
  readonly session: Session;
}

/** The bytes of the file, with how far it has been read. */
const watched = ({ file, session }: Checking, progress: Progress, rows: () => number): AsyncGenerator<Uint8Array> => {
  const mebibyte = 1_048_576;
  let read = 0;
  const heard = (bytes: number): void => {
    read += bytes;
    const note = session.say(says(`${rows()} 行`, `${rows()} rows`));
    progress.reached(Math.round(read / mebibyte), Math.round(file.size / mebibyte), `MiB  ${note}`);
  };
  return bytesOfFile(file, { from: 0, to: null }, { signal: session.terminal.interrupted, heard });
};

const survey = async (checking: Checking) => {
  const { file, feed, today, session } = checking;
  const progress = progressOn(session.terminal, session.say(says('检查', 'checking')));
  let rows = 0;
  try {
    return await surveyFeed({
      bytes: watched(checking, progress, () => rows),
      form: file.form,
      feed,
      today,
      pieceBytes: Number.POSITIVE_INFINITY,
      scratchFolder: tmpdir(),
      progress: (read) => {
        rows = read;
      },
    });
  } finally {
    progress.end();
  }
};

async function* rejectedRows(checking: Checking, { pieces }: FeedSurvey): AsyncGenerator<readonly RejectedRow[]> {
  const { file, feed, today, session } = checking;
  const progress = progressOn(session.terminal, session.say(says('写出退回行', 'writing rejects')));
  let rows = 0;
  try {
    const [piece] = pieces;
    if (piece === undefined) return;
    const bytes = watched(checking, progress, () => rows);
    for await (const batch of readRows({ bytes, form: file.form, feed, today, piece })) {
      rows += batch.length;
      yield batch.flatMap((row) => (row.outcome === 'rejected' ? [row.rejected] : []));
    }
  } finally {
    progress.end();
  }
}

const writeRejects = async (to: string, checking: Checking, surveyed: FeedSurvey): Promise<void> => {
  const { file, feed, session } = checking;
  const { terminal, language } = session;
  const rows = rejectedRows(checking, surveyed);
  const { layout } = surveyed;
  await writeRejectFile(
    rejectPathOf(to, terminal.folder),
    rejectFile(rows, { form: file.form, layout, feed, language }),
  );
};

const refusedWhole = ({ name, feed, session }: Checking, { reason, detail }: FileFault): Outcome => {
  const { say } = session;
  const { cause, cure } = fileReasons[reason];
  session.show(`${name}: ${say(cause)} [${reason}]\n${say(detail)}\n${say(cure)}`);
  const fault = { reason, cause: say(cause), detail: say(detail), cure: say(cure) };
  return { exitCode: 1, object: { file: name, dataset: feed.code, fault } };
};

const showCounts = ({ name, feed, session }: Checking, { rows, valid, rejected }: FeedSurvey): void => {
  const { say, show } = session;
  show(
    say(
      says(
        `${name}：${feed.name.zh}，${rows} 行，有效 ${valid}，退回 ${rows - valid}`,
        `${name}: ${feed.name.en}, ${rows} rows, ${valid} valid, ${rows - valid} rejected`,
      ),
    ),
  );
  if (rows === valid) return;
  const columns = [
    { heading: say(says('原因', 'reason')) },
    { heading: say(says('行数', 'rows')), isNumber: true },
    { heading: say(says('说明', 'what is wrong')), atMost: 44 },
    { heading: say(says('处理', 'what to do')), atMost: 44 },
  ];
  const found = rowReasonCodes.filter((reason) => rejected[reason] !== undefined);
  show(
    tableOf(
      columns,
      found.map((reason) => {
        const { cause, cure } = rowReasons[reason];
        return [reason, String(rejected[reason] ?? 0), say(cause), say(cure)];
      }),
    ),
  );
};

/**
 * Checks a department's file on one's own machine, without any instance: every row is judged as it will be when it is uploaded. Writes the
 * rejected rows, each with its reason, where a file for them is named.
 */
export const checkFeed = async (name: string, options: CheckFeedOptions, session: Session): Promise<Outcome> => {
  const today = dateInChina(Instant.parse(new Date().toISOString()));
  const feed = feedNamed(options.dataset, today);
  const file = feedFileAt(name, session.terminal.folder);
  const checking: Checking = { name, file, feed, today, session };
  const surveyed = await survey(checking);
  if (!surveyed.ok) return refusedWhole(checking, surveyed.fault);
  const { rows, valid, rejected, layout } = surveyed.survey;
  showCounts(checking, surveyed.survey);
  const isClean = rows === valid;
  const to = isClean ? undefined : options.rejects;
  if (to !== undefined) await writeRejects(to, checking, surveyed.survey);
  const counts = { rows, valid, rejected, rejects: to ?? null };
  const { encoding } = layout;
  return { exitCode: isClean ? 0 : 1, object: { file: name, dataset: feed.code, encoding, ...counts } };
};
