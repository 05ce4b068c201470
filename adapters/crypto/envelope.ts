import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decrypt, encrypt, nonceBytes, tagBytes } from './aes-gcm.ts';
import { dictionary } from './dictionary.ts';

/** The form of an envelope, of a wrapped person key and of the derivations, which docs/envelopes.md describes. */
export const formatVersion = 2;
/** No record of this system is near this size; more means that the envelope is not ours. */
const maximumPlainBytes = 1_000_000;
/** Room that is made for what an envelope holds, and as much again where it holds more: nearly all fit. */
const usualPlainBytes = 4_096;

/**
 * Under whose keys an envelope lies: those of persons, by their slots in the household's row, in ascending order; or, where it is
 * about nobody in particular or soon gone, the key of a generation itself.
 */
export type Under = { readonly slots: readonly number[] } | { readonly generation: number };

/** Bytes as a buffer, without a copy of them. */
export const bufferOver = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const headerOf = (under: Under): Buffer => {
  if ('slots' in under) return Buffer.of(formatVersion, under.slots.length, ...under.slots);
  const header = Buffer.of(formatVersion, 0, 0, 0);
  header.writeUInt16BE(under.generation, 2);
  return header;
};

/** Says under whose keys an envelope lies, so that they can be fetched. Nothing of it is trusted until it has been opened. */
export const readUnder = (envelope: Uint8Array): Under => {
  const bytes = bufferOver(envelope);
  const count = bytes[1];
  if (bytes[0] !== formatVersion || count === undefined) throw notOurs();
  const header = count === 0 ? 4 : 2 + count;
  if (bytes.length < header + nonceBytes + tagBytes) throw notOurs();
  return count === 0 ? { generation: bytes.readUInt16BE(2) } : { slots: [...bytes.subarray(2, header)] };
};

const notOurs = (): Error =>
  new Error(
    `Not an envelope of version ${formatVersion}. Records of earlier versions cannot be read: start with a new table.`,
  );

/** What is authenticated beside the content: the header, which says its own length, and then the place of the envelope. */
const associatedData = (header: Buffer, context: string): Buffer => Buffer.concat([header, Buffer.from(context)]);

/**
 * Seals bytes: header, nonce, ciphertext, tag. Header and context are authenticated, so that an envelope moved to
 * another record, to another version or group of the same record, or said to be under other keys, does not open.
 */
export const sealBytes = (
  key: Uint8Array,
  under: Under,
  context: string,
  plain: Uint8Array,
  nonce: Uint8Array = randomBytes(nonceBytes),
): Buffer => {
  const header = headerOf(under);
  return Buffer.concat([header, ...encrypt(key, nonce, associatedData(header, context), plain)]);
};

/** Opens what `sealBytes` made, or throws. */
export const openBytes = (key: Uint8Array, context: string, envelope: Uint8Array): Buffer => {
  const header = headerOf(readUnder(envelope));
  return decrypt(key, associatedData(header, context), envelope.subarray(header.length));
};

/**
 * Seals a JSON value. It is compressed first: facts repeat themselves, and a record of one kilobyte costs half of one of two. What
 * is compressed together is of one group of one record, and nobody from outside has it made again and again with words of their own.
 */
export const seal = (key: Uint8Array, under: Under, context: string, value: unknown): Buffer =>
  sealBytes(key, under, context, deflateRawSync(JSON.stringify(value), { dictionary, level: 9 }));

/** Opens what `seal` made, or throws: a changed byte, another key and another context are all refused. */
export const open = (key: Uint8Array, context: string, envelope: Uint8Array): unknown =>
  JSON.parse(
    inflateRawSync(openBytes(key, context, envelope), {
      dictionary,
      maxOutputLength: maximumPlainBytes,
      chunkSize: usualPlainBytes,
    }).toString('utf8'),
  );
