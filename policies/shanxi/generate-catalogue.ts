/**
 * Writes `catalogue.json` from `catalogue.yaml`, `departments.yaml` and `exclusions.yaml`, which are what people edit: functions
 * load JSON, and need no YAML parser. Run it after every change of those files: `npx node policies/shanxi/generate-catalogue.ts`.
 * A test holds the two equal.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const partOf = (name: string): unknown[] => {
  const text = readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8');
  return z.strictObject({ [name]: z.array(z.unknown()) }).parse(parse(text))[name] ?? [];
};

const parts = Object.fromEntries(['departments', 'catalogue', 'exclusions'].map((name) => [name, partOf(name)]));
writeFileSync(new URL('catalogue.json', import.meta.url), `${JSON.stringify(parts, null, 2)}\n`);
