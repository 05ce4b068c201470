import crypto, { createCipheriv, createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** A stream of bytes that follows from a text: AES-256 in counter mode over nothing. */
const bytesFrom = (text: string): ((size: number) => Buffer) => {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(text).digest(), Buffer.alloc(16));
  return (size) => cipher.update(Buffer.alloc(size));
};

/**
 * Makes all the chance of this thread follow from a text: person keys and nonces with it, so that a county is the same file again. Only for
 * a worker of its own that seals made-up people; what seals real ones knows no such thing.
 */
export const makeChanceFollow = (text: string): void => {
  const bytes = bytesFrom(text);
  Reflect.set(crypto, 'randomBytes', bytes);
  syncBuiltinESMExports();
};
