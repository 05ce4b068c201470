import type { RowKind } from './attributes.ts';
import { auditEntry, auditKinds } from './audit-attributes.ts';
import { faultOf, heldIn, readableIn, typeOf } from './forms.ts';
import { rosterKinds, token } from './roster-attributes.ts';

/** What a row is by its key; undefined for what this system does not write. */
export const kindOf = (table: 'roster' | 'audit', pk: string, sk: string): RowKind | undefined => {
  const prefix = pk.slice(0, pk.includes('#') ? pk.indexOf('#') : pk.length);
  if (table === 'audit') return auditKinds[prefix] ?? (/^14(?:\d\d){0,2}$/u.test(pk) ? auditEntry : undefined);
  if (sk === 'TOKEN' && ['TASK', 'NOTICE', 'REFERRAL'].includes(prefix)) return token;
  return Object.hasOwn(rosterKinds, prefix) ? rosterKinds[prefix] : undefined;
};

const isKey = (name: string): boolean => name === 'pk' || name === 'sk';

/** A name of an attribute is repeated in a report only if it cannot itself say something about anybody. */
const safeName = (path: string): string =>
  /^[A-Za-z0-9.[\]_-]{1,60}$/u.test(path) ? path : '(a name of another form)';

/** What a list, set or map holds, each with its path; undefined for a bare value. */
const partsOf = (path: string, value: unknown): readonly (readonly [path: string, value: unknown])[] | undefined => {
  const type = typeOf(value);
  if (type === 'M') {
    const held = heldIn(value, 'M');
    return typeof held === 'object' && held !== null
      ? Object.entries(held).map(([name, inner]) => [`${path}.${name}`, inner])
      : [];
  }
  if (type !== 'L' && type !== 'SS') return undefined;
  const held: unknown = heldIn(value, type);
  if (!Array.isArray(held)) return [];
  return held.map((inner: unknown) => [`${path}[]`, type === 'SS' ? { S: inner } : inner]);
};

/** Judges a value at its path; lists, sets and maps are gone into, so that nothing hides in one. */
const judge = (kind: RowKind, path: string, value: unknown, faults: string[]): void => {
  const parts = partsOf(path, value);
  if (parts !== undefined) {
    for (const [inner, held] of parts) judge(kind, inner, held, faults);
    return;
  }
  const form = Object.hasOwn(kind.attributes, path) ? kind.attributes[path] : undefined;
  const fault = form === undefined ? 'is not on the list of attributes' : faultOf(value, form);
  if (fault !== undefined) faults.push(`${kind.name}.${safeName(path)}: ${fault}`);
};

/** Everything in a row that is not on the closed list, or not of its form: what it is, never what it holds. */
export const faultsOfRow = (kind: RowKind, item: Readonly<Record<string, unknown>>): readonly string[] => {
  const faults: string[] = [];
  for (const name in item) {
    if (!isKey(name)) judge(kind, name, item[name], faults);
    else {
      const readable = readableIn(String(heldIn(item[name], 'S')));
      if (readable !== undefined) faults.push(`${name}: ${readable}`);
    }
  }
  return faults;
};
