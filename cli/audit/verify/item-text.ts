import { createHash } from 'node:crypto';

/** An item as an export holds it: attributes in DynamoDB's JSON. Nothing is taken for granted about what is in it. */
export type Item = Readonly<Record<string, unknown>>;

/** Something in the export is not of the form it has to have. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const isRecord = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stringOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Malformed('text is expected');
  return value;
};
const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Malformed('a list is expected');
  return value;
};
const recordOf = (value: unknown): Item => {
  if (!isRecord(value)) throw new Malformed('attributes are expected');
  return value;
};

/** A number as docs/audit-chain.md has it: sign, digits and point, with no zero at either end that says nothing. */
const numberText = (value: unknown): string => {
  const text = stringOf(value);
  const form = /^(?<sign>[+-]?)(?<left>\d*)(?:\.(?<right>\d*))?(?:[eE](?<power>[+-]?\d{1,3}))?$/u.exec(text);
  const { sign = '', left = '', right = '', power = '0' } = form?.groups ?? {};
  if (form === null || left + right === '') throw new Malformed('a number is expected');
  let digits = left + right;
  // How many of the digits stand behind the point; negative when zeros are to follow.
  let behind = right.length - Number(power);
  while (behind < 0) {
    digits += '0';
    behind += 1;
  }
  digits = digits.padStart(behind + 1, '0');
  const whole = digits.slice(0, digits.length - behind).replace(/^0+(?=\d)/u, '');
  const rest = digits.slice(digits.length - behind).replace(/0+$/u, '');
  const plain = rest === '' ? whole : `${whole}.${rest}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
};

const quoted = (value: unknown): string => JSON.stringify(stringOf(value));
const commas = (parts: readonly string[]): string => `[${parts.join(',')}]`;
const byCodeUnits = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

const contents: Readonly<Record<string, (content: unknown) => string>> = {
  S: quoted,
  N: (content) => `"${numberText(content)}"`,
  B: quoted,
  BOOL: (content) => {
    if (typeof content !== 'boolean') throw new Malformed('true or false is expected');
    return content ? 'true' : 'false';
  },
  NULL: () => 'true',
  L: (content) => commas(listOf(content).map(valueText)),
  M: (content) => attributesText(recordOf(content)),
  SS: (content) => commas(listOf(content).map(stringOf).sort(byCodeUnits).map(quoted)),
  NS: (content) => commas(listOf(content).map(numberText).sort(byCodeUnits).map(quoted)),
  BS: (content) => commas(listOf(content).map(stringOf).sort(byCodeUnits).map(quoted)),
};

const valueText = (value: unknown): string => {
  const [[type, content] = ['', undefined], ...more] = Object.entries(recordOf(value));
  const write = Object.hasOwn(contents, type) ? contents[type] : undefined;
  if (write === undefined || more.length > 0) throw new Malformed('an attribute of one known type is expected');
  return `{"${type}":${write(content)}}`;
};

const attributesText = (attributes: Item): string => {
  const names = Object.keys(attributes).sort(byCodeUnits);
  return `{${names.map((name) => `${JSON.stringify(name)}:${valueText(attributes[name])}`).join(',')}}`;
};

/** The hash of an audit entry. Throws Malformed when it is none. */
export const hashOfEntry = (item: Item): string => sha256(`hearth-audit-entry/1\n${attributesText(item)}`);

/** A hash of what an item says, without the attributes that are named. */
export const hashWithout = (item: Item, ...left: readonly string[]): string =>
  sha256(attributesText(Object.fromEntries(Object.entries(item).filter(([name]) => !left.includes(name)))));

/** The text attribute of an item, if it has one of that name. */
export const textIn = (item: Item, name: string): string | undefined => {
  const value = item[name];
  return isRecord(value) && typeof value['S'] === 'string' ? value['S'] : undefined;
};

/** A whole attribute value as plain JSON: text, numbers, lists and maps, as blocks and roll-ups are made of. */
export const plainOf = (value: unknown): unknown => {
  const [[type, content] = ['', undefined]] = Object.entries(recordOf(value));
  if (type === 'S') return stringOf(content);
  if (type === 'N') return Number(numberText(content));
  if (type === 'NULL') return null;
  if (type === 'L') return listOf(content).map(plainOf);
  if (type === 'M') return plainItem(recordOf(content));
  throw new Malformed(`an attribute of type ${type} has no place here`);
};

/** An item as plain JSON. */
export const plainItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainOf(value)]));
