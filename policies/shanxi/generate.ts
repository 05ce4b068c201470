/**
 * Writes what is made from the YAML files of this folder: pack.json, docs/policy-reference.md, the table of choices in
 * docs/policy-guide.md and the lists in docs/disclosure.md and docs/feeds.md. Run by hand after a change: `npm run policy:generate`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeFiles } from '../reading/made-files.ts';

const root = join(import.meta.dirname, '../..');
for (const { path, text } of madeFiles(root)) writeFileSync(join(root, path), text);
