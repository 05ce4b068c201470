import { z } from 'zod';

/** Someone with a client id and a secret of the development issuer, and the claims of their tokens. */
export const OidcClient = z.strictObject({
  clientId: z.string().min(1),
  secret: z.string().min(1).default('development-only'),
  claims: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});
export type OidcClient = z.infer<typeof OidcClient>;

/** A program at which people log in: a public client without a secret, and the addresses to which it may be returned. */
export const OidcApplication = z.strictObject({
  clientId: z.string().min(1),
  /** Compared as they stand, character by character (RFC 9700, 2.1). */
  redirectUris: z.array(z.url()).min(1),
});
export type OidcApplication = z.infer<typeof OidcApplication>;

/** Who may log in at the page: everyone but the clients of agencies, which are programs. */
export const peopleOf = (clients: readonly OidcClient[]): readonly OidcClient[] =>
  clients.filter(({ claims }) => claims['agency'] === undefined);
