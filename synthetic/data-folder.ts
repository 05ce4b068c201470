import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DivisionCode } from '../domain/people/divisions.ts';
import { StartFailure } from '../local/start-failure.ts';
import { openStateFolder } from '../local/state-folder.ts';
import { assemblyPrefix } from './assembly.ts';

const countyFile = 'county';
/** What the tables of a data folder were filled with (province-import.ts). */
export const importFile = 'import.json';

/** Whether a platform has run on a data folder: its state is made the first time. */
export const hasState = (dataFolder: string): boolean => existsSync(join(dataFolder, 'state.sqlite'));

/** Whether the engine has made tables in a data folder. */
export const hasTables = (dataFolder: string): boolean => existsSync(join(dataFolder, 'dynamodb', 'dynoxide.sqlite'));

/** What a start leaves that was cut off before there was a platform. */
const isOfAStart = (entry: string): boolean =>
  entry === countyFile || entry === importFile || entry.startsWith(assemblyPrefix);

/**
 * Empties a data folder for a fresh start. Throws a StartFailure when a platform is running on it, and for a folder that holds
 * anything but a platform's data, so that a wrong --data costs nobody a folder.
 */
export const emptyDataFolder = (dataFolder: string): void => {
  if (!existsSync(dataFolder)) return;
  if (hasState(dataFolder)) {
    openStateFolder(dataFolder).close();
  } else if (!readdirSync(dataFolder).every(isOfAStart)) {
    throw new StartFailure(
      `${resolve(dataFolder)} is not a data folder of Hearth, so --fresh does not empty it.`,
      'Name another with --data, or remove it yourself.',
    );
  }
  rmSync(dataFolder, { recursive: true });
};

/** The county of a data folder: the one chosen at its first start, whichever is asked for later. */
export const countyOf = (dataFolder: string, wanted: DivisionCode): DivisionCode => {
  const file = join(dataFolder, countyFile);
  if (!existsSync(file)) writeFileSync(file, wanted);
  return DivisionCode.parse(readFileSync(file, 'utf8'));
};
