import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import { headerOf } from './gateway-event.ts';

type HeaderEvent = Pick<APIGatewayProxyEventV2, 'headers'>;
type Read<Value> = { ok: true; value: Value } | Refusal;

const visibleAscii = /^[\x21-\x7e]{8,128}$/u;

/**
 * The key under which a creating request may be repeated safely. 8 to 128 visible ASCII characters; two headers arrive joined
 * by a comma and a blank and are refused for the blank.
 */
export const readIdempotencyKey = (event: HeaderEvent): Read<string> => {
  const key = headerOf(event, 'idempotency-key');
  if (key === undefined) return refuse('idempotency-key-missing');
  if (visibleAscii.test(key)) return { ok: true, value: key };
  return refuse('validation-failed', {
    errors: [{ in: 'header', field: '/Idempotency-Key', code: 'idempotency-key.malformed' }],
  });
};

/** A version has nine digits at most, so that it stays an exact number. */
const strongEtag = /^"(0|[1-9]\d{0,8})"$/u;

/**
 * The version in `If-Match`, or null when the header is absent. One strong tag only: `*`, lists and weak tags would let a change
 * through that was not based on what the caller saw (RFC 9110, 13.1.1).
 */
export const readIfMatch = (event: HeaderEvent): Read<number | null> => {
  const header = headerOf(event, 'if-match');
  if (header === undefined) return { ok: true, value: null };
  const version = strongEtag.exec(header.trim())?.[1];
  if (version !== undefined) return { ok: true, value: Number(version) };
  return refuse('validation-failed', { errors: [{ in: 'header', field: '/If-Match', code: 'etag.malformed' }] });
};
