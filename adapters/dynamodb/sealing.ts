import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import { groupKey, type SensitivityGroup } from '../crypto/derivation.ts';
import { open, readUnder, seal } from '../crypto/envelope.ts';
import type { Key } from './keys.ts';

/** Items that are written once have no version. */
const versionOfUnversioned = 0;

/** Where an envelope belongs: it opens in this item, in this version of it, as this group, and nowhere else. */
export const contextOf = ({ pk, sk }: Key, group: SensitivityGroup, version: number = versionOfUnversioned): string =>
  `${pk}|${sk}|${version}|${group}`;

/** Seals what is about no person in particular, or gone within days, under the newest generation. */
export const sealUnderGeneration = (
  { number, key }: Generation,
  context: string,
  group: SensitivityGroup,
  value: unknown,
): Buffer => seal(groupKey('generation', [key], group), { generation: number }, context, value);

/** Opens what `sealUnderGeneration` made, whichever generation was the newest then. */
export const openUnderGeneration = async (
  dataKeys: Pick<DataKeys, 'generation'>,
  context: string,
  group: SensitivityGroup,
  envelope: Uint8Array,
): Promise<unknown> => {
  const under = readUnder(envelope);
  if (!('generation' in under)) throw new Error(`The envelope of ${context} lies under no generation`);
  const { key } = await dataKeys.generation(under.generation);
  return open(groupKey('generation', [key], group), context, envelope);
};
