import type { PackFault } from '../../domain/policy/pack-fault.ts';
import { type Position, type Positions, positionOf, type ReadingFault } from './located.ts';

/** What was read from files: the content, where each part stands, and what is wrong with the way it is written. */
export interface Source {
  readonly input: unknown;
  readonly positions: Positions;
  /** With `true` the files could not be read as a whole, and the content is not worth checking. */
  readonly broken: boolean;
  readonly faults: readonly ReadingFault[];
}

const placeText = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

const inOrder = (one: Position, other: Position): number =>
  one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column;

/**
 * Every fault as a line `file:line:column  path: message`, in the order of the files: those of the writing, and those of the
 * content that `checkPack` or `applyDraft` found, but where the writing is at fault already. A series made from "all" tells a
 * fault once and not for each row.
 */
export const faultsWithLines = (faults: readonly PackFault[], source: Source): string[] => {
  const nowhere: Position = { file: 'pack', line: 1, column: 1 };
  const misread = new Set(source.faults.map(({ at }) => placeText(at)));
  const ofContent = faults
    .map(({ path, message }) => ({
      at: positionOf(source.positions, path) ?? nowhere,
      path: path.join('.'),
      message,
    }))
    .filter(({ at }) => !misread.has(placeText(at)));
  const ofWriting = source.faults.map(({ at, message }) => ({ at, path: '', message }));
  const told = [...ofWriting, ...ofContent].toSorted((one, other) => inOrder(one.at, other.at));
  const seen = new Set<string>();
  return told.flatMap(({ at, path, message }) => {
    const key = `${placeText(at)} ${path.replaceAll(/\.\d+/gu, '')} ${message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [`${placeText(at)}  ${path === '' ? '' : `${path}: `}${message}`];
  });
};
