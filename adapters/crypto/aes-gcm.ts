import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

const cipher = 'aes-256-gcm';
export const nonceBytes = 12;
export const tagBytes = 16;

/**
 * AES-256-GCM: nonce, ciphertext and tag, to be put together; `associated` is authenticated beside it. Keys are handed to Node as key
 * objects: of bare bytes it finds out at every call, by way of an exception, that they are none, at four times the time.
 */
export const encrypt = (
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): readonly Buffer[] => {
  const encryption = createCipheriv(cipher, createSecretKey(key), nonce);
  encryption.setAAD(associated);
  return [Buffer.from(nonce), encryption.update(plain), encryption.final(), encryption.getAuthTag()];
};

/** Opens what `encrypt` made, or throws: a changed byte, another key and other associated data are all refused. */
export const decrypt = (key: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Buffer => {
  const ends = sealed.length - tagBytes;
  const decryption = createDecipheriv(cipher, createSecretKey(key), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decryption.setAAD(associated);
  decryption.setAuthTag(sealed.subarray(ends));
  return Buffer.concat([decryption.update(sealed.subarray(nonceBytes, ends)), decryption.final()]);
};
