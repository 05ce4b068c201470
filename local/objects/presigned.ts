import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Why a pre-signed address is not served, by the code S3 has for it. */
export type SignatureFault = 'AccessDenied' | 'SignatureDoesNotMatch';

const algorithm = 'AWS4-HMAC-SHA256';
const longestSeconds = 604_800;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As the scheme wants it: everything but letters, digits and `-._~` is written as `%` and two digits. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

/** `20261126T170000Z` in milliseconds since the epoch; NaN for anything else. */
const instantOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/u, '$1-$2-$3T$4:$5:$6Z'));

export interface PresignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Whether a request carries its signature in its address. What functions send is signed in a header, which nobody checks locally. */
export const isPresigned = ({ url }: PresignedRequest): boolean => url.searchParams.has('X-Amz-Signature');

/**
 * What is wrong with a pre-signed address (Signature Version 4 in the query): its time has passed, or it was signed for another method, key,
 * upload or part. Undefined: it is to be served.
 */
export const signatureFault = (
  { method, url, headers }: PresignedRequest,
  secret: string,
  now: number,
): SignatureFault | undefined => {
  const query = url.searchParams;
  const said = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  const date = said('Date');
  const seconds = Number(said('Expires'));
  const signedAt = instantOf(date);
  if (said('Algorithm') !== algorithm || Number.isNaN(signedAt)) return 'AccessDenied';
  if (!(seconds > 0 && seconds <= longestSeconds) || now > signedAt + seconds * 1_000) return 'AccessDenied';
  const [, ...scope] = said('Credential').split('/');
  const names = said('SignedHeaders').split(';');
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(query),
    ...names.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const key = scope.reduce<string | Buffer>((inner, part) => hmac(inner, part), `AWS4${secret}`);
  const expected = hmac(key, [algorithm, date, scope.join('/'), sha256(canonical)].join('\n'));
  const given = Buffer.from(said('Signature'), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'SignatureDoesNotMatch';
};
