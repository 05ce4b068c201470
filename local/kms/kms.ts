import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Service } from '../aws-endpoint.ts';
import { StartFailure } from '../start-failure.ts';
import type { StateStore } from '../state-folder.ts';
import type { KmsKeyModel } from '../template/platform-model.ts';

class KeyNotFound extends Error {
  override readonly name = 'KeyNotFound';
}
class InvalidCiphertext extends Error {
  override readonly name = 'InvalidCiphertext';
}

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

const Kept = z.record(z.string(), z.base64());
const Context = z.record(z.string(), z.string()).default({});
const Named = z.looseObject({ KeyId: z.string() });
const GenerateDataKey = Named.extend({ KeySpec: z.literal('AES_256'), EncryptionContext: Context });
const Encrypt = Named.extend({ Plaintext: z.base64(), EncryptionContext: Context });
const Decrypt = z.looseObject({
  KeyId: z.string().optional(),
  CiphertextBlob: z.base64(),
  EncryptionContext: Context,
});

/** The same words in whatever order are the same context. */
const associatedData = (arn: string, context: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(JSON.stringify([arn, Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))]));

const wrap = (material: Buffer, data: Buffer, plain: Buffer): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const encryption = createCipheriv(cipher, material, nonce);
  encryption.setAAD(data);
  return Buffer.concat([nonce, encryption.update(plain), encryption.final(), encryption.getAuthTag()]);
};

const unwrap = (material: Buffer, data: Buffer, wrapped: Buffer): Buffer => {
  try {
    const decryption = createDecipheriv(cipher, material, wrapped.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decryption.setAAD(data);
    decryption.setAuthTag(wrapped.subarray(wrapped.length - tagBytes));
    const sealed = wrapped.subarray(nonceBytes, wrapped.length - tagBytes);
    return Buffer.concat([decryption.update(sealed), decryption.final()]);
  } catch (error) {
    throw new InvalidCiphertext('', { cause: error });
  }
};

/** The material of each key, made once and kept in the data folder, readable by its owner only. */
const keptMaterial = (models: readonly KmsKeyModel[], store: StateStore): Readonly<Record<string, string>> => {
  const file = store.path('kms.json');
  const isKept = existsSync(file);
  if (!isKept && models.length > 0 && existsSync(store.path('secrets.json'))) {
    throw new StartFailure(
      `The data folder ${store.folder} was made by an earlier version: what it holds about people lies under keys this version does not use.`,
      'Begin with another folder (--data), or empty this one (npm start -- --fresh). To keep it, go on with the version that made it.',
    );
  }
  const material = isKept ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  for (const { arn } of models) material[arn] ??= randomBytes(keyBytes).toString('base64');
  if (models.length > 0) {
    writeFileSync(file, `${JSON.stringify(material, null, 2)}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return material;
};

/** KMS for the template's keys: data keys are made and unwrapped under a key in a file, with the context they were made for. */
export const kmsService = (models: readonly KmsKeyModel[], store: StateStore): Service => {
  const material = keptMaterial(models, store);
  const find = (keyId: string): { arn: string; key: Buffer } => {
    const arn = models.find((model) => model.arn === keyId || model.id === keyId)?.arn;
    if (arn === undefined) throw new KeyNotFound(`Key '${keyId}' does not exist`);
    return { arn, key: Buffer.from(material[arn] ?? '', 'base64') };
  };
  return {
    target: 'TrentService',
    operations: {
      GenerateDataKey: (input) => {
        const { KeyId, EncryptionContext } = GenerateDataKey.parse(input);
        const { arn, key } = find(KeyId);
        const plain = randomBytes(keyBytes);
        return {
          KeyId: arn,
          Plaintext: plain.toString('base64'),
          CiphertextBlob: wrap(key, associatedData(arn, EncryptionContext), plain).toString('base64'),
        };
      },
      Encrypt: (input) => {
        const { KeyId, Plaintext, EncryptionContext } = Encrypt.parse(input);
        const { arn, key } = find(KeyId);
        const sealed = wrap(key, associatedData(arn, EncryptionContext), Buffer.from(Plaintext, 'base64'));
        return { KeyId: arn, CiphertextBlob: sealed.toString('base64') };
      },
      Decrypt: (input) => {
        const { KeyId, CiphertextBlob, EncryptionContext } = Decrypt.parse(input);
        const { arn, key } = find(KeyId ?? models[0]?.arn ?? '');
        const plain = unwrap(key, associatedData(arn, EncryptionContext), Buffer.from(CiphertextBlob, 'base64'));
        return { KeyId: arn, Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
      DescribeKey: (input) => {
        const { arn } = find(Named.parse(input).KeyId);
        return { KeyMetadata: { KeyId: arn.split('/').at(-1), Arn: arn, Enabled: true, KeyState: 'Enabled' } };
      },
    },
    failureOf: (error) => {
      if (error instanceof KeyNotFound) return { type: 'NotFoundException', message: error.message };
      if (error instanceof InvalidCiphertext) return { type: 'InvalidCiphertextException', message: '' };
      return undefined;
    },
  };
};
