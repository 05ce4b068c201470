import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { secretKeyring } from '../../../adapters/crypto/keyring.ts';

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
    expect(one('identity')).toEqual(other('identity'));
    await keyring();
    expect(asked()).toBe(1);
  });

  test('asks again after a failed read, so that a bad moment heals', async () => {
    const { client, asked } = clientThat(fail, () => ({ SecretString: secret }));
    const keyring = secretKeyring(client, 'arn:aws:secretsmanager:x');
    await expect(keyring()).rejects.toThrow('no answer');
    expect((await keyring())('identity')).toHaveLength(32);
    expect(asked()).toBe(2);
  });

  test('refuses a secret that is too short to be one, without repeating it', async () => {
    const { client } = clientThat(() => ({ SecretString: 'too-short' }));
    const error = await secretKeyring(client, 'arn:aws:secretsmanager:x')().catch((thrown: unknown) => String(thrown));
    expect(error).toContain('at least 32 characters');
    expect(error).not.toContain('too-short');
  });
});
