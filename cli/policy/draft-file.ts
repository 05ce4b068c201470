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

/** A draft as far as it could be read, and what is wrong with it, a line each. */
export type ReadDraft =
  | { readonly ok: true; readonly draft: PolicyDraft; readonly faultLines: (faults: readonly PackFault[]) => string[] }
  | { readonly ok: false; readonly lines: readonly string[] };

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
  const faultLines = (faults: readonly PackFault[]): string[] => faultsWithLines(faults, source);
  if (source.broken) return { ok: false, lines: faultLines([]) };
  const parsed = PolicyDraft.safeParse(source.input, { reportInput: true });
  const lines = faultLines(shapeFaults(parsed.error));
  return parsed.success && lines.length === 0 ? { ok: true, draft: parsed.data, faultLines } : { ok: false, lines };
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
      '请逐项改正；检查：npx hearth policy check。',
      'Correct each of them; check it with npx hearth policy check.',
    ),
    details: lines,
  });

/** The draft of a file that has to be well-formed; throws a CommandFailure that lists every fault. */
export const draftAt = (path: string, folder: string): PolicyDraft => {
  const read = readDraftAt(path, folder);
  if (!read.ok) throw faultyDraft(path, read.lines);
  return read.draft;
};

/**
 * The pack a draft is based on: the one of this checkout, with the drafts that were activated on top of it, in their order. Throws a
 * CommandFailure when one of those does not fit.
 */
export const baseWith = (drafts: readonly string[], folder: string): PolicyPack =>
  drafts.reduce((base, path) => {
    const read = readDraftAt(path, folder);
    if (!read.ok) throw faultyDraft(path, read.lines);
    const applied = applyDraft(base, read.draft, knownDivision);
    if (!applied.ok) throw faultyDraft(path, read.faultLines(applied.faults));
    return applied.pack;
  }, shanxiPack);

/** Throws unless the draft is based on that pack: against another one nothing can be said about it. */
export const assertBase = (draft: PolicyDraft, base: PolicyPack): void => {
  if (draft.basedOn === base.version) return;
  throw new CommandFailure({
    title: says('此处没有所依据的政策版本', 'The version it is based on is not here'),
    cause: says(
      `草案基于 ${draft.basedOn}，此处是 ${base.version}。未作检查。`,
      `The draft is based on ${draft.basedOn}; what is here is ${base.version}. Nothing was checked.`,
    ),
    cure: says(
      '请用 --base 依次给出其后已启用的草案文件，或基于此处的版本起草。',
      'Name the drafts that were activated since with --base, in their order, or base it on the version here.',
    ),
  });
};
