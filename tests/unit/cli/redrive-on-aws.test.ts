import { afterEach, expect, test, vi } from 'vitest';
import { runHearth } from './fake-terminal.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const nobody = {
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_PROFILE: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
};

test.each([
  ['a region', nobody],
  ['credentials', { ...nobody, AWS_REGION: 'cn-north-1' }],
])('a redrive on AWS without %s says what is to be set', async (_, environment) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { exitCode, err } = await runHearth(['redrive', '--table', 'Roster', '--queue', 'https://sqs/q', '--dry-run']);
  expect(exitCode).toBe(2);
  expect(err).toContain('Set AWS_REGION, and credentials');
  expect(err).not.toContain('node_modules');
});
