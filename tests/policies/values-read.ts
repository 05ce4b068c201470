import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const rules = resolve(import.meta.dirname, '..', '..', 'domain', 'eligibility');
const sources = (): string =>
  readdirSync(rules)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(rules, file), 'utf8'))
    .join('\n');

/**
 * Which parameters the rules of the tiers name, found in their sources: as a text, or by the beginning of one that is put together
 * (`rigid.ceiling.` and a settlement). The others are kept with the law for other loops, and no decision looks at them.
 */
export const parametersNamedByRules = (keys: readonly string[]): ReadonlySet<string> => {
  const source = sources();
  // A key that is put together is a constant to the compiler; other texts, such as the name of a threshold, are not.
  const beginnings = [...source.matchAll(/`(?<beginning>[a-z_-]+\.[a-z_.-]*)\$\{[^`]*\}` as const/gu)].map(
    ({ groups }) => groups?.['beginning'] ?? '',
  );
  const isNamed = (key: string): boolean =>
    source.includes(`'${key}'`) ||
    beginnings.some((beginning) => key.startsWith(beginning) && !key.slice(beginning.length).includes('.'));
  return new Set(keys.filter(isNamed));
};
