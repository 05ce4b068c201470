import { readFileSync } from 'node:fs';
import { virtualDate } from '../../../local/lambda/virtual-date.ts';

/**
 * Loaded into each function's process before its code: `Date` then follows the emulator's movable clock. The offset is
 * looked up at most every 20 milliseconds.
 */
const freshFor = 20;
const offsetFile = process.env['HEARTH_CLOCK_OFFSET_FILE'];
if (offsetFile === undefined) throw new Error('HEARTH_CLOCK_OFFSET_FILE names the file with the offset in seconds');

const realNow = Date.now.bind(Date);
let offset = 0;
let readAt = Number.NEGATIVE_INFINITY;

const now = (): number => {
  const elapsed = performance.now();
  if (elapsed - readAt > freshFor) {
    offset = Math.round(Number(readFileSync(offsetFile, 'ascii')) * 1000);
    readAt = elapsed;
  }
  return realNow() + offset;
};

globalThis.Date = virtualDate(now);
