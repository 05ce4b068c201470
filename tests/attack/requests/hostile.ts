import { gzipSync } from 'node:zlib';
import { routes } from '../../../contracts/api/routes.ts';
import type { Chance } from '../chance.ts';
import type { Draft } from './request.ts';

interface Attempt {
  readonly name: string;
  /** Changes the draft; false: there is nothing here to do it to. */
  readonly make: (draft: Draft, chance: Chance) => boolean;
  /** Whether an answer of success would be a fault, whatever the schemas say. */
  readonly mustRefuse: boolean;
  /** How often, beside the others; big bodies are costly. */
  readonly weight: number;
}

const isPublic = ({ operation }: Draft): boolean => routes[operation.id].access === 'public';
const textOf = (draft: Draft): string => JSON.stringify(draft.body ?? {});

const onText =
  (change: (text: string, chance: Chance) => string | Buffer) =>
  (draft: Draft, chance: Chance): boolean => {
    if (draft.body === undefined) {
      if (draft.method !== 'POST') return false;
      draft.headers['content-type'] = 'application/json';
    }
    draft.rawBody = change(textOf(draft), chance);
    return true;
  };

/** Right behind one of the opening braces. */
const insideAnObject = (text: string, inserted: string, chance: Chance): string => {
  const braces = [...text.matchAll(/\{/gu)].map(({ index }) => index);
  const at = chance.one(braces.length > 0 ? braces : [0]) + 1;
  const comma = text[at] === '}' ? '' : ',';
  return `${text.slice(0, at)}${inserted}${comma}${text.slice(at)}`;
};
const inObject = (...choices: string[]) => onText((text, chance) => insideAnObject(text, chance.one(choices), chance));

/** Puts something in the place of one number, or, where there is none, of one text. */
const insteadOfScalar = (...choices: string[]) =>
  onText((text, chance) => {
    const pattern = /:-?\d+/u.test(text) ? /(?<=:)-?\d+(?:\.\d+)?/gu : /(?<=:)"(?:[^"\\]|\\.)*"/gu;
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return insideAnObject(text, `"x":${chance.one(choices)}`, chance);
    const one = chance.one(found);
    return `${text.slice(0, one.index)}${chance.one(choices)}${text.slice(one.index + one[0].length)}`;
  });
const inText = (...choices: string[]) =>
  onText((text, chance) => {
    const found = [...text.matchAll(/(?<=:")(?=[^"]*")/gu)];
    if (found.length === 0) return insideAnObject(text, `"x":"${chance.one(choices)}"`, chance);
    const { index } = chance.one(found);
    return `${text.slice(0, index)}${chance.one(choices)}${text.slice(index)}`;
  });

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const megabyte = 1_048_576;

const attempt = (name: string, make: Attempt['make'], mustRefuse = true, weight = 10): Attempt => ({
  name,
  make,
  mustRefuse,
  weight,
});
const header =
  (name: string, ...values: string[]) =>
  (draft: Draft, chance: Chance): boolean => {
    draft.headers[name] = chance.one(values);
    return true;
  };

/** Ways in which a request is meant to break what reads it. */
export const attempts: readonly Attempt[] = [
  attempt(
    'prototype keys',
    inObject(
      '"__proto__":{"isAdmin":true}',
      '"constructor":{"prototype":{"x":1}}',
      '"prototype":{}',
      '"\\u005f_proto__":1',
    ),
  ),
  attempt(
    'duplicate keys',
    inObject('"settlement":"urban","settlement":"rural"', '"x":1,"x":1', '"kind":"a","\\u006bind":"b"'),
  ),
  attempt('lone surrogates', inText('\\ud800', '\\udc00x', '\\ud83d\\u0041', '\\udfff\\ud800')),
  attempt('a NUL', inText('\\u0000')),
  attempt('control characters, unescaped', inText('\u0001', '\u001f', '\n', '\t')),
  attempt(
    'numbers that are none',
    insteadOfScalar('NaN', 'Infinity', '-Infinity', '0x1F', '01', '+1', '1.', '.5', '1_000', '１'),
  ),
  attempt(
    'numbers beyond a double',
    insteadOfScalar(
      '1e400',
      '-1e400',
      '1e-400',
      '9'.repeat(400),
      '123456789012345678901234567890',
      '0.1234567890123456789',
      '9007199254740993',
    ),
  ),
  attempt('minus zero', insteadOfScalar('-0', '-0.0', '-0e5'), false),
  attempt('an exponent', insteadOfScalar('1e2', '1E+2', '10e-1', '1.0'), false),
  attempt(
    'deep nesting of lists',
    onText((_, chance) => nested(chance.one([40, 1_000, 100_000]))),
  ),
  attempt(
    'deep nesting of objects',
    onText((_, chance) => {
      const depth = chance.one([40, 5_000]);
      return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    }),
  ),
  attempt('deep nesting in a field', inObject(`"x":${nested(200)}`, `"members":${nested(3_000)}`)),
  attempt(
    'cut off',
    // Of nothing, nothing can be cut off: a request without a body is one of the route's own.
    (draft, chance) =>
      draft.body !== undefined &&
      onText((text) => text.slice(0, chance.whole(0, Math.max(0, text.length - 1))))(draft, chance),
  ),
  attempt(
    'no object',
    onText((_, chance) => chance.one(['null', '[]', '"x"', '0', 'true', '[{}]', ' '])),
  ),
  attempt(
    'two documents',
    onText((text) => `${text}${text}`),
  ),
  attempt(
    'JavaScript',
    onText((text, chance) =>
      chance.one([text.replaceAll('"', "'"), `/* x */${text}`, text.replace(/\}$/u, ',}'), `(${text})`, `)]}'${text}`]),
    ),
  ),
  attempt(
    'a byte order mark',
    onText((text) => `\uFEFF${text}`),
  ),
  attempt(
    'UTF-16',
    onText((text) => Buffer.from(text, 'utf16le')),
  ),
  attempt(
    'no UTF-8',
    onText((text) =>
      Buffer.concat([
        Buffer.from(text.slice(0, -1)),
        Buffer.from([0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22]),
        Buffer.from('}'),
      ]),
    ),
  ),
  attempt(
    'overlong UTF-8',
    onText((text) => Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from(`"}${text}`)])),
  ),
  attempt(
    'GBK',
    onText((text) =>
      Buffer.concat([
        Buffer.from(text.slice(0, -1)),
        Buffer.from(',"x":"'),
        Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
        Buffer.from('"}'),
      ]),
    ),
  ),
  attempt('compressed', (draft) => {
    if (draft.body === undefined) return false;
    draft.rawBody = gzipSync(textOf(draft));
    draft.headers['content-encoding'] = 'gzip';
    return true;
  }),
  attempt(
    'very many keys',
    onText((text, chance) =>
      insideAnObject(text, Array.from({ length: 5_000 }, (_, index) => `"k${index}":0`).join(','), chance),
    ),
    true,
    2,
  ),
  attempt(
    'a very long key',
    onText((text, chance) => insideAnObject(text, `"${'k'.repeat(100_000)}":0`, chance)),
    true,
    2,
  ),
  attempt(
    'a body at the limit',
    onText((text, chance) => insideAnObject(text, `"x":"${'x'.repeat(262_144 - text.length - 8)}"`, chance)),
    true,
    1,
  ),
  attempt(
    'a body just over the limit',
    onText((text, chance) => insideAnObject(text, `"x":"${'x'.repeat(262_144)}"`, chance)),
    true,
    1,
  ),
  attempt(
    'blanks over the limit',
    onText((text) => `${text}${' '.repeat(262_145)}`),
    true,
    1,
  ),
  attempt(
    'a body of ten megabytes',
    onText((_, chance) => `"${'x'.repeat(10 * megabyte - chance.whole(3, 1_000))}"`),
    true,
    0.2,
  ),
  attempt(
    'a body over ten megabytes',
    onText(() => Buffer.alloc(10 * megabyte + 1, 0x20)),
    true,
    0.2,
  ),
  attempt(
    'a text that makes patterns slow',
    inText(`${'1'.repeat(20_000)}!`, `${'a-'.repeat(10_000)}!`, `${'14'.repeat(20_000)}x`),
    true,
    2,
  ),
  attempt('a body where there is none', (draft) => {
    if (draft.body !== undefined || draft.method !== 'GET') return false;
    draft.rawBody = '{"x":1}';
    draft.headers['content-type'] = 'application/json';
    return true;
  }),
  attempt(
    'another method',
    (draft, chance) => {
      draft.method = chance.one([
        'PUT',
        'DELETE',
        'PATCH',
        'HEAD',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        draft.method === 'GET' ? 'POST' : 'PUT',
      ]);
      return true;
    },
    false,
  ),
  attempt('bad percent-encoding in the path', (draft, chance) => {
    const [name] = Object.keys(draft.params);
    if (name === undefined) return false;
    draft.rawPath = draft.operation.path.replaceAll(
      /\{\w+\}/gu,
      chance.one(['%', '%zz', '%c3%28', '%00', '%2f%2e%2e', '%E0%A4%A', '%ff', '%2525', '..%2f..']),
    );
    return true;
  }),
  attempt(
    'bad percent-encoding in the query',
    (draft, chance) => {
      draft.rawQuery = chance.one([
        'limit=%',
        'limit=%zz',
        '%=%',
        'county=%c3%28',
        'limit=%00',
        '&&&&',
        '=',
        '=x',
        'limit',
        'limit[]=1',
        'limit=1;county=140121',
        '%5f%5fproto%5f%5f=1',
        'limit=%31&limit=1',
      ]);
      return true;
    },
    false,
  ),
  attempt(
    'a long query',
    (draft, chance) => {
      draft.rawQuery = chance.one([
        `x=${'x'.repeat(60_000)}`,
        Array.from({ length: 5_000 }, (_, index) => `k${index}=1`).join('&'),
      ]);
      return true;
    },
    true,
    2,
  ),
  attempt(
    'many headers',
    (draft) => {
      for (let index = 0; index < 300; index += 1) draft.headers[`x-attack-${index}`] = 'x'.repeat(100);
      return true;
    },
    false,
    2,
  ),
  attempt(
    'an overlong header',
    header('x-correlation-id', 'x'.repeat(60_000), `${'0'.repeat(8)}-`.repeat(5_000)),
    false,
    2,
  ),
  attempt('claims of no form', (draft, chance) => {
    if (draft.claims === null || isPublic(draft)) return false;
    const claims = chance.one<Record<string, string>>([
      { role: 'root' },
      { role: '__proto__' },
      { division: '' },
      { division: '*' },
      { division: '14012110０' },
      { division: '1' },
      { sub: '' },
      { sub: 'x'.repeat(4_000) },
      { agency: '../x', role: 'agency' },
      { role: 'provincial', division: '140121' },
      { role: 'county-worker', division: '14' },
      { role: '[provincial auditor]' },
    ]);
    draft.claims = { ...draft.claims, ...claims };
    return true;
  }),
];

const total = attempts.reduce((sum, { weight }) => sum + weight, 0);

/** Does one hostile thing to a valid request; tells which, and whether it must be refused. */
export const hostile = (draft: Draft, chance: Chance): { how: string; mustRefuse: boolean } => {
  for (;;) {
    let at = chance.next() * total;
    const chosen = attempts.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    if (chosen?.make(draft, chance) === true) return { how: chosen.name, mustRefuse: chosen.mustRefuse };
  }
};
