import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 4 * 1_024 * 1_024;
const newline = 10;

/** Some bytes of a file, from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Hands over each line of a part of a file that begins and ends with a line, without its end, as a place in a buffer that is used
 * again. Reading waits for who is given the line, so no more than one chunk is ever held. Throws a RangeError for a line that is
 * longer than a chunk.
 */
export const eachLine = (
  path: string,
  { from, to }: Range,
  handle: (buffer: Buffer, start: number, end: number) => void,
): void => {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const file = openSync(path, 'r');
  try {
    let kept = 0;
    let position = from;
    while (position < to) {
      const wanted = Math.min(chunkBytes - kept, to - position);
      if (wanted === 0) throw new RangeError(`a line of ${path} is longer than ${chunkBytes} bytes`);
      const read = readSync(file, buffer, kept, wanted, position);
      if (read === 0) throw new RangeError(`${path} ends before byte ${to}`);
      position += read;
      const end = kept + read;
      let start = 0;
      for (let at = buffer.indexOf(newline); at >= 0 && at < end; at = buffer.indexOf(newline, start)) {
        handle(buffer, start, at);
        start = at + 1;
      }
      buffer.copyWithin(0, start, end);
      kept = end - start;
    }
  } finally {
    closeSync(file);
  }
};

/** Where the line ends in which a byte lies: the place after its end. */
const afterLine = (path: string, byte: number, end: number): number => {
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - byte));
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, buffer, 0, buffer.length, byte);
    const at = buffer.subarray(0, read).indexOf(newline);
    return at < 0 ? end : byte + at + 1;
  } finally {
    closeSync(file);
  }
};

/** Cuts the first `bytes` of a file into parts of about the same size, each of whole lines. */
export const parted = (path: string, bytes: number, parts: number): readonly Range[] => {
  const ranges: Range[] = [];
  let from = 0;
  for (let part = 1; part <= parts; part += 1) {
    const to = part === parts ? bytes : Math.max(from, afterLine(path, Math.floor((bytes * part) / parts), bytes));
    ranges.push({ from, to });
    from = to;
  }
  return ranges;
};
