import { signatureOf } from '../../../adapters/webhooks/signature.ts';
import { verifyWebhook } from '../../../cli/agencies/verify-webhook.ts';
import { flips, wholeClasses } from './bytes.ts';
import type { Tampered } from './envelopes.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another of thirty-two bytes, yes').toString('base64')}`;
const now = Date.parse('2026-03-02T01:00:00.000Z');

interface Call {
  readonly id: string;
  readonly timestamp: string;
  readonly body: string;
  readonly signature: string;
}

const signedCall = (id: string, body: string, at: number = now, by: readonly string[] = [secret]): Call => {
  const timestamp = Math.floor(at / 1_000);
  return { id, timestamp: String(timestamp), body, signature: signatureOf({ id, timestamp, body }, by) };
};

const genuine = signedCall(
  'ref_1-sent-20260302010000000',
  JSON.stringify({ type: 'hearth.referral.sent', subject: 'ref_1' }),
);
const another = signedCall(
  'ref_2-sent-20260302010000000',
  JSON.stringify({ type: 'hearth.referral.sent', subject: 'ref_2' }),
);

/** Every way in which a call is none of the platform's, or not one of now, though its parts may be. */
const forgeries: readonly (readonly [string, Partial<Call>])[] = [
  ['without a signature', { signature: '' }],
  ['another department’s secret', signedCall(genuine.id, genuine.body, now, [otherSecret])],
  ['a secret that was replaced long ago', signedCall(genuine.id, genuine.body, now, [otherSecret, otherSecret])],
  ['the signature of another call', { signature: another.signature }],
  ['the body of another call', { body: another.body }],
  ['the id of another call', { id: another.id }],
  ['six minutes old', signedCall(genuine.id, genuine.body, now - 360_000)],
  ['six minutes from now', signedCall(genuine.id, genuine.body, now + 360_000)],
  [
    'an old call under the time of now',
    { ...signedCall(genuine.id, genuine.body, now - 360_000), timestamp: genuine.timestamp },
  ],
  ['a version nobody signs by', { signature: genuine.signature.replace('v1,', 'v2,') }],
  ['an asymmetric version', { signature: genuine.signature.replace('v1,', 'v1a,') }],
  ['without its version', { signature: genuine.signature.replace('v1,', '') }],
  ['a time that is no number', { timestamp: `${genuine.timestamp}.0` }],
  ['a time before all times', { timestamp: `-${genuine.timestamp}` }],
  ['no time', { timestamp: '' }],
  ['a dot moved from the body to the id', { id: `${genuine.id}.`, timestamp: genuine.timestamp }],
  ['a blank after the body', { body: `${genuine.body} ` }],
  ['letters beyond ASCII, as many as the signature has', { signature: 'é'.repeat(genuine.signature.length) }],
];

/**
 * Calls that a department must not take for the platform's, by the check that the stand-ins use and the documents give; and that it takes
 * the genuine one, without which all of this would prove nothing.
 */
export const tamperWithWebhooks = (
  every: number,
  verify: typeof verifyWebhook = verifyWebhook,
): readonly Tampered[] => {
  const isTaken = (call: Call): boolean => {
    const headers = {
      'webhook-id': call.id,
      'webhook-timestamp': call.timestamp,
      'webhook-signature': call.signature,
    };
    return verify({ headers, body: call.body, secrets: [secret], now }) === 'genuine';
  };
  if (!isTaken(genuine)) throw new Error('a genuine call is not taken');
  const results: Tampered[] = [];
  const attempt = (what: string, call: Call): void => {
    results.push({ class: 'webhook', caught: !isTaken(call), what });
  };
  for (const [what, changes] of forgeries) attempt(what, { ...genuine, ...changes });
  for (const part of ['id', 'timestamp', 'body', 'signature'] as const) {
    // Of a header each character is a byte.
    const whole = Buffer.from(genuine[part], 'latin1');
    for (const { name, make } of [...flips(whole.length, every), ...wholeClasses]) {
      const bytes = make(whole, Buffer.from(another[part], 'latin1'));
      if (bytes === undefined || bytes.equals(whole)) continue;
      attempt(`${part}: ${name}`, { ...genuine, [part]: bytes.toString('latin1') });
    }
  }
  return results;
};
