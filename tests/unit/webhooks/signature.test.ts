import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newSecret, signatureOf } from '../../../adapters/webhooks/signature.ts';
import { verifyWebhook } from '../../../cli/agencies/verify-webhook.ts';

/** Known answers, made by another implementation: openssl dgst -sha256 -mac HMAC over `id.timestamp.body`. */
const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const other = 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=';
const call = { id: 'ref_1-sent-20260302', timestamp: 1_772_413_200, body: '{"a":1}' };
const known = 'v1,ZurRNet5D5DIVqaRjYFriB3qJA2BKJfznoHXiryX4mE=';
const knownOfOther = 'v1,ru8Qg2G0DIHTnUOivATwf2EztWJofplvMsU5S0IiKNQ=';

const headers = {
  'webhook-id': call.id,
  'webhook-timestamp': String(call.timestamp),
  'webhook-signature': known,
};
const check = (changes: Record<string, string> = {}, body = call.body, seconds = call.timestamp, secrets = [secret]) =>
  verifyWebhook({ headers: { ...headers, ...changes }, body, secrets, now: seconds * 1_000 });

describe('a signature of Standard Webhooks', () => {
  test('is that of another implementation', () => {
    expect(signatureOf(call, [secret])).toBe(known);
    expect(signatureOf(call, [other])).toBe(knownOfOther);
  });

  test('is the HMAC-SHA-256 of id, time and body, joined by dots', () => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${call.id}.${call.timestamp}.${call.body}`).digest('base64');
    expect(signatureOf(call, [secret])).toBe(`v1,${mac}`);
  });

  test('is there for both secrets while they are changed over, and either of them verifies', () => {
    const both = signatureOf(call, [other, secret]);
    expect(both).toBe(`${knownOfOther} ${known}`);
    expect(check({ 'webhook-signature': both })).toBe('genuine');
    expect(check({ 'webhook-signature': both }, call.body, call.timestamp, [other])).toBe('genuine');
  });

  test('has a secret of 256 bits of chance', () => {
    const secrets = Array.from({ length: 20 }, newSecret);
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const each of secrets) {
      expect(each).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u);
      expect(Buffer.from(each.slice(6), 'base64')).toHaveLength(32);
    }
  });
});

describe('a call that was tampered with does not verify', () => {
  test('as it was sent it does', () => expect(check()).toBe('genuine'));

  test.each([...call.body].map((_, index) => index))('another byte of the body, at %i', (index) => {
    const body = Buffer.from(call.body);
    body[index] = (body[index] ?? 0) ^ 1;
    expect(check({}, body.toString('latin1'))).toBe('forged');
  });

  test.each([
    ['a longer body', {}, `${call.body} `],
    ['a shorter body', {}, call.body.slice(0, -1)],
    ['another id', { 'webhook-id': `${call.id}1` }, call.body],
    ['another time', { 'webhook-timestamp': String(call.timestamp + 1) }, call.body],
    ['no signature', { 'webhook-signature': '' }, call.body],
    ['a signature of another version', { 'webhook-signature': known.replace('v1,', 'v1a,') }, call.body],
    ['a shorter signature', { 'webhook-signature': known.slice(0, -4) }, call.body],
    ['the signature of another secret', { 'webhook-signature': knownOfOther }, call.body],
  ])('%s', (_what, changes, body) => expect(check(changes, body)).toBe('forged'));

  test.each([...known.slice(3)].map((_, index) => index))('another character of the signature, at %i', (index) => {
    const at = index + 3;
    const changed = `${known.slice(0, at)}${known[at] === 'A' ? 'B' : 'A'}${known.slice(at + 1)}`;
    // The last character holds bits that no byte has: the text is compared, so that it counts as well.
    expect(check({ 'webhook-signature': changed })).toBe('forged');
  });

  test.each([
    ['five minutes old', 300, 'genuine'],
    ['older than that', 301, 'out-of-time'],
    ['from five minutes ahead', -300, 'genuine'],
    ['from further ahead', -301, 'out-of-time'],
  ] as const)('a call %s', (_what, age, verdict) => expect(check({}, call.body, call.timestamp + age)).toBe(verdict));

  test.each(['', 'soon', '1e9', ' 1', '-1'])('a time that is no number of seconds: "%s"', (timestamp) =>
    expect(check({ 'webhook-timestamp': timestamp })).toBe('out-of-time'),
  );
});
