import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { StartFailure } from '../start-failure.ts';
import type { StateStore } from '../state-folder.ts';
import type { TableModel } from '../template/platform-model.ts';
import { databaseOf, dynoxidePath, type EngineKind } from './engine.ts';
import { createInput } from './tables.ts';

/** A table that is to be filled before the engine first starts, from the `data/` folder of an export. */
export interface TableImport {
  readonly table: TableModel;
  readonly folder: string;
}

const workFolder = ['dynamodb', 'import'] as const;
const filling = 'filled.sqlite';

/**
 * How many bytes an import into a data folder has written so far; none when there is none under way. The engine fills a file of a name of its own
 * and renames it at the end, so that all files of the folder are counted.
 */
export const importedBytes = (dataFolder: string): number => {
  const folder = join(dataFolder, ...workFolder);
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  return files.reduce((sum, file) => sum + (file?.isFile() === true ? file.size : 0), 0);
};

/** What the engine's own import wants: a folder named like the table, and the table as DescribeTable would tell it. */
const layOut = (work: string, { table, folder }: TableImport): { source: string; schema: string } => {
  const source = join(work, 'source');
  mkdirSync(join(source, table.name), { recursive: true });
  symlinkSync(resolve(folder), join(source, table.name, 'data'));
  const schema = join(work, 'schema.json');
  const described = { ...createInput(table), TableStatus: 'ACTIVE' };
  writeFileSync(schema, JSON.stringify({ Table: described }));
  return { source, schema };
};

const ended = (command: string, args: readonly string[], log: string): Promise<number | null> =>
  new Promise((done, fail) => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    writeFileSync(log, '');
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => writeFileSync(log, chunk, { flag: 'a' }));
    // Ended with its parent: a half-filled database is thrown away at the next start.
    const stop = (): void => void child.kill('SIGKILL');
    process.once('exit', stop);
    child.once('error', fail);
    child.once('exit', (code) => {
      process.off('exit', stop);
      done(code);
    });
  });

/**
 * Fills a table of a data folder that has no tables yet, with the engine's own import: no stream tells of what it writes, and it takes a tenth
 * of the time that writing item by item does. A folder that has tables is left as it is. Throws a StartFailure where it cannot.
 */
export const importExport = async (kind: EngineKind, store: StateStore, given: TableImport): Promise<void> => {
  const database = databaseOf(store);
  if (existsSync(database)) return;
  if (kind !== 'dynoxide')
    throw new StartFailure(
      'Only the engine dynoxide imports an export.',
      'Start without --import, or on a processor for which the package @dynoxide is installed.',
    );
  const log = store.path(...workFolder, 'log');
  const folder = join(log, '..');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { source, schema } = layOut(folder, given);
  const part = join(folder, filling);
  const args = ['import', '--source', source, '--schema', schema, '--output', part];
  const code = await ended(dynoxidePath() ?? 'dynoxide', args, log);
  if (code !== 0) {
    const said = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ');
    throw new StartFailure(`The export in ${given.folder} cannot be imported (${code}): ${said}.`, 'Make it anew.');
  }
  // Of the write-ahead log nothing is left when the import has closed the file.
  renameSync(part, database);
  rmSync(folder, { recursive: true, force: true });
};
