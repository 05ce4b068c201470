import { accessSync, chmodSync, constants, lstatSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** Where rejected rows are to be written, as somebody named it. */
export interface RejectPath {
  readonly name: string;
  readonly path: string;
}

export const rejectPathOf = (name: string, folder: string): RejectPath => ({ name, path: resolve(folder, name) });

const cannotBeWritten = ({ name }: RejectPath, cause?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('无法写出退回文件', 'The reject file cannot be written'),
      cause: says(`${name} 已存在或无法创建。`, `${name} is there already, or cannot be made.`),
      cure: says('请换一个文件名。', 'Name another file.'),
      exitCode: 2,
    },
    { cause },
  );

/** Whether a file of exactly these bytes is there: then an earlier run of the same command wrote it. */
const holds = ({ path }: RejectPath, bytes: Uint8Array): boolean => {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size === bytes.length && readFileSync(path).equals(bytes);
};

/**
 * Looks before anything is done whether the rejected rows can be written: in a folder that takes them, and where nothing is yet but the very rows
 * (`rows`: null where there are none so far). Throws a wrong use.
 */
export const mayBeWritten = async (to: RejectPath, rows: () => Promise<Uint8Array | null>): Promise<void> => {
  try {
    accessSync(dirname(to.path), constants.W_OK);
  } catch (cause) {
    throw cannotBeWritten(to, cause);
  }
  if (lstatSync(to.path, { throwIfNoEntry: false }) === undefined) return;
  const expected = await rows();
  if (expected === null || !holds(to, expected)) throw cannotBeWritten(to);
};

/**
 * Writes a reject file, which only its owner may read: it is about people. No file is written over, whatever it is; one that holds the same
 * bytes already is what was asked for. Throws a wrong use.
 */
export const writeRejectFile = async (to: RejectPath, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> => {
  const opened = await open(to.path, 'wx', 0o600).catch((cause: unknown) => {
    if (!(bytes instanceof Uint8Array && holds(to, bytes))) throw cannotBeWritten(to, cause);
    chmodSync(to.path, 0o600);
  });
  if (opened === undefined) return;
  try {
    await opened.writeFile(bytes);
  } finally {
    await opened.close();
  }
};
