import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressFault } from '../../domain/subscriptions/webhooks.ts';
import { isPublicAddress } from './addresses.ts';

/** The addresses a host name leads to; rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** A name that takes longer leads nowhere, in milliseconds. */
const longestLookupMs = 3_000;

export const resolveName: Resolve = async (host) => {
  const tooLong = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the look-up of a name takes too long')), longestLookupMs).unref();
  });
  const found = await Promise.race([lookup(host, { all: true, order: 'verbatim' }), tooLong]);
  return found.map(({ address }) => address);
};

/** The longest address that is taken. */
const longestUrl = 1_000;
const securePort = '443';

/** An address that may be called, and where its name leads. */
export interface CheckedAddress {
  readonly url: URL;
  readonly address: string;
}

/** IPv6 literals stand in brackets in a URL. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/u, '$1');

/**
 * Looks at an address, and at every address its name leads to: one that is not public is enough to refuse it. `testHost` is the one
 * host that may be called without TLS and on any port; a deployment on AWS names none.
 */
export const checkAddress = async (
  text: string,
  { resolve, testHost }: { resolve: Resolve; testHost: string | null },
): Promise<CheckedAddress | AddressFault> => {
  if (text.length > longestUrl || !URL.canParse(text)) return 'webhook.malformed';
  const url = new URL(text);
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return 'webhook.credentials';
  if (testHost !== null && host === testHost && isIP(host) !== 0) return { url, address: host };
  if (url.protocol !== 'https:') return 'webhook.scheme';
  // The usual port is left out of a URL that is read.
  if (url.port !== '' && url.port !== securePort) return 'webhook.port';
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const [address] = addresses;
  if (address === undefined) return 'webhook.unresolved';
  return addresses.every(isPublicAddress) ? { url, address } : 'webhook.private';
};
