import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline, Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Findings } from './findings.ts';
import type { Item } from './item-text.ts';

const Summary = z.looseObject({ tableArn: z.string() });
const Listed = z.looseObject({ dataFileS3Key: z.string(), md5Checksum: z.string(), itemCount: z.int() });
const Line = z.strictObject({ Item: z.record(z.string(), z.unknown()) });

const deepest = 5;
const summaryFile = 'manifest-summary.json';
const listFile = 'manifest-files.json';

/** A file of items, with what the manifest says of it. */
interface DataFile {
  readonly path: string;
  readonly listed: z.infer<typeof Listed> | undefined;
}

const parsed = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const foldersBelow = (folder: string, depth: number): readonly string[] =>
  depth === 0
    ? [folder]
    : [
        folder,
        ...readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .flatMap(({ name }) => foldersBelow(join(folder, name), depth - 1)),
      ];

const isOfAudit = (folder: string): boolean => {
  const file = join(folder, summaryFile);
  const table = existsSync(file) ? parsed(Summary, readFileSync(file, 'utf8'))?.tableArn : undefined;
  return /audit/iu.test(table ?? (existsSync(join(folder, 'data')) ? basename(folder) : ''));
};

/** The files of the export of the Audit table that is in the folder or somewhere below it. */
export const filesOfExport = (folder: string, findings: Findings): readonly DataFile[] => {
  const there = existsSync(folder) && statSync(folder).isDirectory();
  const place = there ? foldersBelow(folder, deepest).find(isOfAudit) : undefined;
  if (place === undefined) {
    findings.gap('no-export', folder);
    return [];
  }
  const list = join(place, listFile);
  if (!existsSync(list)) {
    findings.gap('no-manifest', place);
    const data = join(place, 'data');
    const names = existsSync(data) ? readdirSync(data).filter((name) => name.endsWith('.json.gz')) : [];
    return names.sort().map((name) => ({ path: join(data, name), listed: undefined }));
  }
  const lines = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.flatMap((line) => {
    const listed = parsed(Listed, line);
    if (listed === undefined) {
      findings.found('export-changed', listFile);
      return [];
    }
    const path = join(place, 'data', basename(listed.dataFileS3Key));
    if (existsSync(path)) return [{ path, listed }];
    findings.gap('file-missing', path);
    return [];
  });
};

/** A megabyte more than DynamoDB allows an item to have: a longer line is none. */
const longestLine = 1_400_000;

async function* linesOf(path: string, checksum: (bytes: Buffer) => void): AsyncGenerator<string> {
  const tap = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      checksum(chunk);
      done(null, chunk);
    },
  });
  const plain = createGunzip();
  // What goes wrong on the way ends the last stream with the same error, and is thrown where it is read.
  pipeline(createReadStream(path), tap, plain, () => undefined);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of plain) {
    const lines = (rest + decoder.write(z.instanceof(Buffer).parse(chunk))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new RangeError('a line without an end');
    yield* lines;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

/** Hands over every item of a file, and says when the file is not what its manifest says. */
export const readItems = async (
  { path, listed }: DataFile,
  findings: Findings,
  each: (item: Item) => void,
): Promise<void> => {
  const hash = createHash('md5');
  let items = 0;
  let line = 0;
  try {
    for await (const text of linesOf(path, (bytes) => hash.update(bytes))) {
      line += 1;
      if (text.trim() === '') continue;
      items += 1;
      const read = parsed(Line, text);
      if (read === undefined) findings.found('item-malformed', basename(path), 'line', line);
      else each(read.Item);
    }
  } catch {
    findings.found('export-changed', basename(path), 'after line', line);
    return;
  }
  const agrees = listed === undefined || (listed.itemCount === items && listed.md5Checksum === hash.digest('base64'));
  if (!agrees) findings.found('export-changed', basename(path));
};
