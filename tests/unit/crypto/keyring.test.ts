import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { keyringFrom, secretKeyring } from '../../../adapters/crypto/keyring.ts';

const secret = 'x'.repeat(64);
/** A client that answers from a list, and counts how often it was asked. */
const clientThat = (...answers: readonly (() => unknown)[]) => {
  let asked = 0;
  const send = async (): Promise<unknown> => {
    asked += 1;
    return (answers[asked - 1] ?? answers.at(-1))?.();
  };
  return { client: { send } as unknown as SecretsManagerClient, asked: () => asked };
};
const fail = () => {
  throw new Error('no answer');
};

describe('the keyring of the deployment', () => {
  test('reads the secret once, however many ask at the same moment', async () => {
    const { client, asked } = clientThat(() => ({ SecretString: secret }));
    const keyring = secretKeyring(client, 'arn:aws:secretsmanager:x');
    const [one, other] = await Promise.all([keyring(), keyring()]);
    expect(one('fingerprint')).toEqual(other('fingerprint'));
    await keyring();
    expect(asked()).toBe(1);
  });

  test('asks again after a failed read, so that a bad moment heals', async () => {
    const { client, asked } = clientThat(fail, () => ({ SecretString: secret }));
    const keyring = secretKeyring(client, 'arn:aws:secretsmanager:x');
    await expect(keyring()).rejects.toThrow('no answer');
    expect((await keyring())('fingerprint')).toHaveLength(32);
    expect(asked()).toBe(2);
  });

  test('refuses a secret that is too short to be one, without repeating it', async () => {
    const { client } = clientThat(() => ({ SecretString: 'too-short' }));
    const error = await secretKeyring(client, 'arn:aws:secretsmanager:x')().catch((thrown: unknown) => String(thrown));
    expect(error).toContain('at least 32 characters');
    expect(error).not.toContain('too-short');
  });
});

describe('a keyring', () => {
  test('derives another key for each purpose, the same each time, and others from another secret', () => {
    const keyring = keyringFrom('a secret of sixty-four characters or so, which nobody could guess');
    const again = keyringFrom('a secret of sixty-four characters or so, which nobody could guess');
    const other = keyringFrom('another secret of sixty-four characters or so, nobody could guess');
    expect(keyring('fingerprint')).toHaveLength(32);
    expect(keyring('fingerprint').equals(keyring('cursor'))).toBe(false);
    expect(keyring('fingerprint').equals(again('fingerprint'))).toBe(true);
    expect(keyring('fingerprint').equals(other('fingerprint'))).toBe(false);
  });
});
