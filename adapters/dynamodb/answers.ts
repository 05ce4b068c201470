import { z } from 'zod';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import type { Key } from './keys.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';

const group = 'circumstances';
const Answer = z.record(z.string(), z.unknown());

/**
 * The answer to a request, sealed: it lists papers, and a certificate on a list says what the certificate says. It is gone after
 * seven days, so it lies under a generation and not under person keys.
 */
export const sealAnswer = (key: Key, response: Readonly<Record<string, unknown>>, newest: Generation): Buffer =>
  sealUnderGeneration(newest, contextOf(key, group), group, response);

export const openAnswer = async (
  key: Key,
  sealed: Uint8Array,
  dataKeys: Pick<DataKeys, 'generation'>,
): Promise<Record<string, unknown>> =>
  Answer.parse(await openUnderGeneration(dataKeys, contextOf(key, group), group, sealed));
