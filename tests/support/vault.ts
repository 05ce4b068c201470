import { createHash } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { type DataKeys, type GenerationItems, kmsDataKeys } from '../../adapters/crypto/data-keys.ts';
import { keyringFrom } from '../../adapters/crypto/keyring.ts';
import type { Vault } from '../../adapters/crypto/vault.ts';
import { Instant } from '../../domain/dates.ts';
import type { StoredGeneration } from '../../domain/store/key-store.ts';

/** Data keys in memory, as the table keeps them. */
export const generationsInMemory = (): GenerationItems => {
  const stored: StoredGeneration[] = [];
  return {
    all: async () => stored,
    find: async (number) => stored.find((one) => one.number === number),
    add: async (generation) => {
      const isFree = !stored.some(({ number }) => number === generation.number);
      if (isFree) stored.push(generation);
      return isFree;
    },
  };
};

/** A KMS of tests: what it wraps is a name, and its keys follow from that, the secret and the context. It counts its answers. */
export const kmsOf = (secret: string) => {
  const asked: string[] = [];
  const keyOf = (name: string, context: unknown): Uint8Array =>
    new Uint8Array(
      createHash('sha256')
        .update(JSON.stringify([secret, name, context]))
        .digest(),
    );
  let made = 0;
  const send = async (command: unknown) => {
    if (command instanceof GenerateDataKeyCommand) {
      asked.push('GenerateDataKey');
      made += 1;
      const name = `data key ${made}`;
      return { Plaintext: keyOf(name, command.input.EncryptionContext), CiphertextBlob: Buffer.from(name) };
    }
    if (!(command instanceof DecryptCommand)) throw new Error('KMS is asked for nothing else');
    asked.push('Decrypt');
    const name = Buffer.from(command.input.CiphertextBlob ?? []).toString();
    return { Plaintext: keyOf(name, command.input.EncryptionContext) };
  };
  return { client: { send } as unknown as KMSClient, asked };
};

export const dataKeysOf = (secret: string, items: GenerationItems = generationsInMemory()): DataKeys =>
  kmsDataKeys(kmsOf(secret).client, 'arn:aws:kms:::key/test', items, () => Instant.parse('2026-03-02T01:00:00.000Z'));

/** All that a store of tests seals and finds with, from one secret; other secrets make others. */
export const vaultOf = (secret: string): Vault => {
  const keyring = keyringFrom(secret);
  return { dataKeys: dataKeysOf(secret), keyring: async () => keyring };
};
