import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import { headerOf } from './gateway-event.ts';
import { parseStrictJson } from './strict-json.ts';

type BodyEvent = Pick<APIGatewayProxyEventV2, 'body' | 'headers' | 'isBase64Encoded'>;
type Read = { ok: true; value: unknown } | Refusal;

const jsonInUtf8 = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/iu;

const hasJsonType = (event: BodyEvent): boolean => {
  const encoding = headerOf(event, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  return jsonInUtf8.test(headerOf(event, 'content-type')?.trim() ?? '') && encoding === 'identity';
};

/** The gateway hands a body over as base64 unless its content type is text or JSON; the bytes then must be valid UTF-8. */
const decode = (body: string, isBase64: boolean): string | null => {
  if (!isBase64) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    return null;
  }
};

const tooLarge = (largest: number): Refusal =>
  refuse('body-too-large', { errors: [{ field: '', code: 'body.too-large', values: { maximum: largest } }] });

/** Reads the JSON body of a request, strictly: declared as JSON, at most `largest` bytes, valid UTF-8, one meaning only. */
export const readJsonBody = (event: BodyEvent, largest: number): Read => {
  const body = event.body ?? '';
  if (body === '') return refuse('validation-failed', { errors: [{ field: '', code: 'body.missing' }] });
  if (Buffer.byteLength(body, event.isBase64Encoded ? 'base64' : 'utf8') > largest) return tooLarge(largest);
  if (!hasJsonType(event)) return refuse('unsupported-media-type');
  const text = decode(body, event.isBase64Encoded);
  if (text === null) return refuse('malformed-json', { errors: [{ field: '', code: 'json.encoding' }] });
  const parsed = parseStrictJson(text);
  return parsed.ok ? parsed : refuse('malformed-json', { errors: [parsed.refusal] });
};

/** Refuses a body where the operation has none, rather than ignoring what the caller thought was heard. */
export const refuseBody = (event: BodyEvent): Refusal | null =>
  (event.body ?? '') === '' ? null : refuse('validation-failed', { errors: [{ field: '', code: 'body.unexpected' }] });
