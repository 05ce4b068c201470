import { createHmac, randomBytes } from 'node:crypto';

const secretPrefix = 'whsec_';
const secretBytes = 32;

export const newSecret = (): string => `${secretPrefix}${randomBytes(secretBytes).toString('base64')}`;

/** What is signed of a call: id, time in seconds, body, joined by dots. */
const signed = (id: string, timestamp: number, body: string): string => `${id}.${timestamp}.${body}`;

/** The value of `webhook-signature` by the Standard Webhooks scheme: one signature for each secret, blanks between. */
export const signatureOf = (
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
  secrets: readonly string[],
): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
      return `v1,${createHmac('sha256', key)
        .update(signed(id, timestamp, body))
        .digest('base64')}`;
    })
    .join(' ');
