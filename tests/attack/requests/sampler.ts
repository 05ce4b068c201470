import fc from 'fast-check';
import { z } from 'zod';
import type { Chance } from '../chance.ts';
import type { Document, Schema } from './document.ts';

/** Gives a field a value that fits what the schema cannot say; undefined leaves it to the schema. `path` has names and indexes. */
export type Meant = (path: readonly (string | number)[], chance: Chance) => unknown;

const Properties = z.record(z.string(), z.record(z.string(), z.unknown())).catch({});
const Texts = z.array(z.string()).catch([]);
const Schemas = z.array(z.record(z.string(), z.unknown())).catch([]);
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const pooled = 120;
const pools = new Map<string, readonly string[]>();
/** Texts that match a pattern, made once: making them is slow, choosing is not. */
const poolOf = (pattern: string, least: number, most: number): readonly string[] => {
  const key = `${pattern} ${least} ${most}`;
  const known = pools.get(key);
  if (known !== undefined) return known;
  const made = fc
    .sample(fc.stringMatching(new RegExp(pattern, 'u'), { size: '+1' }), { seed: 1, numRuns: pooled })
    .filter((text) => [...text].length >= least && [...text].length <= most);
  pools.set(key, made);
  return made;
};

const alphabet = Array.from('abcdefghij XYZ-0123456789张王李测试家庭，。éñ𠮷😀"\\/<>&\'\n\t');
const deepest = 12;

/** A value of a schema: mostly plain, sometimes at a bound. Everything it can mean is tried by chance, nothing it forbids. */
export const createSampler = (document: Document, meant: Meant = () => undefined) => {
  const text = (schema: Schema, chance: Chance): string => {
    const least = number(schema['minLength'], 0);
    const most = Math.min(number(schema['maxLength'], least + 40), least + 400);
    if (schema['format'] === 'date' || String(schema['pattern']).startsWith('^\\d{4}-\\d{2}-\\d{2}'))
      return new Date(Date.UTC(2024, 0, 1) + chance.whole(0, 790) * 86_400_000).toISOString().slice(0, 10);
    if (typeof schema['pattern'] === 'string') {
      const pool = poolOf(schema['pattern'], least, most);
      return pool.length > 0 ? chance.one(pool) : '';
    }
    const length = chance.is(0.15) ? (chance.is(0.5) ? least : most) : chance.whole(least, Math.min(most, least + 12));
    return Array.from({ length }, () => chance.one(alphabet)).join('');
  };

  const quantity = (schema: Schema, chance: Chance): number => {
    const least = number(schema['minimum'], -1_000);
    const most = number(schema['maximum'], 1_000_000);
    if (chance.is(0.1)) return chance.is(0.5) ? least : most;
    return chance.whole(Math.ceil(least), Math.floor(Math.min(most, least + 5_000_000)));
  };

  const object = (schema: Schema, chance: Chance, path: readonly (string | number)[]): Record<string, unknown> => {
    const required = new Set(Texts.parse(schema['required']));
    const properties = Object.entries(Properties.parse(schema['properties']));
    // Of very many optional fields a few are enough; all of them at once are no likely request.
    const probability = properties.length > 40 ? 2 / properties.length : 0.5;
    return Object.fromEntries(
      properties.flatMap(([name, inner]) =>
        required.has(name) || chance.is(probability) ? [[name, value(inner, chance, [...path, name])]] : [],
      ),
    );
  };

  const array = (schema: Schema, chance: Chance, path: readonly (string | number)[]): unknown[] => {
    const least = number(schema['minItems'], 0);
    const length = chance.whole(least, Math.max(least, Math.min(number(schema['maxItems'], 4), least + 3)));
    const [items] = Schemas.parse([schema['items'] ?? {}]);
    const made = Array.from({ length }, (_, index) => value(items ?? {}, chance, [...path, index]));
    if (schema['uniqueItems'] !== true) return made;
    return [...new Map(made.map((each) => [JSON.stringify(each), each])).values()];
  };

  const value = (given: Schema, chance: Chance, path: readonly (string | number)[] = []): unknown => {
    const wanted = meant(path, chance);
    if (wanted !== undefined) return wanted;
    const schema = document.resolve(given);
    const options = [schema['anyOf'], schema['oneOf']].flatMap((each) => Schemas.parse(each));
    if (options.length > 0) return value(chance.one(options), chance, path);
    const [both] = [schema['allOf']].flatMap((each) => Schemas.parse(each));
    if (both !== undefined) return value(both, chance, path);
    if (Array.isArray(schema['enum'])) return chance.one(schema['enum']);
    if ('const' in schema) return schema['const'];
    const types = [schema['type'] ?? 'any'].flat();
    switch (path.length > deepest ? 'null' : chance.one(types)) {
      case 'object':
        return object(schema, chance, path);
      case 'array':
        return array(schema, chance, path);
      case 'string':
        return text(schema, chance);
      case 'integer':
        return quantity(schema, chance);
      case 'number':
        return chance.is(0.5) ? quantity(schema, chance) : Math.round(chance.next() * 1_000) / 8;
      case 'boolean':
        return chance.is(0.5);
      case 'any':
        return chance.one([true, 12, 'text', null]);
      default:
        return null;
    }
  };
  return value;
};
export type Sampler = ReturnType<typeof createSampler>;
