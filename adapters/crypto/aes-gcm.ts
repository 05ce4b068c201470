import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

const cipher = 'aes-256-gcm';
export const nonceBytes = 12;
export const tagBytes = 16;

const keyObjects = new WeakMap<Uint8Array, KeyObject>();

/**
 * Keys are handed to Node as key objects, each made once for as long as its bytes are held: of bare bytes Node finds out at every call,
 * by way of an exception, that they are none, at four times the time.
 */
const keyObjectOf = (key: Uint8Array): KeyObject => {
  const object = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, object);
  return object;
};

/** AES-256-GCM: nonce, ciphertext and tag, to be put together; `associated` is authenticated beside it. */
export const encrypt = (
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): readonly Buffer[] => {
  const encryption = createCipheriv(cipher, keyObjectOf(key), nonce);
  encryption.setAAD(associated);
  return [Buffer.from(nonce), encryption.update(plain), encryption.final(), encryption.getAuthTag()];
};

/** Opens what `encrypt` made, or throws: a changed byte, another key and other associated data are all refused. */
export const decrypt = (key: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Buffer => {
  const ends = sealed.length - tagBytes;
  const decryption = createDecipheriv(cipher, keyObjectOf(key), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decryption.setAAD(associated);
  decryption.setAuthTag(sealed.subarray(ends));
  return Buffer.concat([decryption.update(sealed.subarray(nonceBytes, ends)), decryption.final()]);
};
