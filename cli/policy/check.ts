import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { readPackFolder } from '../../policies/reading/read-pack.ts';
import { faultsWithLines } from '../../policies/reading/source.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { appliedDraftAt, baseWith, isThere } from './draft-file.ts';

export interface CheckOptions {
  /** Drafts that were activated on top of the pack of this checkout, in their order. */
  readonly base: readonly string[];
}

const faultsOfFolder = (path: string, folder: string): readonly string[] => {
  const source = readPackFolder(resolve(folder, path));
  return faultsWithLines(source.broken ? [] : checkPack(source.input, knownDivision), source);
};

const faultsOfDraft = (path: string, folder: string, { base }: CheckOptions): readonly string[] =>
  appliedDraftAt(path, folder, baseWith(base, folder)).lines;

/** A fault line in its parts, for programs; a line without a place is kept whole. */
const partsOf = (line: string): Readonly<Record<string, string | number>> => {
  const [, file = '', row = '', column = '', message = ''] = /^(.*?):(\d+):(\d+) {2}(.*)$/su.exec(line) ?? [];
  return file === '' ? { message: line } : { file, line: Number(row), column: Number(column), message };
};

/** Checks a draft or the folder of a pack, without any instance, and lists every fault with its place. */
export const check = (path: string, options: CheckOptions, session: Session): Outcome => {
  const { folder } = session.terminal;
  if (!isThere(path, folder))
    throw new CommandFailure({
      title: says('没有这个文件或文件夹', 'There is no such file or folder'),
      cause: says(`找不到 ${path}。`, `${path} was not found.`),
      cure: says('请给出草案文件或政策包文件夹。', 'Name the file of a draft, or the folder of a pack.'),
      exitCode: 2,
    });
  const isFolder = statSync(resolve(folder, path)).isDirectory();
  const faults = isFolder ? faultsOfFolder(path, folder) : faultsOfDraft(path, folder, options);
  session.show(
    faults.length === 0
      ? session.say(says(`${path}：没有错误`, `${path}: no faults`))
      : [
          ...faults,
          session.say(says(`共 ${faults.length} 处错误`, faults.length === 1 ? '1 fault' : `${faults.length} faults`)),
        ].join('\n'),
  );
  return { exitCode: faults.length === 0 ? 0 : 1, object: { path, faults: faults.map(partsOf) } };
};
