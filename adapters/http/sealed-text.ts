import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** JSON with the keys of every object in order, so that equal values have equal text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** The purpose is part of what is authenticated: a mark made for one purpose is worth nothing for another. */
const markOf = (key: Uint8Array, purpose: string, parts: readonly unknown[]): Buffer =>
  createHmac('sha256', createSecretKey(key))
    .update(`hearth/${purpose}/1\n${canonicalJson(parts)}`, 'utf8')
    .digest();

/**
 * A mark by which two requests are told to be the same. It is keyed, since a plain hash of a short body with a resident ID in it
 * could be searched for.
 */
export const fingerprintOf = (key: Uint8Array, parts: readonly unknown[]): string =>
  markOf(key, 'request', parts).toString('base64url');

/**
 * A mark of a caller whose requests are counted. It is keyed and of one window, so that a stored counter tells neither who called
 * nor that it was the same caller in two windows: source addresses are personal, and there are few enough to try them all.
 */
export const callerMark = (key: Uint8Array, parts: readonly unknown[]): string =>
  markOf(key, 'caller', parts).toString('base64url').slice(0, 22);

/**
 * A cursor: the position after the last item of a page, in a form that callers hand back and cannot make or change. It is bound
 * to the operation, its query and the caller's scope, so that it opens nothing else.
 */
export const sealCursor = (key: Uint8Array, position: unknown, binding: unknown): string => {
  const payload = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
  return `${payload}.${markOf(key, 'cursor', [payload, binding]).toString('base64url')}`;
};

/** The position in a cursor, or null when it was not made here, was changed, or belongs to another query or scope. */
export const openCursor = (key: Uint8Array, cursor: string, binding: unknown): { position: unknown } | null => {
  const [payload = '', mark = '', ...rest] = cursor.split('.');
  const given = Buffer.from(mark, 'utf8');
  const expected = Buffer.from(markOf(key, 'cursor', [payload, binding]).toString('base64url'), 'utf8');
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isOurs || rest.length > 0) return null;
  return { position: JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) };
};
