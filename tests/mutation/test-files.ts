import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../unit/domain/eligibility');

/** Tests of what only reads a decision, made by hand: they load no pack, so what they can kill dies in a moment. */
const ofSentences = ['words', 'findings', 'evidence', 'counterfactual', 'reasons', 'uncounted'].map(
  (name) => `${name}.test.ts`,
);
/** Every line of one decision, word for word: the sharpest of those that load the pack. */
const ofTrace = ['trace.test.ts'];

/** Slow, and a score that rests on them would be a matter of luck; with them it is higher, never lower. */
const triesByChance = (name: string): boolean => readFileSync(join(folder, name), 'utf8').includes('fast-check');

const all = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && !triesByChance(name));

const inFolder = (names: readonly string[]): readonly string[] => names.map((name) => join(folder, name));
export const sentenceTests = inFolder(ofSentences);
export const traceTests = inFolder(ofTrace);
/** All other tests of the rules, those yet to be written included. */
export const ruleTests = inFolder(all.filter((name) => ![...ofSentences, ...ofTrace].includes(name)));
