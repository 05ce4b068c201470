import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withAccessTables } from './access-table.ts';
import { apiDocument } from './api-document.ts';

const folder = new URL('../docs/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('openapi.json', folder), apiDocument());
const access = new URL('access.md', folder);
writeFileSync(access, withAccessTables(readFileSync(access, 'utf8')));
