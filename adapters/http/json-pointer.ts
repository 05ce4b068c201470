/**
 * Names that may appear in an answer or a log line. A field name comes from the caller, so a mistaken client could put a person's
 * name or number there: only what looks like an identifier, without long runs of digits, is repeated.
 */
const repeatable = /^(?!.*\d{6})[A-Za-z_][A-Za-z0-9_.-]{0,63}$/u;

/**
 * The JSON pointer (RFC 6901) of a path. It stops before the first name that must not be repeated, and then points at the object
 * that holds the field.
 */
export const pointerTo = (path: readonly PropertyKey[]): string => {
  let pointer = '';
  for (const step of path) {
    if (typeof step === 'string' && !repeatable.test(step)) break;
    pointer += `/${String(step)}`;
  }
  return pointer;
};
