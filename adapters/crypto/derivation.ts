import { createSecretKey, hkdfSync } from 'node:crypto';

/** What is sensitive in its own way has keys of its own, so that a leak or a mistake in one group reaches no other. */
export const sensitivityGroups = ['identity', 'contact', 'health', 'circumstances', 'notice', 'task', 'token'] as const;
export type SensitivityGroup = (typeof sensitivityGroups)[number];

const keyBytes = 32;

/**
 * The key of a group by HKDF-SHA-256 (RFC 5869): from the key of a generation, or from person keys put together in the order of
 * their slots, so that it cannot be made again once one of them is gone.
 */
export const groupKey = (
  from: 'generation' | 'persons',
  material: readonly Uint8Array[],
  group: SensitivityGroup,
): Buffer =>
  Buffer.from(hkdfSync('sha256', createSecretKey(Buffer.concat(material)), 'hearth/v2', `${from}|${group}`, keyBytes));
