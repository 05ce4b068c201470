import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockKeys } from '../../domain/deadlines/clock.ts';
import { parameterKeys } from '../../domain/policy/parameters.ts';
import { checkPack, parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../divisions/divisions.ts';
import { disclosurePageWithLists } from './disclosure-reference.ts';
import { feedPageWithLists } from './feed-reference.ts';
import { keysRead } from './keys-read.ts';
import { packText } from './pack-text.ts';
import { readPackFolder } from './read-pack.ts';
import { guideWithChoices, referenceText } from './reference.ts';
import { faultsWithLines } from './source.ts';

/** A file that is made from the pack, with the text it has to have. */
export interface MadeFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What is made from the YAML files of the Shanxi pack: the JSON that the functions load, the reference, the guide with its table of
 * choices, and the pages on disclosure and on departments' files with their lists. Throws one error with every fault of the pack, by file and line.
 */
export const madeFiles = (root: string): MadeFile[] => {
  const source = readPackFolder(join(root, 'policies/shanxi'));
  const faults = faultsWithLines(source.broken ? [] : checkPack(source.input, knownDivision), source);
  if (faults.length > 0) throw new Error(`This policy pack is refused.\n${faults.join('\n')}`);
  const pack = parsePolicyPack(source.input, knownDivision);
  const read = keysRead(root, [...parameterKeys, ...clockKeys]);
  const parts = { pack, notes: source.notes, documents: source.documents, read };
  const guide = 'docs/policy-guide.md';
  const disclosure = 'docs/disclosure.md';
  const feeds = 'docs/feeds.md';
  return [
    { path: 'policies/shanxi/pack.json', text: packText(source.input) },
    { path: 'docs/policy-reference.md', text: referenceText(parts) },
    { path: guide, text: guideWithChoices(readFileSync(join(root, guide), 'utf8'), parts) },
    { path: disclosure, text: disclosurePageWithLists(readFileSync(join(root, disclosure), 'utf8'), pack) },
    { path: feeds, text: feedPageWithLists(readFileSync(join(root, feeds), 'utf8'), pack) },
  ];
};
