import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { Generation } from '../../adapters/crypto/data-keys.ts';
import { keyringFrom } from '../../adapters/crypto/keyring.ts';
import type { RowSealing } from '../roster-rows.ts';

/**
 * What the rows of a made-up province are sealed under, so that an instance it is imported to can be given the same: the text its identity
 * secret is to hold, and the data key of generation 1. They follow from the seed, which everybody may know.
 */
export const SeedKeys = z.strictObject({
  identitySecret: z.string().min(32),
  dataKey: z.base64(),
  generation: z.literal(1),
});
export type SeedKeys = z.infer<typeof SeedKeys>;

const derived = (seed: string, what: string): Buffer => Buffer.from(hkdfSync('sha256', seed, 'hearth/seed', what, 32));

export const keysOf = (seed: string): SeedKeys => ({
  identitySecret: derived(seed, 'identity secret').toString('base64url'),
  dataKey: derived(seed, 'data key').toString('base64'),
  generation: 1,
});

const generationOf = ({ dataKey, generation }: SeedKeys): Generation => ({
  number: generation,
  key: Buffer.from(dataKey, 'base64'),
});

export const sealingOf = (keys: SeedKeys): RowSealing => ({
  keyring: keyringFrom(keys.identitySecret),
  newest: generationOf(keys),
});
