import { createHmac, createSecretKey } from 'node:crypto';

/**
 * The look-up key of a resident ID: HMAC-SHA-256 in full length. Resident IDs can be enumerated (some 10^10 plausible ones per
 * province), so an unkeyed hash would be as good as the ID itself.
 */
export const fingerprint = (key: Buffer, residentId: string): string =>
  createHmac('sha256', createSecretKey(key)).update(residentId).digest('base64url');
