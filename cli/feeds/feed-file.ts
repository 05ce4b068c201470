import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FeedForm } from '../../adapters/feeds/layout.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** A file of a department on this machine. */
export interface FeedFile {
  readonly path: string;
  readonly size: number;
  readonly form: FeedForm;
}

/** Whether a file is gzip is told by its first two bytes, whatever it is called (RFC 1952). */
const isGzip = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(2);
    return readSync(file, bytes, 0, 2, 0) === 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  } finally {
    closeSync(file);
  }
};

/** The format is told by the name, without `.gz`. */
const formatOf = (name: string): FeedForm['format'] | null => {
  const ending = /\.([a-z]+)(?:\.gz)?$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  if (['csv', 'txt'].includes(ending)) return 'csv';
  return ['ndjson', 'jsonl'].includes(ending) ? 'ndjson' : null;
};

/** The file of a name. Throws a wrong use where there is none, or its name tells no format. */
export const feedFileAt = (name: string, folder: string): FeedFile => {
  const path = resolve(folder, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    throw new CommandFailure({
      title: says('没有这个文件', 'There is no such file'),
      cause: says(`找不到 ${name}。`, `${name} was not found.`),
      cure: says('请给出部门数据文件。', 'Name the file of a department.'),
      exitCode: 2,
    });
  }
  const format = formatOf(name);
  if (format === null) {
    throw new CommandFailure({
      title: says('无法识别文件格式', 'The format of the file is not known'),
      cause: says(
        `${name} 的扩展名既不是 .csv 也不是 .ndjson。`,
        `The name ${name} ends neither in .csv nor in .ndjson.`,
      ),
      cure: says(
        '请将文件命名为 .csv 或 .ndjson，可再加 .gz。',
        'Name it .csv or .ndjson, and .gz behind that for gzip.',
      ),
      exitCode: 2,
    });
  }
  return { path, size: stats.size, form: { format, gzip: isGzip(path) } };
};

/** The bytes of a file from one place to before another, as they are read; each chunk is told. Ends when somebody presses Ctrl+C. */
export async function* bytesOfFile(
  { path }: FeedFile,
  { from, to }: { readonly from: number; readonly to: number | null },
  { signal, heard }: { readonly signal: AbortSignal; readonly heard: (bytes: number) => void },
): AsyncGenerator<Uint8Array> {
  // `end` is the last byte itself, where `to` is the one behind it.
  const end = to === null ? {} : { end: to - 1 };
  if (to === from) return;
  for await (const chunk of createReadStream(path, { start: from, ...end, highWaterMark: 262_144 })) {
    if (signal.aborted) {
      throw new CommandFailure({
        title: says('已中断', 'Interrupted'),
        cause: says('检查没有做完。', 'The check was not finished.'),
        cure: says('请重新运行。', 'Run it again.'),
        exitCode: 130,
      });
    }
    if (chunk instanceof Uint8Array) {
      heard(chunk.length);
      yield chunk;
    }
  }
}
