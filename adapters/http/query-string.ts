import type { FieldRefusal } from '../../contracts/outcome.ts';
import { pointerTo } from './json-pointer.ts';

/**
 * The parameters of a raw query string. The gateway joins equal names with a comma, which a value may hold as well; so the raw
 * string is read, and a name that comes twice is refused.
 */
export const readQueryString = (
  rawQueryString: string,
): { ok: true; parameters: Map<string, string> } | { ok: false; errors: readonly FieldRefusal[] } => {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (parameters.has(name))
      return { ok: false, errors: [{ in: 'query', field: pointerTo([name]), code: 'query.repeated' }] };
    parameters.set(name, value);
  }
  return { ok: true, parameters };
};
