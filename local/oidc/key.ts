import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import type { StateStore } from '../state-folder.ts';

export const algorithm = 'RS256';
export type OidcKey = { readonly privateKey: CryptoKey; readonly publicJwk: JWK };

const Kept = z.looseObject({ kty: z.literal('RSA'), kid: z.string() });

/** The issuer's key, made at the first start and kept in the data folder, so that tokens outlive a restart. */
export const openKey = async (store: Pick<StateStore, 'path'>): Promise<OidcKey> => {
  const file = store.path('oidc-key.json');
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    writeFileSync(
      file,
      JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'development', alg: algorithm, use: 'sig' }),
      { mode: 0o600 },
    );
  }
  const jwk = Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  const privateKey = await importJWK(jwk, algorithm);
  if (privateKey instanceof Uint8Array) throw new TypeError(`${file} holds no RSA key`);
  const { kty, n, e, kid, alg, use } = z
    .looseObject({ n: z.string(), e: z.string(), alg: z.string(), use: z.string() })
    .and(Kept)
    .parse(jwk);
  return { privateKey, publicJwk: { kty, n, e, kid, alg, use } };
};
