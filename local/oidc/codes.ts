import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { OidcClient } from './clients.ts';
import { lifetimes } from './tokens.ts';

/** Milliseconds a code may wait to be redeemed: the time a redirect takes, and no more. */
const codeLifetime = 60_000;
/** Milliseconds the log-in page may stay open. */
const pageLifetime = 10 * 60_000;

const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/u;

/** What a code stands for. */
export type GrantedCode = {
  readonly request: AuthorizationRequest;
  readonly person: OidcClient;
  readonly authTime: number;
};

type Kept<Value> = { readonly value: Value; readonly until: number };
type Code = GrantedCode & {
  readonly state: 'fresh' | 'spent' | 'shown again';
  readonly expires: number;
  readonly tokens: readonly string[];
};

const secret = (): string => randomBytes(32).toString('base64url');

/** Entries that are found once, until their time has passed. */
const createOnce = <Value>(clock: Clock, lifetime: number) => {
  const entries = new Map<string, Kept<Value>>();
  return {
    put: (value: Value): string => {
      for (const [key, { until }] of entries) if (until <= clock.now()) entries.delete(key);
      const key = secret();
      entries.set(key, { value, until: clock.now() + lifetime });
      return key;
    },
    take: (key: string): Value | undefined => {
      const found = entries.get(key);
      entries.delete(key);
      return found !== undefined && clock.now() < found.until ? found.value : undefined;
    },
  };
};

/** What a client shows when it redeems a code. */
export type Redemption = {
  readonly code: string;
  readonly applicationId: string;
  readonly redirectUri: string;
  readonly verifier: string;
};

const isMet = ({ request }: GrantedCode, { applicationId, redirectUri, verifier }: Redemption): boolean =>
  request.applicationId === applicationId &&
  request.redirectUri === redirectUri &&
  verifierPattern.test(verifier) &&
  createHash('sha256').update(verifier).digest('base64url') === request.challenge;

/**
 * Log-in pages that are open, codes that were given out, and tokens that were revoked. A code is spent by the first who shows it,
 * whether or not the rest fits; whoever shows it again has copied it, and the tokens it was exchanged for end (RFC 6749, 4.1.2).
 */
export const createCodes = (clock: Clock) => {
  const pages = createOnce<AuthorizationRequest>(clock, pageLifetime);
  const codes = new Map<string, Code>();
  const revoked = new Set<string>();

  const forgetOld = (): void => {
    for (const [key, { expires }] of codes) if (expires + lifetimes.person * 1000 <= clock.now()) codes.delete(key);
  };

  return {
    openPage: pages.put,
    closePage: pages.take,
    give: (request: AuthorizationRequest, person: OidcClient): string => {
      forgetOld();
      const code = secret();
      const authTime = Math.floor(clock.now() / 1000);
      codes.set(code, { request, person, authTime, state: 'fresh', expires: clock.now() + codeLifetime, tokens: [] });
      return code;
    },
    redeem: (redemption: Redemption): GrantedCode | undefined => {
      const found = codes.get(redemption.code);
      if (found === undefined) return undefined;
      if (found.state !== 'fresh') {
        codes.set(redemption.code, { ...found, state: 'shown again' });
        for (const jti of found.tokens) revoked.add(jti);
        return undefined;
      }
      codes.set(redemption.code, { ...found, state: 'spent' });
      return clock.now() < found.expires && isMet(found, redemption) ? found : undefined;
    },
    /** Remembers which tokens a code was exchanged for. */
    exchanged: (code: string, tokens: readonly string[]): void => {
      const found = codes.get(code);
      if (found === undefined) return;
      codes.set(code, { ...found, tokens });
      // The second came while the tokens of the first were being signed.
      if (found.state === 'shown again') for (const jti of tokens) revoked.add(jti);
    },
    isRevoked: (jti: string): boolean => revoked.has(jti),
  };
};
export type Codes = ReturnType<typeof createCodes>;
