import { type PlatformFolder, synthesizedPlatform } from '../../end-to-end/running-platform.ts';
import type { Violations } from '../violations.ts';
import { type Canary, type Found, findIn, findInFolder } from './canaries.ts';
import { canaries, runStory } from './story.ts';

export interface CanaryCounts {
  readonly canaries: number;
  /** Places looked through: files of the data folder, rows, refusals, histories. */
  readonly places: number;
  readonly megabytes: number;
  readonly deadLetters: number;
}

const attack = 'canaries';

/** Canaries of rows and files that the attack itself put there in plain text, to see what becomes of them elsewhere. */
const ownPoison = (found: Found, row: string): boolean =>
  /(?:OUTBOX|PARKED)#0/u.test(row) && found.place.startsWith('row ');

/** Files of the engine hold the poison record as it was put; the other canaries must not be in them either way. */
const elsewhereOnly: ReadonlySet<string> = new Set(['a poison record']);

/**
 * Leads the story through a platform of its own, stops it, and looks for every canary in everything it left behind: tables and
 * their stream records, workflow histories, logs, metrics, dead letters, and in every refusal it sent.
 */
export const runCanaries = async (
  violations: Violations,
  say: (line: string) => void,
  folder: PlatformFolder = synthesizedPlatform(),
  wanted: readonly Canary[] = canaries,
): Promise<CanaryCounts> => {
  const found: Found[] = [];
  let places = 0;
  let megabytes = 0;
  let deadLetters = 0;
  try {
    const platform = await folder.start();
    const story = await runStory(platform);
    for (const note of story.notes) say(`canaries: ${note}`);
    for (const [index, { text, headers }] of story.refusals.entries()) {
      const all = `${text}\n${JSON.stringify([...headers])}`;
      places += 1;
      found.push(...findIn(`refusal ${index}`, Buffer.from(all), wanted));
    }
    for (const text of story.told) {
      places += 1;
      found.push(...findIn('what the platform tells of itself', Buffer.from(text), wanted));
    }
    for (const [key, row] of await platform.tables()) {
      places += 1;
      const plain = JSON.stringify(row, (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      found.push(...findIn(`row ${key}`, Buffer.from(plain), wanted).filter((each) => !ownPoison(each, key)));
    }
    await platform.kill('SIGTERM');
    const left = findInFolder(folder.data, wanted);
    places += left.files;
    say(`canaries: looked through ${left.names.join(', ')}`);
    megabytes = Math.round(left.bytes / 1e5) / 10;
    const isEngine = (place: string): boolean => /\.(?:db|sqlite)(?:-wal|-shm)?$/u.test(place);
    const fromPoison = (each: Found): boolean => isEngine(each.place) && elsewhereOnly.has(each.field);
    found.push(...left.found.filter((each) => !fromPoison(each)));
    deadLetters = findInFolder(`${folder.data}/queues`, []).bytes;
  } finally {
    await folder.remove();
  }
  for (const { place, field, form } of found)
    violations.add({ attack, what: `${field} (${form}) in ${place}`, again: '--only canaries' });
  return { canaries: wanted.length, places, megabytes, deadLetters };
};
