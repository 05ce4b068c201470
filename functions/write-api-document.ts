import { mkdirSync, writeFileSync } from 'node:fs';
import { apiDocument } from './api-document.ts';

const folder = new URL('../docs/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('openapi.json', folder), apiDocument());
