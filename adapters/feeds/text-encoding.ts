import { type Encoding, encodings } from '../../domain/feeds/feed-run.ts';

const decoders = {
  'utf-8': new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
  'gbk': new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }),
} as const;

/** The text of some bytes; null where they are none in this encoding. */
export const textOf = (bytes: Uint8Array, encoding: Encoding): string | null => {
  try {
    return decoders[encoding].decode(bytes);
  } catch {
    return null;
  }
};

const lenient = {
  'utf-8': new TextDecoder('utf-8', { ignoreBOM: true }),
  'gbk': new TextDecoder('gb18030', { ignoreBOM: true }),
} as const;

/** What can be read of some bytes that are no text in an encoding, with U+FFFD for what cannot. */
export const readableIn = (bytes: Uint8Array, encoding: Encoding): string => lenient[encoding].decode(bytes);

/** The encoding in which some bytes are a text, UTF-8 before GBK; null when they are none in either. */
export const encodingOf = (bytes: Uint8Array): Encoding | null =>
  encodings.find((encoding) => textOf(bytes, encoding) !== null) ?? null;

const isBetween = (byte: number | undefined, low: number, high: number): boolean =>
  byte !== undefined && byte >= low && byte <= high;

/** What the second byte of a character of UTF-8 may be at least and at most, by its first (table 3-7 of Unicode). */
const secondFrom = (lead: number): number => (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80);
const secondTo = (lead: number): number => (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf);
const utf8Lengths = Uint8Array.from({ length: 256 }, (_, lead) => {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
});

/** The bytes of the character that begins with a high byte of UTF-8 (RFC 3629); 0 where it is none. */
const utf8Length = (bytes: Uint8Array, at: number, to: number): number => {
  const lead = bytes[at] ?? 0;
  const length = utf8Lengths[lead] ?? 0;
  if (at + length > to || !isBetween(bytes[at + 1], secondFrom(lead), secondTo(lead))) return 0;
  for (let next = at + 2; next < at + length; next += 1) if (!isBetween(bytes[next], 0x80, 0xbf)) return 0;
  return length;
};

/** The bytes of the character that begins with a high byte of GB 18030; 0 where it is none. */
const gbkLength = (bytes: Uint8Array, at: number, to: number): number => {
  if (!isBetween(bytes[at], 0x81, 0xfe) || at + 1 >= to) return 0;
  const second = bytes[at + 1];
  if (isBetween(second, 0x40, 0xfe) && second !== 0x7f) return 2;
  if (at + 3 >= to || !isBetween(second, 0x30, 0x39)) return 0;
  return isBetween(bytes[at + 2], 0x81, 0xfe) && isBetween(bytes[at + 3], 0x30, 0x39) ? 4 : 0;
};

/** How many characters some bytes are; -1 where they are no text in this encoding, or hold a control character. */
export const charactersIn = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  let characters = 0;
  let at = from;
  while (at < to) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return -1;
    let length = 1;
    if (byte >= 0x80) length = encoding === 'utf-8' ? utf8Length(bytes, at, to) : gbkLength(bytes, at, to);
    if (length === 0 || byte === 0x7f) return -1;
    at += length;
    characters += 1;
  }
  return characters;
};

/** Every character of two bytes in GBK, by its text; made when the first text is written. */
let gbkBytes: Map<string, number> | null = null;
const allOfGbk = (): Map<string, number> => {
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const text = textOf(Uint8Array.of(lead, second), 'gbk');
      if (text !== null && !table.has(text)) table.set(text, lead * 256 + second);
    }
  }
  return table;
};

/** A text of our own in the encoding of a file. What GBK has no two bytes for becomes a question mark. */
export const bytesOf = (text: string, encoding: Encoding): Uint8Array => {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  gbkBytes ??= allOfGbk();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = gbkBytes.get(character) ?? 0x3f;
    if (code < 0x80) bytes.push(code);
    else if (pair < 0x100) bytes.push(pair);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
};
