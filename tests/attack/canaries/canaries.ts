import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Something that must be found nowhere outside an envelope, and what it stands for. */
export interface Canary {
  readonly field: string;
  readonly value: string;
}

/** Base64 begins anew every three bytes, so a text inside a longer one can look three ways; what its neighbours share is left off. */
const insideBase64 = (bytes: Buffer, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replace(/=+$/u, '');
    const from = [0, 2, 3][before] ?? 0;
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(from, whole);
  });

const escaped = (text: string): string =>
  [...text]
    .map((sign) => (sign.charCodeAt(0) > 126 ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : sign))
    .join('');

/** Every form in which a canary could have been written down without being sealed. */
export const formsOf = (value: string): ReadonlyMap<string, Buffer> => {
  const bytes = Buffer.from(value, 'utf8');
  const forms: [string, string | Buffer][] = [
    ['as it is', bytes],
    ['UTF-16', Buffer.from(value, 'utf16le')],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal, capitals', bytes.toString('hex').toUpperCase()],
    ['percent-encoded', encodeURIComponent(value)],
    ['percent-encoded, small', encodeURIComponent(value).toLowerCase()],
    ['JSON-escaped', escaped(value)],
    ['turned round', [...value].toReversed().join('')],
    ...insideBase64(bytes, 'base64').map((text, index): [string, string] => [`base64 at ${index}`, text]),
    ...insideBase64(bytes, 'base64url').map((text, index): [string, string] => [`base64url at ${index}`, text]),
  ];
  return new Map(forms.map(([name, form]) => [name, typeof form === 'string' ? Buffer.from(form) : form]));
};

export interface Found {
  readonly place: string;
  readonly field: string;
  readonly form: string;
}

/** Where canaries are found in some bytes. */
export const findIn = (place: string, bytes: Buffer, canaries: readonly Canary[]): Found[] =>
  canaries.flatMap(({ field, value }) =>
    [...formsOf(value)].flatMap(([form, wanted]) => (bytes.includes(wanted) ? [{ place, field, form }] : [])),
  );

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry: Dirent) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

/** Every file below a folder, compressed ones also opened. Answers what was found, and how much was looked through. */
export const findInFolder = (
  folder: string,
  canaries: readonly Canary[],
): { found: Found[]; files: number; bytes: number; names: string[] } => {
  const found: Found[] = [];
  const names: string[] = [];
  let [files, size] = [0, 0];
  for (const file of filesIn(folder)) {
    const bytes = readFileSync(file);
    const place = file.slice(folder.length + 1);
    files += 1;
    names.push(place);
    size += bytes.length;
    found.push(...findIn(place, bytes, canaries));
    if (file.endsWith('.gz')) found.push(...findIn(`${place}, unpacked`, gunzipSync(bytes), canaries));
  }
  return { found, files, bytes: size, names };
};
