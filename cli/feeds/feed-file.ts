import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FeedBody } from '../../contracts/api/feeds.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** A file to be handed in, and how it is written by its name. */
export interface FeedFile {
  readonly path: string;
  readonly bytes: number;
  readonly format: FeedBody['format'];
  readonly compression: FeedBody['compression'];
}

const formats: Readonly<Record<string, FeedBody['format']>> = { csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson' };

/** Finds a file and what its name says of it. Throws a CommandFailure when there is none, or its name says nothing. */
export const feedFileAt = (given: string, folder: string): FeedFile => {
  const path = resolve(folder, given);
  const name = basename(path).toLowerCase();
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CommandFailure({
      title: says('找不到文件', 'There is no such file'),
      cause: says(`${given} 不存在或不是文件。`, `${given} does not exist or is no file.`),
      cure: says('请核对路径。', 'Check the path.'),
    });
  const isGzip = name.endsWith('.gz');
  const format = formats[(isGzip ? name.slice(0, -3) : name).split('.').at(-1) ?? ''];
  if (format === undefined)
    throw new CommandFailure({
      title: says('无法识别文件格式', 'The format of the file is not known'),
      cause: says(
        '文件名应以 .csv、.ndjson 结尾，压缩的再加 .gz。',
        'Its name ends in neither .csv nor .ndjson, with .gz behind it or not.',
      ),
      cure: says('请按格式改名。', 'Name it by its format.'),
    });
  return { path, bytes: statSync(path).size, format, compression: isGzip ? 'gzip' : 'none' };
};

/** SHA-256 of a file, as 64 hexadecimal digits. */
export const hashOf = async ({ path }: FeedFile): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(Buffer.from(chunk));
  return hash.digest('hex');
};
