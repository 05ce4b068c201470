import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type PackFault, shapeFaults } from '../../domain/policy/pack-fault.ts';
import { applyDraft, PolicyDraft } from '../../domain/policy/policy-draft.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { readDraft } from '../../policies/reading/read-draft.ts';
import { faultsWithLines } from '../../policies/reading/source.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';

/** A draft as far as it could be read. */
export interface ReadDraft {
  /** Null when its shape is wrong; then `shape` says why. */
  readonly draft: PolicyDraft | null;
  readonly shape: readonly PackFault[];
  /** Every fault as a line with its place: those of the writing, and these. */
  readonly faultLines: (faults: readonly PackFault[]) => readonly string[];
}

const noSuchFile = (path: string, error?: unknown): CommandFailure =>
  new CommandFailure(
    {
      title: says('无法读取文件', 'The file cannot be read'),
      cause: says(`${path} 不存在或无法读取。`, `${path} is not there, or cannot be read.`),
      cure: says('请核对路径。', 'Check the path.'),
      exitCode: 2,
    },
    error === undefined ? undefined : { cause: error },
  );

const textOf = (path: string, folder: string): string => {
  try {
    return readFileSync(resolve(folder, path), 'utf8');
  } catch (error) {
    throw noSuchFile(path, error);
  }
};

/** Whether there is a file or folder of that name, seen from the folder in which the command was given. */
export const isThere = (path: string, folder: string): boolean => existsSync(resolve(folder, path));

/** Reads a draft, YAML or JSON, and checks its shape. Throws a CommandFailure when there is no such file. */
export const readDraftAt = (path: string, folder: string): ReadDraft => {
  const source = readDraft(path, textOf(path, folder));
  const faultLines = (faults: readonly PackFault[]): readonly string[] => faultsWithLines(faults, source);
  if (source.broken) return { draft: null, shape: [], faultLines };
  const parsed = PolicyDraft.safeParse(source.input, { reportInput: true });
  return { draft: parsed.data ?? null, shape: shapeFaults(parsed.error), faultLines };
};

/** A draft held against the pack it is based on. */
export interface AppliedDraft {
  readonly draft: PolicyDraft | null;
  /** The pack that the draft makes; null when there is a fault. */
  readonly pack: PolicyPack | null;
  readonly lines: readonly string[];
}

/** Reads a draft and applies it, and lists everything that is wrong with it. Throws a CommandFailure when there is no such file. */
export const appliedDraftAt = (path: string, folder: string, base: PolicyPack): AppliedDraft => {
  const { draft, shape, faultLines } = readDraftAt(path, folder);
  if (draft === null) return { draft, pack: null, lines: faultLines(shape) };
  const applied = applyDraft(base, draft, knownDivision);
  const lines = faultLines(applied.ok ? [] : applied.faults);
  return { draft, pack: applied.ok && lines.length === 0 ? applied.pack : null, lines };
};

/** A draft that is refused, with every fault. */
export const faultyDraft = (path: string, lines: readonly string[]): CommandFailure =>
  new CommandFailure({
    title: says('草案有误', 'The draft is refused'),
    cause: says(
      `${path} 中有 ${lines.length} 处错误：`,
      `${path} has ${lines.length} ${lines.length === 1 ? 'fault' : 'faults'}:`,
    ),
    cure: says(
      '请逐项改正。草案基于此处没有的已启用版本时，请用 --base 依次给出其后已启用的草案。',
      'Correct each of them. Where it is based on a version activated since this checkout, name the drafts with --base, in order.',
    ),
    details: lines,
  });

/** The draft of a file that has to be well-formed; throws a CommandFailure that lists every fault. */
export const draftAt = (path: string, folder: string): PolicyDraft => {
  const { draft, shape, faultLines } = readDraftAt(path, folder);
  const lines = faultLines(shape);
  if (draft === null || lines.length > 0) throw faultyDraft(path, lines);
  return draft;
};

/**
 * The pack a draft is based on: the one of this checkout, with the drafts that were activated on top of it, in their order. Throws a
 * CommandFailure when one of those does not fit.
 */
export const baseWith = (drafts: readonly string[], folder: string): PolicyPack =>
  drafts.reduce((base, path) => {
    const { pack, lines } = appliedDraftAt(path, folder, base);
    if (pack === null) throw faultyDraft(path, lines);
    return pack;
  }, shanxiPack);
