import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Keys that must stay what they are. The look-up of resident IDs is an index: under another key nobody in it would be found
 * again, and to make it anew takes every ID in plain text. They open nothing, so they are kept apart from the data keys, which rotate.
 */
export type KeyPurpose = 'fingerprint' | 'cursor';

export type Keyring = (purpose: KeyPurpose) => Buffer;

const keyBytes = 32;

/** Derives 256-bit keys from one secret by HKDF-SHA-256 (RFC 5869), the purpose being the info parameter. */
export const keyringFrom = (secret: string): Keyring => {
  const derived = new Map<KeyPurpose, Buffer>();
  return (purpose) => {
    const known = derived.get(purpose);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', secret, 'hearth/v1', purpose, keyBytes));
    derived.set(purpose, key);
    return key;
  };
};

/** Reads the secret once; a failed read is tried again at the next call, so that a cold start in a bad moment heals. */
export const secretKeyring = (client: SecretsManagerClient, secretArn: string): (() => Promise<Keyring>) => {
  let pending: Promise<Keyring> | undefined;
  const read = async (): Promise<Keyring> => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (answer.SecretString === undefined || answer.SecretString.length < 32) {
      throw new Error(
        'The identity secret holds no text of at least 32 characters. Generate it anew before first use.',
      );
    }
    return keyringFrom(answer.SecretString);
  };
  return () => {
    pending ??= read().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
};
