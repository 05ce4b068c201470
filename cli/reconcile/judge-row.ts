import type { RowKind } from './attributes.ts';
import { auditEntry, auditKinds } from './audit-attributes.ts';
import { faultOf, heldIn, readableIn, typeOf } from './forms.ts';
import { rosterKinds, token } from './roster-attributes.ts';

/** What a row is by its key; undefined for what this system does not write. */
export const kindOf = (table: 'roster' | 'audit', pk: string, sk: string): RowKind | undefined => {
  const prefix = pk.slice(0, pk.includes('#') ? pk.indexOf('#') : pk.length);
  if (table === 'audit')
    return auditKinds[prefix] ?? (/^14\d{0,4}#\d{4}-\d{2}-\d{2}$/u.test(pk) ? auditEntry : undefined);
  if (sk === 'TOKEN' && ['TASK', 'NOTICE', 'REFERRAL'].includes(prefix)) return token;
  return Object.hasOwn(rosterKinds, prefix) ? rosterKinds[prefix] : undefined;
};

const isKey = (name: string): boolean => name === 'pk' || name === 'sk';

/** A name of an attribute is repeated in a report only if it cannot itself say something about anybody. */
const safeName = (path: string): string =>
  /^[A-Za-z0-9.[\]_-]{1,60}$/u.test(path) ? path : '(a name of another form)';

/** Judges a value at its path; lists and maps are gone into, so that nothing hides in one. */
const judge = (kind: RowKind, path: string, value: unknown, faults: string[]): void => {
  const type = typeOf(value);
  if (type === 'M') {
    const held = heldIn(value, 'M');
    if (typeof held !== 'object' || held === null) return;
    for (const [name, inner] of Object.entries(held)) judge(kind, `${path}.${name}`, inner, faults);
    return;
  }
  if (type === 'L') {
    const held = heldIn(value, 'L');
    if (Array.isArray(held)) for (const inner of held) judge(kind, `${path}[]`, inner, faults);
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
