import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Free memory below which a platform that is thrown away is better kept on the disk. */
const roomBytes = 2 * 1024 ** 3;

const hasRoomInMemory = (): boolean => {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= roomBytes;
  } catch {
    // Not every system has such a folder.
    return false;
  }
};

/**
 * Makes a folder for a platform that is thrown away when it stops: in memory where there is room, since the table engine waits for the disk at
 * each write and nothing of it has to outlive the machine; in the system's temporary folder otherwise, and where `TMPDIR` names one.
 */
export const throwAwayFolder = (prefix: string): string =>
  mkdtempSync(join(process.env['TMPDIR'] === undefined && hasRoomInMemory() ? memory : tmpdir(), prefix));
