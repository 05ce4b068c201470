import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { contextOf } from '../adapters/crypto/data-keys.ts';
import { dynamodbGenerations } from '../adapters/dynamodb/generations.ts';
import { itemsOf, openExport } from '../cli/export/read-export.ts';
import { CommandFailure } from '../cli/failure.ts';
import type { Platform } from '../local/platform.ts';
import { StartFailure } from '../local/start-failure.ts';
import { hasTables, importFile } from './data-folder.ts';
import { provinceFiles, provinceMoment } from './province/files.ts';
import { SeedKeys } from './province/keys.ts';
import { ProvinceOptions } from './province/options.ts';
import { clockOf } from './running-county.ts';
import { openTables } from './running-tables.ts';
import type { StartOptions } from './start-options.ts';

/** A made-up province that an instance begins with. */
export interface ProvinceImport {
  readonly table: { readonly table: string; readonly folder: string };
  readonly keys: SeedKeys;
  /** The instant whose state it is. */
  readonly moment: string;
  readonly dataFolder: string;
  readonly name: string;
}

/** Which province a data folder was filled with, and whether the instance has its keys. */
const Imported = z.strictObject({ province: z.string(), keys: z.enum(['to-be-given', 'given']) });

const note = (dataFolder: string, imported: z.infer<typeof Imported>): void =>
  writeFileSync(join(dataFolder, importFile), `${JSON.stringify(imported)}\n`);

const noted = (dataFolder: string): z.infer<typeof Imported> | undefined => {
  const file = join(dataFolder, importFile);
  return existsSync(file) ? Imported.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
};

const readJson = (folder: string, file: string): unknown => {
  const path = join(folder, file);
  if (!existsSync(path))
    throw new StartFailure(
      `${resolve(folder)} is no made-up province: it has no ${file}.`,
      'Make one with npx hearth seed --households N --out DIR.',
    );
  return JSON.parse(readFileSync(path, 'utf8'));
};

const notWhole = (error: CommandFailure): StartFailure =>
  new StartFailure(error.trouble.cause.en, 'Make it anew with npx hearth seed.', { cause: error });

/** Reads every data file once and holds it against its checksum and count: the engine's import would take what is cut off for the end. */
const checked = async (folder: string): Promise<void> => {
  try {
    const { roster } = openExport(folder);
    for await (const _items of itemsOf(roster));
  } catch (error) {
    throw error instanceof CommandFailure ? notWhole(error) : error;
  }
};

const refused = (dataFolder: string): StartFailure =>
  new StartFailure(
    `The data folder ${resolve(dataFolder)} has tables already, into which no province is imported.`,
    'Name a new folder with --data, or empty this one with --fresh.',
  );

/**
 * The province that a start was asked to begin with. Throws a StartFailure for a data folder that holds anything else, and for a province
 * that is not whole; and when an earlier start was cut off before its instance had the keys of what it imported.
 */
export const provinceFor = async (options: StartOptions): Promise<ProvinceImport | undefined> => {
  const before = noted(options.data);
  if (options.import === undefined) {
    if (before?.keys === 'to-be-given')
      throw new StartFailure(
        `The import into ${resolve(options.data)} was cut off before it was complete.`,
        'Start again with the same --import, or with --fresh.',
      );
    return undefined;
  }
  const kept = ProvinceOptions.parse(readJson(options.import, provinceFiles.options));
  const keys = SeedKeys.parse(readJson(options.import, provinceFiles.keys));
  const name = createHash('sha256').update(JSON.stringify(kept)).digest('hex');
  if (hasTables(options.data)) {
    if (before?.province !== name) throw refused(options.data);
  } else {
    await checked(options.import);
    note(options.data, { province: name, keys: 'to-be-given' });
  }
  const folder = join(options.import, 'roster', 'data');
  return { table: { table: 'Roster', folder }, keys, moment: provinceMoment(kept), dataFolder: options.data, name };
};

/**
 * Gives an instance the keys of the province it was filled with, as docs/seeding.md has it done on AWS: the identity secret, and the data
 * key of the first generation under its own KMS key. Before any function has been asked for anything.
 */
export const giveKeys = async (platform: Platform, { keys, dataFolder, name }: ProvinceImport): Promise<void> => {
  if (noted(dataFolder)?.keys === 'given') return;
  const at = await clockOf(platform);
  const { tables, access, arns, close } = openTables(platform, () => at);
  const secrets = new SecretsManagerClient(access);
  const kms = new KMSClient(access);
  try {
    await secrets.send(new PutSecretValueCommand({ SecretId: arns.identitySecret, SecretString: keys.identitySecret }));
    const { CiphertextBlob: wrapped } = await kms.send(
      new EncryptCommand({
        KeyId: arns.dataKey,
        Plaintext: Buffer.from(keys.dataKey, 'base64'),
        EncryptionContext: contextOf(keys.generation),
      }),
    );
    if (wrapped === undefined) throw new Error('KMS answered Encrypt without a ciphertext');
    await dynamodbGenerations(tables).add({ number: keys.generation, wrapped, createdAt: at });
    note(dataFolder, { province: name, keys: 'given' });
  } finally {
    secrets.destroy();
    kms.destroy();
    close();
  }
};
