import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where rules live. The lists that spell every key once read none of them. */
const ruleFolders = ['domain', 'functions'];
const lists = ['domain/policy/parameters.ts', 'domain/deadlines/clock.ts'];

const sourcesUnder = (root: string): string =>
  ruleFolders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
        .filter((path) => path.endsWith('.ts') && !lists.includes(path))
        .toSorted(),
    )
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');

/**
 * The beginnings of keys made at run time, such as `rigid.ceiling.`. Such a key is a constant to the compiler, which tells it
 * from other texts that happen to begin alike.
 */
const beginnings = (source: string): Set<string> =>
  new Set(
    [...source.matchAll(/`([a-z_-]+(?:\.[a-z_-]+)*\.)\$\{[^`]*\}` as const/gu)].flatMap(
      ([, beginning = '']) => beginning,
    ),
  );

/**
 * The keys that the code names, found by searching its sources: as a text of its own, or as one that begins like a text made
 * at run time. A key that is not among them is kept with the rest of the law, but no rule looks at it yet.
 */
export const keysRead = (root: string, keys: readonly string[]): ReadonlySet<string> => {
  const source = sourcesUnder(root);
  const made = [...beginnings(source)];
  const isMade = (key: string): boolean =>
    made.some((beginning) => key.startsWith(beginning) && !key.slice(beginning.length).includes('.'));
  return new Set(keys.filter((key) => source.includes(`'${key}'`) || isMade(key)));
};
