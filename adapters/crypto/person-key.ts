import { randomBytes } from 'node:crypto';
import { PersonId } from '../../domain/ids.ts';
import { decrypt, encrypt, nonceBytes, tagBytes } from './aes-gcm.ts';
import type { Generation } from './data-keys.ts';
import { bufferOver, formatVersion } from './envelope.ts';

const keyBytes = 32;
const headerBytes = 20;
const wrappedBytes = headerBytes + nonceBytes + keyBytes + tagBytes;
const prefix = 'per_';

/** Whose key it is: a slot is a number a household gives each of its people once and never again. */
export interface Whose {
  readonly householdId: string;
  readonly personId: PersonId;
  readonly slot: number;
}

/** A person's own key: random, and kept nowhere but wrapped in the household's row. Destroying that destroys it. */
export const newPersonKey = (): Buffer => randomBytes(keyBytes);

/** Wraps a person key under a generation: version, slot, generation, person, nonce, ciphertext, tag; bound to the household. */
export const wrapPersonKey = (
  generation: Generation,
  { householdId, personId, slot }: Whose,
  key: Uint8Array,
  nonce: Uint8Array = randomBytes(nonceBytes),
): Buffer => {
  const header = Buffer.concat([
    Buffer.of(formatVersion, slot, 0, 0),
    Buffer.from(personId.slice(prefix.length), 'hex'),
  ]);
  header.writeUInt16BE(generation.number, 2);
  const associated = Buffer.concat([header, Buffer.from(householdId)]);
  return Buffer.concat([header, ...encrypt(generation.key, nonce, associated, key)]);
};

/** Whose key lies in a wrapped one, and under which generation. Throws when it does not have the form. */
export const readWrapped = (wrapped: Uint8Array): { slot: number; generation: number; personId: PersonId } => {
  const bytes = bufferOver(wrapped);
  const [version, slot] = bytes;
  if (bytes.length !== wrappedBytes || version !== formatVersion || slot === undefined) {
    throw new Error(`Not a person key wrapped in version ${formatVersion}`);
  }
  const personId = PersonId.parse(`${prefix}${bytes.subarray(4, headerBytes).toString('hex')}`);
  return { slot, generation: bytes.readUInt16BE(2), personId };
};

/** The person key in a wrapped one; throws when a byte of it has changed, or when it is another household's or generation's. */
export const unwrapPersonKey = (generation: Generation, householdId: string, wrapped: Uint8Array): Buffer => {
  readWrapped(wrapped);
  const header = wrapped.subarray(0, headerBytes);
  const associated = Buffer.concat([header, Buffer.from(householdId)]);
  return decrypt(generation.key, associated, wrapped.subarray(headerBytes));
};
