import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message of a dead-letter queue: its text, and an id that follows from text and place among equal ones. */
export type DeadLetter = { readonly id: string; readonly body: string };

/** The dead-letter queues of a data folder: one file each, one message a line. */
export type DeadLetterFiles = {
  readonly names: () => readonly string[];
  readonly add: (queue: string, record: unknown) => void;
  readonly list: (queue: string) => readonly DeadLetter[];
  /** False when it is not there any more. */
  readonly remove: (queue: string, id: string) => boolean;
};

const ending = '.ndjson';

export const deadLetterFiles = (folder: string): DeadLetterFiles => {
  const fileOf = (queue: string): string => join(folder, `${queue}${ending}`);
  const list = (queue: string): readonly DeadLetter[] => {
    if (!existsSync(fileOf(queue))) return [];
    const seen = new Map<string, number>();
    return readFileSync(fileOf(queue), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((body) => {
        const before = seen.get(body) ?? 0;
        seen.set(body, before + 1);
        return { id: createHash('sha256').update(`${before} ${body}`).digest('hex').slice(0, 32), body };
      });
  };
  return {
    names: () =>
      readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length)),
    add: (queue, record) => appendFileSync(fileOf(queue), `${JSON.stringify(record)}\n`),
    list,
    remove: (queue, id) => {
      const before = list(queue);
      const rest = before.filter((letter) => letter.id !== id);
      if (rest.length === before.length) return false;
      // By another name first: a message is taken out whole, or is still there.
      const part = `${fileOf(queue)}.part`;
      writeFileSync(part, rest.map(({ body }) => `${body}\n`).join(''));
      renameSync(part, fileOf(queue));
      return true;
    },
  };
};
