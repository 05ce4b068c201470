import type { FieldFaultCode } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import { pointerTo } from './json-pointer.ts';

/** Deeper than any document of the API, and shallow enough for every reader of the stored record. */
const deepest = 32;
/** Fields and entries of the whole text: a policy draft that sets every parameter has a quarter of it. */
const mostValues = 20_000;
/** Every decimal of up to 15 significant digits survives as a double; beyond that a number may change when it is read. */
const exactDigits = 15;
/** Names that would reach an object's prototype in code that copies keys carelessly. */
const reservedKeys = new Set(['__proto__', 'constructor', 'prototype']);

const blank = /[ \t\n\r]*/uy;
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const literals = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonFault extends Error {
  readonly refusal: FieldRefusal;
  constructor(refusal: FieldRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([]);
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#syntax([]);
    return value;
  }

  #value(path: readonly PropertyKey[]): unknown {
    if (path.length > deepest) throw this.#fault('json.too-deep', path.slice(0, 3), { maximum: deepest });
    this.#values += 1;
    if (this.#values > mostValues) throw this.#fault('json.too-many-values', path.slice(0, 1), { maximum: mostValues });
    this.#skipBlank();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(path);
    if (first === '[') return this.#array(path);
    if (first === '"') return this.#string(path);
    for (const [literal, value] of literals) if (this.#take(literal)) return value;
    return this.#number(path);
  }

  #object(path: readonly PropertyKey[]): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at += 1;
    if (this.#takeAfterBlank('}')) return object;
    do {
      this.#skipBlank();
      const key = this.#string(path);
      const inner = [...path, key];
      if (reservedKeys.has(key)) throw this.#fault('json.reserved-key', path);
      if (Object.hasOwn(object, key)) throw this.#fault('json.duplicate-key', inner);
      if (!this.#takeAfterBlank(':')) throw this.#syntax(path);
      object[key] = this.#value(inner);
    } while (this.#takeAfterBlank(','));
    if (!this.#takeAfterBlank('}')) throw this.#syntax(path);
    return object;
  }

  #array(path: readonly PropertyKey[]): unknown[] {
    const array: unknown[] = [];
    this.#at += 1;
    if (this.#takeAfterBlank(']')) return array;
    do array.push(this.#value([...path, array.length]));
    while (this.#takeAfterBlank(','));
    if (!this.#takeAfterBlank(']')) throw this.#syntax(path);
    return array;
  }

  #string(path: readonly PropertyKey[]): string {
    const token = this.#token(stringToken);
    if (token === undefined) throw this.#syntax(path);
    const value = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
    if (!value.isWellFormed() || value.includes('\0')) throw this.#fault('json.character', path);
    return value;
  }

  #number(path: readonly PropertyKey[]): number {
    const token = this.#token(numberToken);
    if (token === undefined) throw this.#syntax(path);
    const significant = token
      .replace(/[eE].*/u, '')
      .replace(/[-.]/gu, '')
      .replace(/^0+/u, '')
      .replace(/0+$/u, '');
    const value = Number(token);
    const changed = significant.length > exactDigits || !Number.isFinite(value) || (value === 0 && significant !== '');
    if (changed) throw this.#fault('json.number-precision', path);
    return value === 0 ? 0 : value;
  }

  #token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    this.#at += token?.length ?? 0;
    return token;
  }

  #take(expected: string): boolean {
    const found = this.#text.startsWith(expected, this.#at);
    if (found) this.#at += expected.length;
    return found;
  }

  #takeAfterBlank(expected: string): boolean {
    this.#skipBlank();
    return this.#take(expected);
  }

  #skipBlank(): void {
    this.#token(blank);
  }

  #syntax(path: readonly PropertyKey[]): JsonFault {
    const before = this.#text.slice(0, this.#at).split('\n');
    return this.#fault('json.syntax', path, { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
  }

  #fault(code: FieldFaultCode, path: readonly PropertyKey[], values: Record<string, number> = {}): JsonFault {
    return new JsonFault({ field: pointerTo(path), code, values });
  }
}

/**
 * Reads JSON (RFC 8259) that has one meaning only. `JSON.parse` keeps the last of two equal keys, rounds long numbers and takes
 * half surrogate pairs, so that what a person signed and what is stored could differ; here each of these is refused by name and
 * place. What it accepts it reads as `JSON.parse` does. The refusal holds no part of the text.
 */
export const parseStrictJson = (text: string): { ok: true; value: unknown } | { ok: false; refusal: FieldRefusal } => {
  if (text.startsWith('\uFEFF')) return { ok: false, refusal: { field: '', code: 'json.byte-order-mark' } };
  if (text.includes('\uFFFD')) return { ok: false, refusal: { field: '', code: 'json.encoding' } };
  try {
    return { ok: true, value: new JsonReader(text).document() };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, refusal: error.refusal };
    throw error;
  }
};
