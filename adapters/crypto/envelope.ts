import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { dictionaryOfVersion1 as dictionary } from './dictionary.ts';

const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';
/** No record of this system is near this size; more means that the envelope is not ours. */
const maximumPlainBytes = 1_000_000;

/**
 * Seals a JSON value: version byte, nonce, ciphertext, tag. The context is authenticated with it, so that an envelope moved to
 * another record, or to another group of the same record, does not open. It is compressed first: facts repeat themselves, and a
 * record of one kilobyte costs half of one of two.
 */
export const seal = (key: Buffer, context: string, value: unknown): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const encryption = createCipheriv(cipher, key, nonce);
  encryption.setAAD(Buffer.from(context));
  const sealed = encryption.update(deflateRawSync(JSON.stringify(value), { dictionary, level: 9 }));
  return Buffer.concat([Buffer.of(formatVersion), nonce, sealed, encryption.final(), encryption.getAuthTag()]);
};

/** Opens what `seal` made, or throws: a changed byte, another key and another context are all refused. */
export const open = (key: Buffer, context: string, envelope: Uint8Array): unknown => {
  const bytes = Buffer.from(envelope);
  if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== formatVersion) {
    throw new Error(`Not an envelope of version ${formatVersion} (${context.split('|')[1] ?? 'unknown group'})`);
  }
  const decryption = createDecipheriv(cipher, key, bytes.subarray(1, 1 + nonceBytes));
  decryption.setAAD(Buffer.from(context));
  decryption.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const plain = Buffer.concat([
    decryption.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes)),
    decryption.final(),
  ]);
  return JSON.parse(inflateRawSync(plain, { dictionary, maxOutputLength: maximumPlainBytes }).toString('utf8'));
};
