import { request as plain } from 'node:http';
import { type RequestOptions, request as secure } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookCall, Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { type CheckedAddress, checkAddress, type Resolve, resolveName } from './address-check.ts';
import { newSecret, signatureOf } from './signature.ts';

/** A department's server has so long to answer, in milliseconds: what it has to do, it does afterwards. */
const longestAnswerMs = 5_000;
/** Nobody reads more of an answer, in bytes. */
const largestAnswer = 16_384;

export interface WebhookSettings {
  /** The one host that may be called without TLS and on any port, as the local platform has it; null on AWS. */
  readonly testHost: string | null;
  readonly resolve?: Resolve;
  readonly limits?: { readonly answerMs: number };
}

const headersOf = ({ id, timestamp, body, secrets }: WebhookCall): Record<string, string> => ({
  'content-type': 'application/cloudevents+json; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
  'user-agent': 'Hearth',
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signatureOf({ id, timestamp, body }, secrets),
});

/**
 * Sends the call to the very address that was looked at: a name that is looked up again could lead elsewhere. Redirects are not
 * followed; what is no 2xx was not taken.
 */
const send = ({ url, address }: CheckedAddress, call: WebhookCall, answerMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: headersOf(call),
      agent: false,
      signal: AbortSignal.timeout(answerMs),
      lookup: (_host, { all }, found) => {
        const family = isIP(address);
        if (all === true) found(null, [{ address, family }]);
        else found(null, address, family);
      },
    };
    const outgoing = (url.protocol === 'https:' ? secure : plain)(url, options, (answer) => {
      const status = answer.statusCode ?? 0;
      let bytes = 0;
      const end = (isTaken: boolean): void => {
        resolve(isTaken);
        outgoing.destroy();
      };
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > largestAnswer) end(false);
      });
      answer.on('end', () => end(status >= 200 && status < 300));
      answer.on('error', () => end(false));
    });
    outgoing.on('error', () => resolve(false));
    outgoing.end(call.body);
  });

/** The port `Webhooks` over HTTPS. */
export const httpWebhooks = ({ testHost, resolve = resolveName, limits }: WebhookSettings): Webhooks => ({
  newSecret,
  faultOf: async (url) => {
    const checked = await checkAddress(url, { resolve, testHost });
    return typeof checked === 'string' ? checked : undefined;
  },
  call: async (call) => {
    const checked = await checkAddress(call.url, { resolve, testHost });
    if (typeof checked === 'string') return checked;
    return (await send(checked, call, limits?.answerMs ?? longestAnswerMs)) ? 'taken' : 'not-taken';
  },
});
