import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Now } from '../../domain/dates.ts';
import type { StoredGeneration } from '../../domain/store/key-store.ts';

/** A data key in use. The newest generation wraps and seals; every one there ever was can open. */
export interface Generation {
  readonly number: number;
  readonly key: Uint8Array;
}

/** Where data keys are kept: beside what they protect, so that a restored table has those it needs. */
export interface GenerationItems {
  all(): Promise<readonly StoredGeneration[]>;
  find(number: number): Promise<StoredGeneration | undefined>;
  /** Stores one; false when there is one of its number. */
  add(generation: StoredGeneration): Promise<boolean>;
}

export interface DataKeys {
  newest(): Promise<Generation>;
  generation(number: number): Promise<Generation>;
  /** Every generation there is, the oldest first. */
  all(): Promise<readonly StoredGeneration[]>;
  /** Has the key of a generation made, which whoever asked has to store. */
  make(number: number): Promise<StoredGeneration>;
  /** The newest of this very moment, also when another was known to be so a minute ago. */
  newestNow(): Promise<Generation>;
}

const keyBytes = 32;
/** A process goes on sealing under what was newest this long after a rotation; the re-wrapping finds what it left behind. */
const newestKnownForMs = 5 * 60_000;

/** KMS demands the same words to open as to seal, and writes them into its own log. */
export const contextOf = (number: number): Record<string, string> => ({
  'hearth:keyring': 'roster',
  'hearth:generation': String(number),
});

const checked = (key: Uint8Array | undefined, what: string): Uint8Array => {
  if (key?.length !== keyBytes) throw new Error(`KMS answered ${what} without a key of ${keyBytes} bytes`);
  return key;
};

/**
 * Keeps a value once it has been asked for; a failed asking is forgotten, so that a bad moment heals, and many who ask at once
 * wait for one answer.
 */
const remembered = <Value>(keptForMs: number) => {
  const known = new Map<number, { value: Promise<Value>; until: number }>();
  const forget = (number: number): void => void known.delete(number);
  const get = (number: number, ask: () => Promise<Value>): Promise<Value> => {
    const found = known.get(number);
    if (found !== undefined && performance.now() < found.until) return found.value;
    const value = ask();
    known.set(number, { value, until: performance.now() + keptForMs });
    value.catch(() => forget(number));
    return value;
  };
  return { get, forget };
};

/** Data keys under a KMS key. The first is made when it is first needed; of two that are made at once, one counts. */
export const kmsDataKeys = (client: KMSClient, keyArn: string, items: GenerationItems, now: Now): DataKeys => {
  const opened = remembered<Generation>(Number.POSITIVE_INFINITY);
  const newestKnown = remembered<number>(newestKnownForMs);

  const openStored = async ({ number, wrapped }: StoredGeneration): Promise<Generation> => {
    const answer = await client.send(
      new DecryptCommand({ KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext: contextOf(number) }),
    );
    return { number, key: checked(answer.Plaintext, 'Decrypt') };
  };
  const generation = (number: number): Promise<Generation> =>
    opened.get(number, async () => {
      const stored = await items.find(number);
      if (stored === undefined) throw new Error(`The data key of generation ${number} is not in the store`);
      return openStored(stored);
    });
  const make = async (number: number): Promise<StoredGeneration> => {
    const answer = await client.send(
      new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: contextOf(number) }),
    );
    if (answer.CiphertextBlob === undefined) throw new Error('KMS answered GenerateDataKey without a ciphertext');
    checked(answer.Plaintext, 'GenerateDataKey');
    return { number, wrapped: answer.CiphertextBlob, createdAt: now() };
  };
  const newestNumber = (): Promise<number> =>
    newestKnown.get(0, async () => {
      const stored = (await items.all()).at(-1);
      if (stored !== undefined) return stored.number;
      await items.add(await make(1));
      return 1;
    });

  const newest = async (): Promise<Generation> => generation(await newestNumber());
  return {
    newest,
    generation,
    all: () => items.all(),
    make,
    newestNow: () => {
      newestKnown.forget(0);
      return newest();
    },
  };
};
