import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** So much text is gathered for a part before it is written out. */
const gatheredCharacters = 32_768;

/**
 * Sorts lines into parts on disk, so that memory does not grow with the export: what belongs together is in one part, and parts are
 * read back one by one.
 */
export interface Spill {
  readonly add: (part: string, line: unknown) => void;
  readonly parts: () => readonly string[];
  /** All lines of a part, as they were given. */
  readonly read: <Line>(part: string, form: z.ZodType<Line>) => readonly Line[];
  readonly remove: () => void;
}

export const openSpill = (): Spill => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-audit-verify-'));
  const waiting = new Map<string, string>();
  const fileOf = (part: string): string => join(folder, `${part}.jsonl`);
  const flush = (part: string): void => {
    appendFileSync(fileOf(part), waiting.get(part) ?? '');
    waiting.set(part, '');
  };
  return {
    add: (part, line) => {
      const text = `${waiting.get(part) ?? ''}${JSON.stringify(line)}\n`;
      waiting.set(part, text);
      if (text.length >= gatheredCharacters) flush(part);
    },
    parts: () => [...waiting.keys()].sort(),
    read: (part, form) => {
      if (!waiting.has(part)) return [];
      flush(part);
      const file = fileOf(part);
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => form.parse(JSON.parse(line)));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The form of lines that this process has spilled itself: they are what they were. */
export const spilled = <Line extends object>(): z.ZodType<Line> =>
  z.custom<Line>((line) => typeof line === 'object' && line !== null);
