import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vitest/config';
import { textsOf } from './texts-key.ts';

const digestOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/**
 * Vitest keeps what it has read of a file from one run to the next. Where that were not what stands in the copy, a guard would still be
 * there that was taken out, or still be gone that was put back, and nobody would see it. So every file notes, in the process that
 * runs the tests, which text of it was loaded (tell-texts.ts), and that is held against the file.
 */
export class LoadedTexts {
  readonly #folder: string;
  /** Digest of what was last read, by the file's path in the copy. */
  readonly #read = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  #onDisk(file: string): string {
    return digestOf(readFileSync(join(this.#folder, file), 'utf8'));
  }

  /** Has each file of the copy note its text when it is loaded: on a line after its last, so that no other moves. */
  plugin(): Plugin {
    return {
      name: 'note-loaded-texts',
      enforce: 'pre',
      transform: (code, id) => {
        const file = relative(this.#folder, id.split('?')[0] ?? id);
        if (file.startsWith('..') || file.split(sep).includes('node_modules') || !file.endsWith('.ts')) return null;
        const digest = digestOf(code);
        this.#read.set(file, digest);
        return {
          code: `${code}\n;(globalThis[${JSON.stringify(textsOf)}] ??= {})[${JSON.stringify(file)}] = '${digest}';`,
          map: null,
        };
      },
    };
  }

  /** Paths of the files that are not any more as they were when they were read; each is named once. */
  changed(): readonly string[] {
    const files = [...this.#read].filter(([file, digest]) => this.#onDisk(file) !== digest).map(([file]) => file);
    for (const file of files) this.#read.delete(file);
    return files.map((file) => join(this.#folder, file));
  }

  /** Throws unless each text that was loaded is the one that stands in the copy now. */
  demandCurrent(testFile: string, loaded: Readonly<Record<string, string>> | undefined): void {
    if (loaded?.[testFile] === undefined) throw new Error(`${testFile}: it did not tell which texts it loaded`);
    const stale = Object.entries(loaded).filter(([file, digest]) => this.#onDisk(file) !== digest);
    if (stale.length === 0) return;
    throw new Error(`${testFile}: it loaded other texts than those in the copy: ${stale.map(([file]) => file).join()}`);
  }
}
