import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, DescribeKeyCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAwsEndpoint } from '../../../local/aws-endpoint.ts';
import type { Listening } from '../../../local/http.ts';
import { kmsService } from '../../../local/kms/kms.ts';
import { StartFailure } from '../../../local/start-failure.ts';
import { openStateFolder, type StateStore } from '../../../local/state-folder.ts';

const model = { id: 'a-key', arn: 'arn:aws:kms:us-east-1:123456789012:key/a-key' };
let folder: string;
let store: StateStore;
let endpoint: Listening | undefined;
let clients: KMSClient[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-kms-'));
  store = openStateFolder(folder);
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await endpoint?.stop();
  endpoint = undefined;
  store.close();
  rmSync(folder, { recursive: true });
});

/** The client of the product against the service on a port of its own, as functions use it. */
const started = async (): Promise<KMSClient> => {
  await endpoint?.stop();
  endpoint = await startAwsEndpoint([kmsService([model], store)], () => undefined);
  const client = new KMSClient({
    region: 'us-east-1',
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  clients.push(client);
  return client;
};
const context = { purpose: 'test', generation: '1' };
const generate = (client: KMSClient) =>
  client.send(new GenerateDataKeyCommand({ KeyId: model.arn, KeySpec: 'AES_256', EncryptionContext: context }));

describe('the local KMS', () => {
  test('makes data keys that it opens again, in the context they were made in, in whatever order', async () => {
    const client = await started();
    const { Plaintext, CiphertextBlob, KeyId } = await generate(client);
    expect(KeyId).toBe(model.arn);
    expect(Plaintext).toHaveLength(32);
    const EncryptionContext = { generation: '1', purpose: 'test' };
    const opened = await client.send(new DecryptCommand({ KeyId: model.arn, CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(Plaintext);
  });

  test('opens after another start what it made before', async () => {
    const { Plaintext, CiphertextBlob } = await generate(await started());
    const client = await started();
    const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(opened.Plaintext).toEqual(Plaintext);
  });

  test('refuses another context, a changed byte and an unknown key by the names AWS gives them', async () => {
    const client = await started();
    const { CiphertextBlob = new Uint8Array() } = await generate(client);
    const decrypt = (more: object) =>
      client.send(new DecryptCommand({ KeyId: model.arn, CiphertextBlob, EncryptionContext: context, ...more }));
    await expect(decrypt({ EncryptionContext: { ...context, generation: '2' } })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    const changed = Uint8Array.from(CiphertextBlob);
    changed[20] = (changed[20] ?? 0) ^ 1;
    await expect(decrypt({ CiphertextBlob: changed })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(decrypt({ CiphertextBlob: new Uint8Array(3) })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    await expect(decrypt({ KeyId: 'another' })).rejects.toMatchObject({ name: 'NotFoundException' });
    const described = await client.send(new DescribeKeyCommand({ KeyId: model.id }));
    expect(described.KeyMetadata).toMatchObject({ Arn: model.arn, Enabled: true });
  });

  test('keeps its key in a file that its owner alone may read', async () => {
    await started();
    const file = join(folder, 'kms.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual([model.arn]);
  });

  test('does not begin on a data folder of an earlier version, and says what to do', () => {
    writeFileSync(join(folder, 'secrets.json'), '{}');
    const begin = () => kmsService([model], store);
    expect(begin).toThrow(StartFailure);
    expect(begin).toThrow(/earlier version/u);
  });
});
