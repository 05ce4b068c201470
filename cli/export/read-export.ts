import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { brokenExport } from './broken-export.ts';
import {
  type ExportedTable,
  etagOf,
  exportedTables,
  exportFiles,
  ManifestFile,
  ManifestSummary,
  tableNamed,
  tableNameOf,
} from './export-form.ts';
import { inFolder } from './folder-failure.ts';

/** One table's export, with its manifests read and found to agree with each other. */
export interface TableExport {
  readonly folder: string;
  readonly table: ExportedTable;
  readonly summary: ManifestSummary;
  readonly files: readonly ManifestFile[];
}
export type RosterExport = Readonly<Record<ExportedTable, TableExport>>;

/** AWS writes below `<prefix>/AWSDynamoDB/<export id>/`; nothing of ours lies deeper than that. */
const deepest = 5;

const foldersWithManifest = (folder: string, depth = 0): readonly string[] => {
  if (existsSync(join(folder, exportFiles.summary))) return [folder];
  if (depth === deepest) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => foldersWithManifest(join(folder, name), depth + 1));
};

const parsedJson = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw brokenExport(`${file} 不是 JSON。`, `${file} is not JSON.`, error);
  }
};

/** A manifest has a checksum beside it on AWS and here; where somebody left it out, the manifest is taken as it is. */
const checkedText = (folder: string, file: string): string => {
  const path = join(folder, file);
  if (!existsSync(path)) throw brokenExport(`缺少 ${path}。`, `${path} is missing.`);
  const bytes = readFileSync(path);
  const md5 = createHash('md5').update(bytes).digest();
  for (const ending of exportFiles.checksums) {
    const beside = join(folder, file.replace(/\.json$/u, ending));
    if (!existsSync(beside)) continue;
    const told = readFileSync(beside, 'utf8').trim();
    if (told !== md5.toString('base64') && told !== md5.toString('hex'))
      throw brokenExport(`${path} 与其校验和不符。`, `${path} does not have the checksum that stands beside it.`);
  }
  return bytes.toString('utf8');
};

const notOfForm = (file: string, fields: readonly string[]) =>
  brokenExport(
    `${file} 的字段不符合 DynamoDB 导出格式：${fields.join('、')}。`,
    `${file} is not of DynamoDB's export form at: ${fields.join(', ')}.`,
  );

const summaryIn = (folder: string): ManifestSummary => {
  const parsed = ManifestSummary.safeParse(parsedJson(checkedText(folder, exportFiles.summary), exportFiles.summary));
  if (parsed.success) return parsed.data;
  throw notOfForm(
    join(folder, exportFiles.summary),
    parsed.error.issues.map(({ path }) => path.join('.')),
  );
};

const filesIn = (folder: string): readonly ManifestFile[] =>
  checkedText(folder, exportFiles.list)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = ManifestFile.safeParse(parsedJson(line, exportFiles.list));
      if (parsed.success) return parsed.data;
      throw notOfForm(
        `${join(folder, exportFiles.list)}:${index + 1}`,
        parsed.error.issues.map(({ path }) => path.join('.')),
      );
    });

const tableIn = (folder: string): TableExport | undefined => {
  const summary = summaryIn(folder);
  const table = tableNamed(tableNameOf(summary)) ?? tableNamed(basename(folder));
  if (table === undefined) return undefined;
  const files = filesIn(folder);
  const items = files.reduce((sum, { itemCount }) => sum + itemCount, 0);
  if (items !== summary.itemCount)
    throw brokenExport(
      `${folder} 的清单共列 ${items} 条记录，摘要为 ${summary.itemCount} 条。`,
      `The files of ${folder} hold ${items} items by their list and ${summary.itemCount} by the summary.`,
    );
  return { folder, table, summary, files };
};

const notFound = (folder: string, zh: string, en: string): CommandFailure =>
  new CommandFailure({
    title: says('找不到可用的导出', 'There is no export to read'),
    cause: says(`${folder}：${zh}`, `${folder}: ${en}`),
    cure: says(
      '请用 npx hearth export --to 目录 生成，或把 aws dynamodb export-table-to-point-in-time 的两个结果目录放入 roster/ 与 audit/。',
      'Make one with npx hearth export --to FOLDER, or put the two folders of aws dynamodb export-table-to-point-in-time into roster/ and audit/.',
    ),
  });

/**
 * Opens an export of both tables: `roster/` and `audit/` with the files as DynamoDB writes them, however deep its prefixes make them
 * lie. Throws a CommandFailure when it is no folder or cannot be read, when one of the tables is missing or there twice, or when manifests and checksums disagree.
 */
export const openExport = (folder: string): RosterExport => {
  if (!existsSync(folder)) throw notFound(folder, '目录不存在。', 'there is no such folder.');
  const found = inFolder(folder, () => foldersWithManifest(folder).flatMap((each) => tableIn(each) ?? []));
  const only = (table: ExportedTable): TableExport => {
    const [one, ...others] = found.filter((each) => each.table === table);
    if (one === undefined)
      throw notFound(folder, `没有 ${table} 表的完整导出。`, `there is no finished export of the ${table} table.`);
    if (others.length > 0)
      throw notFound(
        folder,
        `${table} 表有多份导出，请指明其一。`,
        `there are several exports of the ${table} table; name the folder of one.`,
      );
    return one;
  };
  const [roster, audit] = exportedTables.map(only);
  if (roster === undefined || audit === undefined) throw new RangeError('two tables were asked for');
  if (roster.summary.exportTime !== audit.summary.exportTime)
    throw notFound(
      folder,
      '两张表不是同一时点的导出，无法相互核对。',
      'the two tables are of different moments and cannot be held against each other; give both exports the same --export-time.',
    );
  return { roster, audit };
};

const pathOf = ({ folder }: TableExport, { dataFileS3Key }: ManifestFile): string =>
  join(folder, exportFiles.data, basename(dirname(dataFileS3Key)) === exportFiles.data ? basename(dataFileS3Key) : '');

/** The lines of a data file, as many at a time as were unpacked together; what is stored goes through the hash on its way. */
const linesOf = async function* (path: string, hash: ReturnType<typeof createHash>): AsyncGenerator<readonly string[]> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const stored = createReadStream(path, { highWaterMark: 64 * 1024 });
  stored.on('data', (chunk) => void hash.update(chunk));
  stored.on('error', (error) => gunzip.destroy(error));
  stored.pipe(gunzip);
  gunzip.setEncoding('utf8');
  let rest = '';
  for await (const chunk of gunzip) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
};

const itemOf = (line: string): unknown => {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'Item') : undefined;
};

const isDamage = (error: unknown): boolean =>
  error instanceof SyntaxError ||
  (error instanceof Error && 'code' in error && /^(?:Z_|ENOENT|ERR_)/u.test(String(error.code)));

/** The items of one data file, some at a time. What was read is held against the file's checksums and count at its end. */
const itemsIn = async function* (exported: TableExport, file: ManifestFile): AsyncGenerator<readonly unknown[]> {
  const path = pathOf(exported, file);
  const hash = createHash('md5');
  let items = 0;
  try {
    for await (const lines of linesOf(path, hash)) {
      const batch = lines.filter((line) => line !== '').map(itemOf);
      items += batch.length;
      yield batch;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw brokenExport(
      `${path} 无法读完（第 ${items} 条之后）。`,
      `${path} cannot be read to its end (after item ${items}).`,
      error,
    );
  }
  const md5 = hash.digest();
  if (md5.toString('base64') !== file.md5Checksum)
    throw brokenExport(`${path} 与清单的 MD5 不符。`, `${path} does not have the MD5 of the list.`);
  if (/-1$/u.test(file.etag) && file.etag !== etagOf(md5))
    throw brokenExport(`${path} 与清单的 ETag 不符。`, `${path} does not have the ETag of the list.`);
  if (items !== file.itemCount)
    throw brokenExport(
      `${path} 有 ${items} 条记录，清单为 ${file.itemCount} 条。`,
      `${path} holds ${items} items, not the ${file.itemCount} of the list.`,
    );
};

/**
 * All items of a table, in DynamoDB JSON, some at a time. Throws a CommandFailure at the end of the first file that is not as its list
 * says; whoever counts while reading must not say anything before the last item.
 */
export const itemsOf = async function* (exported: TableExport): AsyncGenerator<readonly unknown[]> {
  for (const file of exported.files) yield* itemsIn(exported, file);
};
