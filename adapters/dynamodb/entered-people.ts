import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Prefixes } from '../../domain/feeds/people-index.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { enteredKey, enteredPartition } from './keys.ts';
import { readPartition } from './reading.ts';
import type { Tables } from './tables.ts';

/** From the day on, for longer than any comparison goes by an index (domain/feeds/people-index.ts). */
const keptSeconds = 31 * 86_400;
/** What an index keeps of a fingerprint. */
export const prefixBytes = 8;

/** The first bits of a fingerprint, as an index keeps them. */
export const prefixOf = (ofFingerprint: string): Uint8Array =>
  Buffer.from(ofFingerprint, 'base64url').subarray(0, prefixBytes);

/**
 * Tells who is about to be entered, before the command is stored: so that whoever is found in the table is in the index or among these,
 * whenever the index was made. Told in vain, it costs a look-up. Once for a command, however many are entered.
 */
export const tellEntered = async (
  { client, roster }: Tables,
  keyring: Keyring,
  { claims = [], event }: Change,
): Promise<void> => {
  const entered = claims.filter(({ seen }) => seen === undefined);
  if (entered.length === 0) return;
  const key = keyring('fingerprint');
  const prefixes = Buffer.concat(entered.map(({ residentId }) => prefixOf(fingerprint(key, residentId))));
  const day = event.at.slice(0, 10);
  const expiresAt = Date.parse(day) / 1_000 + keptSeconds;
  const Item = { ...enteredKey(day, prefixes), prefixes: new Uint8Array(prefixes), expiresAt };
  await client.send(new PutCommand({ TableName: roster, Item }));
};

const Entered = z.object({ prefixes: z.instanceof(Uint8Array) });

/** Who was entered on a day (UTC). */
export const enteredOn = async (tables: Pick<Tables, 'client' | 'roster'>, day: string): Promise<Prefixes> => {
  const items = await readPartition(tables, enteredPartition(day));
  return new Uint8Array(Buffer.concat(items.map((item) => Entered.parse(item).prefixes)));
};
