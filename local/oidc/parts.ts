import type { OidcApplication, OidcClient } from './clients.ts';
import type { Codes } from './codes.ts';
import type { IssuerIdentity, Tokens } from './tokens.ts';

/** What the issuer's endpoints share: who may log in, where, and what was given out. */
export type IssuerParts = {
  readonly identity: IssuerIdentity;
  readonly clients: readonly OidcClient[];
  readonly people: readonly OidcClient[];
  readonly applications: readonly OidcApplication[];
  readonly tokens: Tokens;
  readonly codes: Codes;
};
