import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { etagOf, exportedTables, exportFiles, type ManifestFile, type ManifestSummary } from './export-form.ts';
import { inFolder } from './folder-failure.ts';

/** What is known of a table's export before its items are. */
export interface TableStamp {
  readonly tableArn: string;
  readonly tableId: string;
  /** The moment whose state it is. */
  readonly exportTime: string;
  readonly startTime: string;
}

/** A new file is begun at the next item, so that a reader can take files one by one and a broken one costs little. */
const itemsPerFile = 200_000;
const bucket = 'local';

/** A data file as it is, with its size as it is stored. */
export type WrittenFile = ManifestFile & { readonly bytes: number };

interface DataFile {
  readonly write: (line: string) => Promise<void>;
  readonly end: () => Promise<WrittenFile>;
}

const usualLevel = 6;

/** Begins a data file of an export; a lower level packs faster, and hardly less where most of it is sealed. */
export const openDataFile = (
  folder: string,
  key: string,
  { name, level = usualLevel }: { readonly name: string; readonly level?: number },
): DataFile => {
  const gzip = createGzip({ level });
  const hash = createHash('md5');
  const file = createWriteStream(join(folder, exportFiles.data, name));
  let items = 0;
  let bytes = 0;
  gzip.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  const written = pipeline(gzip, file);
  // Whoever writes or ends next hears of it; until then it is nobody's fault that nobody listens.
  written.catch(() => undefined);
  return {
    write: async (line) => {
      items += 1;
      if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), written]);
    },
    end: async () => {
      gzip.end();
      await written;
      const md5 = hash.digest();
      return {
        itemCount: items,
        md5Checksum: md5.toString('base64'),
        etag: etagOf(md5),
        dataFileS3Key: `${key}/${exportFiles.data}/${name}`,
        bytes,
      };
    },
  };
};

const writeManifest = (folder: string, file: string, text: string): void => {
  const path = join(folder, file);
  // By another name first: a manifest is there whole or not at all.
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
  const md5 = createHash('md5').update(text).digest('base64');
  writeFileSync(path.replace(/\.json$/u, exportFiles.checksums[0]), md5);
};

const entriesIn = (folder: string): readonly string[] =>
  inFolder(folder, () => (existsSync(folder) ? readdirSync(folder) : []));

const notEmpty = (folder: string): CommandFailure =>
  new CommandFailure({
    title: says('目标目录不为空', 'The folder is not empty'),
    cause: says(`${folder} 中已有内容，不会覆盖。`, `${folder} holds something already, which is not written over.`),
    cure: says('请用 --to 指明一个新目录。', 'Name a new folder with --to.'),
  });

/** A folder is written to when nothing is in it, or an export that was cut off. */
const mayBeWritten = (folder: string): void => {
  const entries = entriesIn(folder);
  const isCutOff = entries.includes(exportFiles.started) && !entries.includes(exportFiles.summary);
  if (entries.length > 0 && !isCutOff) throw notEmpty(folder);
};

/** Throws a CommandFailure unless both tables may be exported into a folder: nothing else is in it, and no finished export of either. */
export const mayTakeExport = (folder: string): void => {
  const tables: ReadonlySet<string> = new Set(exportedTables);
  if (entriesIn(folder).some((entry) => !tables.has(entry))) throw notEmpty(folder);
  for (const table of tables) mayBeWritten(join(folder, table));
};

const prepare = (folder: string): void => {
  mayBeWritten(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, exportFiles.data), { recursive: true });
  writeFileSync(join(folder, exportFiles.started), '');
};

const exportIdOf = ({ exportTime, tableArn }: TableStamp): string =>
  `${String(Date.parse(exportTime)).padStart(14, '0')}-${createHash('sha256').update(tableArn).digest('hex').slice(0, 8)}`;

/** Where the files of an export lie in a bucket, as its manifests say. */
export const exportKeyOf = (stamp: TableStamp): string => `AWSDynamoDB/${exportIdOf(stamp)}`;

export const dataFileName = (index: number): string => `${String(index).padStart(8, '0')}.json.gz`;

/** A line of a data file, without its end. */
export const itemLine = (itemJson: string): string => `{"Item":${itemJson}}`;

/** Writes the manifests of an export whose data files are all there: by them it is one. */
export const writeManifests = (
  folder: string,
  stamp: TableStamp,
  files: readonly WrittenFile[],
  endTime: string,
): ManifestSummary => {
  writeManifest(
    folder,
    exportFiles.list,
    files.map(({ bytes: _bytes, ...file }) => `${JSON.stringify(file)}\n`).join(''),
  );
  const summary: ManifestSummary = {
    version: '2020-06-30',
    exportArn: `${stamp.tableArn}/export/${exportIdOf(stamp)}`,
    startTime: stamp.startTime,
    endTime,
    tableArn: stamp.tableArn,
    tableId: stamp.tableId,
    exportTime: stamp.exportTime,
    s3Bucket: bucket,
    s3Prefix: null,
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: `${exportKeyOf(stamp)}/${exportFiles.list}`,
    billedSizeBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    itemCount: files.reduce((sum, { itemCount }) => sum + itemCount, 0),
    outputFormat: 'DYNAMODB_JSON',
    exportType: 'FULL_EXPORT',
  };
  writeManifest(folder, exportFiles.summary, `${JSON.stringify(summary)}\n`);
  return summary;
};

/** Writes one table's export, item by item. It is an export only once `end` has written its summary, the last file of all. */
export interface TableWriter {
  /** An item in DynamoDB JSON, as text: `{"pk":{"S":...},...}`. */
  readonly add: (itemJson: string) => Promise<void>;
  readonly end: (endTime: string) => Promise<ManifestSummary>;
}

/**
 * Begins an export in a folder. Throws a CommandFailure when the folder holds anything but an export that was cut off. File names
 * follow from their order, so that two exports of the same state are the same files.
 */
export const openTableWriter = (folder: string, stamp: TableStamp): TableWriter => {
  prepare(folder);
  const key = exportKeyOf(stamp);
  const files: WrittenFile[] = [];
  let current = openDataFile(folder, key, { name: dataFileName(0) });
  let inCurrent = 0;
  return {
    add: async (itemJson) => {
      if (inCurrent === itemsPerFile) {
        files.push(await current.end());
        current = openDataFile(folder, key, { name: dataFileName(files.length) });
        inCurrent = 0;
      }
      inCurrent += 1;
      await current.write(itemLine(itemJson));
    },
    end: async (endTime) => {
      files.push(await current.end());
      return writeManifests(folder, stamp, files, endTime);
    },
  };
};
