import { resolve } from 'node:path';
import { z } from 'zod';
import { findLocalInstance } from '../connection/local-instance.ts';
import { ConnectionOptions, withEnvironment } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { exportedTables, type ManifestSummary, tableNamed } from './export-form.ts';
import { folderFailure } from './folder-failure.ts';
import { mayTakeExport, openTableWriter, type TableWriter } from './write-export.ts';

export interface ExportOptions {
  readonly to: string;
  readonly data?: string | undefined;
}

/** What the control server of a local instance streams: a head, an item a line, and an end without which nothing was exported. */
const Head = z.strictObject({
  head: z.strictObject({
    exportTime: z.iso.datetime(),
    consistency: z.enum(['snapshot', 'undisturbed', 'disturbed']),
    tables: z.array(z.strictObject({ name: z.string(), arn: z.string(), id: z.string() })),
  }),
});
const End = z.strictObject({
  end: z.strictObject({
    counts: z.record(z.string(), z.int()),
    consistency: z.enum(['snapshot', 'undisturbed', 'disturbed']),
    endTime: z.iso.datetime(),
  }),
});
type Head = z.infer<typeof Head>['head'];
type End = z.infer<typeof End>['end'];

const brokenOff = (cause?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('导出中断', 'The export was broken off'),
      cause: says('实例在导出完成之前停止了应答。', 'The instance stopped answering before the export was complete.'),
      cure: says(
        '请确认实例在运行，再用同一目录重新导出。',
        'See that the instance runs, and export to the same folder again.',
      ),
    },
    { cause },
  );

const linesOf = async function* (response: Response): AsyncGenerator<string> {
  let rest = '';
  if (response.body === null) return;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
};

/** A line of an item is `<number of the table> <item>`, so that the item's text goes to the file as the engine wrote it. */
const itemLine = /^(\d) (\{.*\})$/su;

const openWriters = (folder: string, { exportTime, tables }: Head): Map<string, TableWriter & { name: string }> => {
  const writers = new Map<string, TableWriter & { name: string }>();
  for (const [index, { name, arn, id }] of tables.entries()) {
    const table = tableNamed(name);
    if (table === undefined) continue;
    const stamp = { tableArn: arn, tableId: id, exportTime, startTime: exportTime };
    writers.set(String(index), { ...openTableWriter(resolve(folder, table), stamp), name });
  }
  if (writers.size !== exportedTables.length) throw brokenOff();
  return writers;
};

const receive = async (response: Response, folder: string): Promise<{ end: End; summaries: ManifestSummary[] }> => {
  let writers: ReturnType<typeof openWriters> | undefined;
  for await (const line of linesOf(response)) {
    if (writers === undefined) {
      writers = openWriters(folder, Head.parse(JSON.parse(line)).head);
      continue;
    }
    const [, table = '', item] = itemLine.exec(line) ?? [];
    if (item !== undefined) {
      await writers.get(table)?.add(item);
      continue;
    }
    const { end } = End.parse(JSON.parse(line));
    const summaries: ManifestSummary[] = [];
    for (const writer of writers.values()) {
      const summary = await writer.end(end.endTime);
      if (summary.itemCount !== end.counts[writer.name]) throw brokenOff();
      summaries.push(summary);
    }
    return { end, summaries };
  }
  throw brokenOff();
};

/** A connection that breaks is a TypeError of `fetch`, and what was given up an AbortError; of the wrong form is only what the instance sent. */
const isOfTheInstance = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof SyntaxError ||
  error instanceof z.ZodError ||
  (error instanceof Error && error.name === 'AbortError');

/** Exports both tables of a running local instance into `roster/` and `audit/` of a folder. Throws a CommandFailure where it cannot. */
export const exportInstance = async (
  { to, data }: ExportOptions,
  session: Session,
): Promise<{ end: End; summaries: ManifestSummary[] }> => {
  const { terminal } = session;
  const options = withEnvironment(ConnectionOptions.parse({ data }), terminal.environment);
  const { controlUrl } = findLocalInstance(options.data, terminal.folder);
  if (controlUrl === undefined) throw brokenOff();
  const folder = resolve(terminal.folder, to);
  mayTakeExport(folder);
  try {
    const response = await fetch(`${z.url().parse(controlUrl)}/export`, { signal: terminal.interrupted });
    if (!response.ok) throw brokenOff(await response.text());
    return await receive(response, folder);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw folderFailure(error, to) ?? (isOfTheInstance(error) ? brokenOff(error) : error);
  }
};

const consistencies = {
  snapshot: says('两张表同一瞬间的快照', 'a snapshot of both tables at one moment'),
  undisturbed: says('导出期间没有任何写入', 'nothing was written while it was read'),
  disturbed: says(
    '导出期间有写入：两张表之间可能相差数秒，请在实例空闲时重做',
    'something was written while it was read: records may be seconds apart. Export again while the instance is idle',
  ),
} as const;

/** `hearth export`: the tables of a local instance, in the files that DynamoDB's export to S3 writes. */
export const exportTables = async (options: ExportOptions, session: Session): Promise<Outcome> => {
  const { end, summaries } = await exportInstance(options, session);
  const [first] = summaries;
  session.show(
    [
      session.say(
        says(
          `已导出到 ${options.to}（${first?.exportTime}）：`,
          `Exported to ${options.to} as of ${first?.exportTime}:`,
        ),
      ),
      ...summaries.map(
        ({ tableArn, itemCount }) => `  ${tableArn.split('/').at(-1)}  ${itemCount.toLocaleString('en')}`,
      ),
      `  ${session.say(consistencies[end.consistency])}`,
    ].join('\n'),
  );
  return {
    exitCode: end.consistency === 'disturbed' ? 1 : 0,
    object: {
      name: 'export',
      to: options.to,
      consistency: end.consistency,
      exportTime: first?.exportTime,
      items: Object.fromEntries(summaries.map(({ tableArn, itemCount }) => [tableArn.split('/').at(-1), itemCount])),
    },
  };
};
