import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Something in the source that can be taken out of it, to see who notices. */
export interface Removable {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly written: string;
  readonly without: string;
}

/** Copies worked on at the same time: what runs in each keeps a core busy. */
const copiesAtOnce = 2;

const copyTree = (paths: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-copy-'));
  for (const path of paths) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Takes it out, and answers how to put it back. Throws unless its text stands there once: what has moved is not passed over. */
const takeOut = (folder: string, { name, file, written, without }: Removable): (() => void) => {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(written);
  if (parts.length !== 2) {
    throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}; say where it is now`);
  }
  writeFileSync(path, parts.join(without));
  return () => writeFileSync(path, source);
};

/** Makes copies of these paths of the source to work in side by side, and removes them when that is done. */
export const inCopies = async <Done>(
  paths: readonly string[],
  work: (folders: readonly string[]) => Promise<Done>,
): Promise<Done> => {
  const folders = Array.from({ length: copiesAtOnce }, () => copyTree(paths));
  try {
    return await work(folders);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
};

/** Shares these out among the copies: each is given the next one when it is done with the one before. */
export const shareOut = async <Thing>(
  folders: readonly string[],
  things: readonly Thing[],
  run: (folder: string, thing: Thing) => Promise<void>,
): Promise<void> => {
  const waiting = [...things];
  const work = async (folder: string): Promise<void> => {
    for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) await run(folder, thing);
  };
  await Promise.all(folders.map(work));
};

/** Runs something for each of these, in one of the copies of the source, from which only that one has been taken out. */
export const withoutEach = <Thing extends Removable>(
  folders: readonly string[],
  things: readonly Thing[],
  run: (folder: string, thing: Thing) => Promise<void>,
): Promise<void> =>
  shareOut(folders, things, async (folder, thing) => {
    const putBack = takeOut(folder, thing);
    await run(folder, thing);
    putBack();
  });
