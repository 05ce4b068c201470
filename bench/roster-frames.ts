import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** How long a decision may be in its compact form. */
export const longestDecision = 512;
const lengthBytes = 2;
const chunkBytes = 4 * 1_024 * 1_024;
/** Room for what is longer than it may be: it is written and then found, not cut. */
const room = 65_535;

/** A file of decisions, each with its length before it in two bytes, the lower first. */
export interface Frames {
  /** Lets a decision be written at a place of the buffer, and takes the length it answers. */
  readonly add: (write: (buffer: Uint8Array, offset: number) => number) => void;
  readonly close: () => { readonly decisions: number; readonly bytes: number; readonly longest: number };
}

/** Opens such a file. A full buffer is written out before anything is added: who decides waits for the disk. */
export const framesTo = (path: string): Frames => {
  const file = openSync(path, 'w');
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let [filled, decisions, bytes, longest] = [0, 0, 0, 0];
  const flush = (): void => {
    for (let from = 0; from < filled; ) from += writeSync(file, buffer, from, filled - from);
    bytes += filled;
    filled = 0;
  };
  return {
    add: (write) => {
      if (filled + lengthBytes + room > chunkBytes) flush();
      const length = write(buffer, filled + lengthBytes);
      buffer.writeUInt16LE(length, filled);
      filled += lengthBytes + length;
      decisions += 1;
      if (length > longest) longest = length;
    },
    close: () => {
      flush();
      closeSync(file);
      return { decisions, bytes, longest };
    },
  };
};

/** The first decisions of such a file. */
export const firstFrames = (path: string, count: number): readonly Uint8Array[] => {
  const bytes = readFileSync(path);
  const frames: Uint8Array[] = [];
  for (let at = 0; frames.length < count && at < bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    frames.push(bytes.subarray(at + lengthBytes, at + lengthBytes + length));
    at += lengthBytes + length;
  }
  return frames;
};
